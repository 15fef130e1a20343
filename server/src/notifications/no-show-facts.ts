// What not coming, or cancelling late, has cost so far: settled by the Policy Enforcer in its own time, and perhaps waived since.
import { penaltyOf as dueFor } from '../booking/late-cancel.ts'
import { countingStrikes, standingPenalties, wasPenalised, type Penalty } from '../credits/penalties.ts'
import { classFacts, type Scene, type Seat } from './class-facts.ts'
import type { FactsOf, ToldPenalty } from './message-kinds.ts'

/** Read anew whenever it is about to be said. */
export async function noShowFacts(scene: Scene, { booking, card }: Seat): Promise<FactsOf['no-show']> {
  const facts = { ...classFacts(card, scene.settings.current()), bookingId: booking.id, creditsKept: booking.creditsUsed }
  return { ...facts, penalty: await penaltyOf(scene, booking) }
}

async function penaltyOf(scene: Scene, booking: Seat['booking']): Promise<ToldPenalty | null> {
  const { sql, settings } = scene
  const penalties = await standingPenalties(sql, [booking.id])
  const fee = penalties.find(one => one.kind === 'fee')
  if (fee) return { kind: 'fee', amount: fee.amountCents ?? 0, currency: fee.currency ?? settings.current().currency }
  const strike = penalties.find(one => one.kind === 'strike')
  return strike ? strikeOf(scene, booking, strike) : null
}

async function strikeOf({ sql, now, settings }: Scene, booking: Seat['booking'], strike: Penalty): Promise<ToldPenalty> {
  const { strikesMax: max } = await settings.version(booking.settingsVersion)
  // Of those that brought a block about none counts any more: then it was the last.
  const counting = strike.blockId === null ? (await countingStrikes(sql, booking.userId, now)).length : max
  return { kind: 'strike', counting, max }
}

/** What a late cancellation is penalised with: the strike that it was given, and the fee that follows, which may not be written down yet. */
export async function lateCancelPenalties(scene: Scene, booking: Seat['booking']): Promise<ToldPenalty[]> {
  const penalties = await standingPenalties(scene.sql, [booking.id])
  const strike = penalties.find(one => one.kind === 'strike')
  const told = strike ? [await strikeOf(scene, booking, strike)] : []
  const policy = await scene.settings.version(booking.settingsVersion)
  const isTakenBack = !penalties.some(one => one.kind === 'fee') && (await wasPenalised(scene.sql, booking.id, 'fee'))
  const amount = isTakenBack ? 0 : dueFor(booking, { rule: 'none' }, policy).feeCents
  return amount === 0 ? told : [...told, { kind: 'fee', amount, currency: policy.currency }]
}
