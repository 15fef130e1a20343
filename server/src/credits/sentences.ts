// Receipts in one plain sentence each: what was decided about credits, and why.
import { toWireCredits } from '../platform/credits.ts'
import type { Lot } from './lots.ts'

interface Booked {
  className: string
  /** What each lot paid, in hundredths. */
  spent: readonly { credits: number; validUntil: Temporal.Instant }[]
  /** The membership that covers the class, if one does. */
  unlimited?: Pick<Lot, 'name' | 'validUntil'> | undefined
  /** The studio's zone, in which its people read dates. */
  timeZone: string
}

/** "Booked Morning Strength with 1 credit from the lot that expires on 3 March 2027." */
export function bookedSentence({ className, spent, unlimited, timeZone }: Booked): string {
  if (unlimited) return `Booked ${className} with ${unlimited.name}, which runs until ${dayWords(unlimited.validUntil, timeZone)}.`
  const [first] = spent
  if (!first) return `Booked ${className}: no credits were taken.`
  const lot = (validUntil: Temporal.Instant) => `from the lot that expires on ${dayWords(validUntil, timeZone)}`
  const total = spent.reduce((sum, { credits }) => sum + credits, 0)
  if (spent.length === 1) return `Booked ${className} with ${creditWords(total)} ${lot(first.validUntil)}.`
  const parts = spent.map(({ credits, validUntil }) => `${toWireCredits(credits)} ${lot(validUntil)}`)
  return `Booked ${className} with ${creditWords(total)}: ${listWords(parts)}.`
}

/** "Granted 5 credits that expire on 3 March 2027: a thank-you." `credits` null is unlimited access. */
export function grantedSentence(grant: {
  credits: number | null
  validUntil: Temporal.Instant
  reason: string
  timeZone: string
}): string {
  const day = dayWords(grant.validUntil, grant.timeZone)
  const what =
    grant.credits === null
      ? `unlimited access until ${day}`
      : `${creditWords(grant.credits)} that ${grant.credits === 100 ? 'expires' : 'expire'} on ${day}`
  return `Granted ${what}: ${grant.reason.trim().replace(/[.!]+$/, '')}.`
}

/** Hundredths in words: "1 credit", "0.5 credits". */
export function creditWords(hundredths: number): string {
  return hundredths === 100 ? '1 credit' : `${toWireCredits(hundredths)} credits`
}

/**
 * Elapsed time as people say it: "11 h 58 m", "3 d 4 h". Never more than has passed, so that what falls short of a bound
 * also reads as less; what is a little over full hours says so.
 */
export function elapsedWords(elapsed: Temporal.Duration): string {
  const seconds = elapsed.total('seconds')
  if (seconds < 60) return `${Math.floor(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (hours >= 72) return pair([Math.floor(hours / 24), 'd'], [hours % 24, 'h'])
  const words = pair([hours, 'h'], [minutes % 60, 'm'])
  return hours > 0 && minutes % 60 === 0 && seconds > minutes * 60 ? `just over ${words}` : words
}

function pair(...units: [number, string][]): string {
  return units.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}`])).join(' ')
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** The last day on which something that ends at `end` still counts: "3 March 2027". An end at midnight belongs to the day before. */
export function dayWords(end: Temporal.Instant, timeZone: string): string {
  const { day, month, year } = end.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(timeZone)
  return `${day} ${months[month - 1]} ${year}`
}

/** "a", "a and b", "a, b and c". */
export function listWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
