// Receipts in one plain sentence each: what was decided about credits, and why.
import type { Consequence } from '@fitflow/contract/booking.ts'
import { toWireCredits } from '../platform/credits.ts'
import { momentWords } from '../platform/moment-words.ts'
import type { Lot } from './lots.ts'
import type { LotReturn, ReturnPlan } from './returns.rule.ts'
import { creditWords, dayWords, elapsedWords, listWords, reasonWords } from './words.ts'

interface Booked {
  className: string
  /** What each lot paid, in hundredths. */
  spent: readonly { credits: number; validUntil: Temporal.Instant }[]
  /** The membership that covers the class, if one does. */
  unlimited?: Pick<Lot, 'name' | 'validUntil'> | undefined
  /** Lots whose time begins with this booking. */
  activated?: readonly Pick<Lot, 'activationDays'>[]
  /** The studio's zone, in which its people read dates. */
  timeZone: string
}

/** "Booked Morning Strength with 1 credit from the lot that expires on 3 March 2027." */
export function bookedSentence(booked: Booked): string {
  const begun = (booked.activated ?? []).map(({ activationDays }) => ` This is its first use: its ${activationDays} days run from now.`)
  return paidSentence(booked) + begun.join('')
}

function paidSentence({ className, spent, unlimited, timeZone }: Booked): string {
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
  activationDays?: number | undefined
  timeZone: string
}): string {
  const day = dayWords(grant.validUntil, grant.timeZone)
  const what =
    grant.credits === null
      ? `unlimited access until ${day}`
      : `${creditWords(grant.credits)} that ${grant.credits === 100 ? 'expires' : 'expire'} on ${day}`
  const runs = grant.activationDays === undefined ? '' : ` at the latest, and ${grant.activationDays} days after the first use`
  return `Granted ${what}${runs}: ${reasonWords(grant.reason)}.`
}

interface Cancelled {
  /** From now to the start; the window is told by the policy fixed at the hold. */
  left: Temporal.Duration
  rule: Consequence
  /** Until when cancelling was free whatever the window; null when that had nothing to do with it. */
  freeUntil: Temporal.Instant | null
  policy: { fullReturnHours: number; halfReturnHours: number }
  plan: ReturnPlan
  now: Temporal.Instant
  timeZone: string
}

/** "Cancelled 11 h 58 m before the start: under 12 h, so the whole credit was kept." */
export function cancelledSentence(cancelled: Cancelled): string {
  const when = `Cancelled ${elapsedWords(cancelled.left)} before the start`
  if (total(cancelled.plan) === 0) return `${when}: no credits had been taken.`
  return `${when}: ${windowWords(cancelled)}, so ${outcomeWords(cancelled, { one: 'was', many: 'were' })}.`
}

/** What cancelling would come to, said before it is confirmed. */
export function previewSentence(cancelled: Cancelled): string {
  const when = `Cancelling now is ${elapsedWords(cancelled.left)} before the start`
  if (total(cancelled.plan) === 0) return `${when}: no credits were taken.`
  return `${when}: ${windowWords(cancelled)}, so ${outcomeWords(cancelled, { one: 'would be', many: 'would be' })}.`
}

/** "The studio cancelled Morning Strength: the whole credit was returned to the lot that expires on 3 March 2027." */
export function studioSentence(deed: string, returned: Pick<Cancelled, 'plan' | 'now' | 'timeZone'>, verb: Verb = { one: 'was', many: 'were' }): string {
  if (total(returned.plan) === 0) return `${deed}: no credits had been taken.`
  return `${deed}, so ${outcomeWords(returned, verb)}.`
}

interface Short {
  lot: Pick<Lot, 'name' | 'validUntil'>
  by: 'ended' | 'frozen'
}

/** "What paid for it does not reach that time (Ten classes, until 3 March 2027), yet the booking stands. Cancelled now, the whole credit would be …." */
export function shortSentence(short: readonly Short[], returned: Pick<Cancelled, 'plan' | 'now' | 'timeZone'>): string {
  const named = short.map(({ lot, by }) => `${lot.name}, ${by === 'ended' ? `until ${dayWords(lot.validUntil, returned.timeZone)}` : 'frozen then'}`)
  const stands = `What paid for it does not reach that time (${named.join('; ')}), yet the booking stands.`
  if (total(returned.plan) === 0) return stands
  return `${stands} Cancelled now, ${outcomeWords(returned, { one: 'would be', many: 'would be' })}.`
}

/** "Did not come to Morning Strength: the whole credit was kept." */
export function noShowSentence(deed: string, plan: ReturnPlan): string {
  const whole = total(plan)
  if (whole === 0) return `${deed}: no credits had been taken.`
  return `${deed}: ${whole === 100 ? 'the whole credit was' : `all ${creditWords(whole)} were`} kept.`
}

function windowWords({ rule, freeUntil, policy, timeZone }: Cancelled): string {
  if (freeUntil !== null) return `free to cancel until ${momentWords(freeUntil, timeZone)}`
  if (rule === 'full') return `more than ${policy.fullReturnHours} h`
  return rule === 'half'
    ? `between ${policy.fullReturnHours} h and ${policy.halfReturnHours} h`
    : `under ${policy.halfReturnHours} h`
}

interface Verb {
  one: string
  many: string
}

function outcomeWords({ plan, now, timeZone }: Pick<Cancelled, 'plan' | 'now' | 'timeZone'>, verb: Verb): string {
  const whole = total(plan)
  const back = sum(plan.returns)
  const all = whole === 100 ? `the whole credit ${verb.one}` : `all ${creditWords(whole)} ${verb.many}`
  if (back === 0) return `${all} kept`
  const landing = landingWords(plan.returns, now, timeZone)
  if (back === whole) return `${all} returned${landing}`
  const share = `${toWireCredits(back)} of ${creditWords(whole)} ${verb.one} returned${landing}`
  return `${share}, and ${toWireCredits(whole - back)} ${verb.one} kept`
}

/** Where returned credits land; a lot that begins for them says why. */
function landingWords(returns: readonly LotReturn[], now: Temporal.Instant, timeZone: string): string {
  const places = returns.map(({ from, childUntil }) => {
    if (childUntil === null) return `to the lot that expires on ${dayWords(from.validUntil, timeZone)}`
    const expired = Temporal.Instant.compare(from.validUntil, now) <= 0
    const why = expired ? 'has expired' : 'has under 7 days left'
    return `to a new lot that expires on ${dayWords(childUntil, timeZone)}, because the one it came from ${why}`
  })
  if (places.length === 1) return ` ${places[0]}`
  return `: ${listWords(places.map((place, at) => `${toWireCredits(returns[at]?.credits ?? 0)} ${place}`))}`
}

function total(plan: ReturnPlan): number {
  return sum(plan.returns) + sum(plan.kept)
}

function sum(shares: readonly { credits: number }[]): number {
  return shares.reduce((credits, share) => credits + share.credits, 0)
}
