// A message in one line, one SMS long wherever that can be.

// What fits into seven bits (3GPP TS 23.038); anything else makes the whole SMS one of sixteen, 70 letters long.
const basic = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/

/** Whether a text fits one SMS. */
export function fitsOneSms(text: string): boolean {
  return basic.test(text) ? text.length <= 160 : text.length <= 70
}

/** `say` says it with a name of the class, which is shortened until it all fits. */
export function fitted(say: (name: string) => string, name: string): string {
  const letters = [...new Intl.Segmenter().segment(name)].map(one => one.segment)
  for (let length = letters.length; length > 1; length -= 1) {
    const text = say(length === letters.length ? name : `${letters.slice(0, length).join('').trimEnd()}...`)
    if (fitsOneSms(text)) return text
  }
  return say(name)
}
