// Places in a queue, and how often people in them got in, as one says them.
import type { WaitlistPlace } from '@fitflow/contract/booking.ts'

const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }
const rules = new Intl.PluralRules('en', { type: 'ordinal' })

/** 1st, 2nd, 3rd, 4th. */
export function ordinal(place: number): string {
  return `${place}${endings[rules.select(place)] ?? 'th'}`
}

/** "People in 4th place got in 31 of 44 times."; nothing where too few have been there. */
export function oddsWords(odds: WaitlistPlace['odds'], place: number | null): string {
  if (!odds || place === null) return ''
  return `People in ${ordinal(place)} place got in ${odds.gotIn} of ${odds.of} times.`
}
