// Names and reasons as people typed them, made fit for one line.

const longest = 120
/** Of what is a sentence rather than a name. */
const longestReason = 500

/** Facts or a frame with every text tidied, at any depth. */
export function tidied<T>(value: T, key = ''): T {
  if (typeof value === 'string') return tidy(value, key === 'reason' || key.endsWith('Url') ? longestReason : longest) as T
  if (Array.isArray(value)) return value.map(one => tidied(one as unknown, key)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, tidied(one as unknown, name)])) as T
}

/** No line breaks, controls or changes of direction, which would reach into headers and into the text around; and not endless. */
function tidy(text: string, most: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim()
  // So short a text has no more letters than units; to count those takes a hundred times as long.
  if (line.length <= most) return line
  const letters = [...new Intl.Segmenter().segment(line)]
  return letters.length <= most ? line : `${letters.slice(0, most - 1).map(one => one.segment).join('').trimEnd()}…`
}
