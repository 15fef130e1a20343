// Penalties in one plain sentence each: what was given or taken back, and why.
import type { Penalty } from './penalties.ts'
import type { StrikePolicy } from './strikes.rule.ts'
import { momentWords } from '../platform/moment-words.ts'
import { dayWords, moneyWords, nthWords } from './words.ts'

const oneTick = { nanoseconds: 1 }
/** The day on which something happened: "3 March 2027". */
const on = (at: Temporal.Instant, timeZone: string) => dayWords(at.add(oneTick), timeZone)

interface Told {
  deed: string
  policy: Pick<StrikePolicy, 'strikesMax' | 'strikeWindowDays' | 'blockDays'> & { timeZone: string }
}

/** "Did not come to Morning Strength: the 2nd strike of 3 within 90 days." */
export function strikeSentence({ deed, policy }: Told, strike: { nth: number; blockEndsAt: Temporal.Instant | null }): string {
  return `${deed}: ${countWords(strike.nth, policy)}${blockWords(strike.blockEndsAt, policy.timeZone)}.`
}

/** What is said before: "Under 12 h it would be the 3rd strike of 3 within 90 days, which blocks booking until …". */
export function strikeWarning(policy: Told['policy'] & { halfReturnHours: number }, strike: { nth: number; blockEndsAt: Temporal.Instant | null }): string {
  return `Under ${policy.halfReturnHours} h it would be ${countWords(strike.nth, policy)}${blockWords(strike.blockEndsAt, policy.timeZone)}.`
}

function countWords(nth: number, { strikesMax, strikeWindowDays }: Told['policy']): string {
  return `the ${nthWords(nth)} strike of ${strikesMax} within ${strikeWindowDays} days`
}

function blockWords(endsAt: Temporal.Instant | null, timeZone: string): string {
  return endsAt === null ? '' : `, which blocks booking until ${momentWords(endsAt, timeZone)}`
}

/** "Did not come to Morning Strength: 10.00 EUR are owed." */
export function feeSentence({ deed }: Pick<Told, 'deed'>, feeCents: number, currency: string): string {
  return `${deed}: a fee of ${moneyWords(feeCents, currency)} is owed.`
}

/** What is said before: "A fee of 10.00 EUR would be owed." */
export function feeWarning(feeCents: number, currency: string): string {
  return `A fee of ${moneyWords(feeCents, currency)} would be owed.`
}

/** "Strike of 3 March 2027 taken back: the trainer was late." */
export function takenBackSentence(
  { kind, amountCents, currency, createdAt }: Pick<Penalty, 'kind' | 'amountCents' | 'currency' | 'createdAt'>,
  { reason, timeZone }: { reason: string; timeZone: string },
): string {
  const what = kind === 'strike' ? 'Strike' : `Fee of ${moneyWords(amountCents ?? 0, currency ?? '')}`
  return `${what} of ${on(createdAt, timeZone)} taken back: ${reason.trim().replace(/[.!]+$/, '')}.`
}
