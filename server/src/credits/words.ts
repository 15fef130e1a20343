// Credits, elapsed time and dates as people say them; sentences are made of these.
import { toWireCredits } from '../platform/credits.ts'
import { dayWords as dateWords } from '../platform/moment-words.ts'

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
  return minutes % 60 === 0 && seconds > minutes * 60 ? `just over ${words}` : words
}

function pair(...units: [number, string][]): string {
  return units.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}`])).join(' ')
}

/** The last day on which something that ends at `end` still counts: "3 March 2027". An end at midnight belongs to the day before. */
export function dayWords(end: Temporal.Instant, timeZone: string): string {
  return dateWords(end.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(timeZone))
}

/** Minor units in words: "10.00 EUR". */
export function moneyWords(amountCents: number, currency: string): string {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  return `${(amountCents / 10 ** digits).toFixed(digits)} ${currency}`
}

/** "1st", "2nd", "11th". */
export function nthWords(n: number): string {
  const isTeen = Math.floor(n / 10) % 10 === 1
  const end = isTeen ? undefined : ['', 'st', 'nd', 'rd'][n % 10]
  return `${n}${end || 'th'}`
}

/** "a", "a and b", "a, b and c". */
export function listWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** A reason as somebody typed it, to stand at the end of a sentence. */
export function reasonWords(reason: string): string {
  return reason.trim().replace(/[.!]+$/, '')
}
