// The letters that stand for a person where their name has no room.
const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The first letter as it is read: an emoji of several characters, or a letter with its accent, stays whole. */
const firstOf = (word = ''): string => letters.segment(word)[Symbol.iterator]().next().value?.segment ?? ''

/** "AL" for Ada Lovelace, "Ö" for Öykü. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  return `${firstOf(words[0])}${words.length > 1 ? firstOf(words.at(-1)) : ''}`.toUpperCase()
}
