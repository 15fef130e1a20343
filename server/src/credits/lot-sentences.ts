// Receipts about a lot as a whole, in one plain sentence each: ended, corrected, extended, frozen, moved to somebody else.
import type { Lot } from './lots.ts'
import { creditWords, dayWords, reasonWords } from './words.ts'

/** Why it is done, for whoever reads the receipt, and the zone in which they read dates. */
export interface Told {
  reason: string
  timeZone: string
}

/** "4 credits expired on 3 March 2027: the pack was valid for 3 months." */
export function expiredSentence(lot: Lot, timeZone: string): string {
  const day = dayWords(lot.validUntil, timeZone)
  const since = lot.activatedAt ?? lot.validFrom
  const counted = lot.activatedAt === null ? 'was valid' : 'was, from its first use, valid'
  return `${creditWords(lot.creditsBalance)} expired on ${day}: ${lot.name} ${counted} for ${spanWords(since, lot.validUntil, timeZone)}.`
}

/** Whole months where it is that, else days: "3 months", "7 days". The last day counts to its end. */
function spanWords(from: Temporal.Instant, until: Temporal.Instant, timeZone: string): string {
  const day = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(timeZone).toPlainDate()
  const [first, end] = [day(from), day(until)]
  const { months, days } = first.until(end, { largestUnit: 'months' })
  if (months > 0 && days === 0) return months === 1 ? '1 month' : `${months} months`
  const count = first.until(end).days
  return count === 1 ? '1 day' : `${count} days`
}

/** "Added 2 credits: counted wrong at the desk." */
export function adjustedSentence(credits: number, { reason }: Pick<Told, 'reason'>): string {
  const did = credits > 0 ? 'Added' : 'Took out'
  return `${did} ${creditWords(Math.abs(credits))}: ${reasonWords(reason)}.`
}

/** "Now valid until 3 April 2027 instead of 3 March 2027: she was ill." */
export function extendedSentence(lot: Pick<Lot, 'name'>, ends: { was: Temporal.Instant; is: Temporal.Instant }, told: Told): string {
  const [was, is] = [dayWords(ends.was, told.timeZone), dayWords(ends.is, told.timeZone)]
  return `${lot.name} is now valid until ${is} instead of ${was}: ${reasonWords(told.reason)}.`
}

interface Freeze {
  from: Temporal.Instant
  until: Temporal.Instant
  /** The lot's end with it. */
  validUntil: Temporal.Instant
}

/** "Frozen from 1 February 2027 to 14 February 2027, and valid 14 days longer, until 17 March 2027: a broken toe." */
export function frozenSentence(lot: Pick<Lot, 'name'>, { from, until, validUntil }: Freeze, { reason, timeZone }: Told): string {
  const first = dayWords(from.add({ nanoseconds: 1 }), timeZone)
  const days = `from ${first} to ${dayWords(until, timeZone)}`
  return `${lot.name} is frozen ${days} and is therefore valid until ${dayWords(validUntil, timeZone)}: ${reasonWords(reason)}.`
}

/** "The freeze of Annual unlimited was lifted on 5 February 2027: it is valid until 8 March 2027." */
export function liftedSentence(lot: Pick<Lot, 'name' | 'validUntil'>, now: Temporal.Instant, timeZone: string): string {
  const [today, end] = [dayWords(now.add({ nanoseconds: 1 }), timeZone), dayWords(lot.validUntil, timeZone)]
  return `The freeze of ${lot.name} was lifted on ${today}. What is left of it no longer counts: it is valid until ${end}.`
}

/** Neither side reads the other's name: a receipt outlives what somebody wants to be known by. */
export function transferSentences(credits: number, validUntil: Temporal.Instant, { reason, timeZone }: Told) {
  const why = reasonWords(reason)
  const one = credits === 100
  return {
    given: `Moved ${creditWords(credits)} to another member: ${why}.`,
    received: `Received ${creditWords(credits)} from another member, which ${one ? 'expires' : 'expire'} on ${dayWords(validUntil, timeZone)}: ${why}.`,
  }
}
