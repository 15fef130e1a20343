// A message in one line, one SMS long wherever that can be.

// What fits into seven bits (3GPP TS 23.038); anything else makes the whole SMS one of sixteen, 70 letters long.
const basic = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/

/** Whether a text fits one SMS. */
export function fitsOneSms(text: string): boolean {
  return basic.test(text) ? text.length <= 160 : text.length <= 70
}

const lettersOf = (text: string) => [...new Intl.Segmenter().segment(text)].map(one => one.segment)
const firstOf = (letters: readonly string[], count: number) => `${letters.slice(0, count).join('').trimEnd()}...`

// So much of a person's name that a name of a class fits beside it.
const personMax = 16

/** A person's name, short enough for one line with more in it. */
export function clipped(name: string): string {
  const letters = lettersOf(name)
  return letters.length > personMax ? firstOf(letters, personMax - 3) : name
}

/** `say` says it with a name of the class, which is shortened until it all fits. */
export function fitted(say: (name: string) => string, name: string): string {
  const letters = lettersOf(name)
  for (let length = letters.length; length > 1; length -= 1) {
    const text = say(length === letters.length ? name : firstOf(letters, length))
    if (fitsOneSms(text)) return text
  }
  return say(name)
}
