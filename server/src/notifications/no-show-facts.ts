// What not coming has cost so far: settled by the Policy Enforcer in its own time, and perhaps waived since.
import { countingStrikes, standingPenalties } from '../credits/penalties.ts'
import { classFacts, type Scene, type Seat } from './class-facts.ts'
import type { FactsOf } from './message-kinds.ts'

/** Read anew whenever it is about to be said. */
export async function noShowFacts(scene: Scene, { booking, card }: Seat): Promise<FactsOf['no-show']> {
  const facts = { ...classFacts(card, scene.settings.current()), bookingId: booking.id, creditsKept: booking.creditsUsed }
  return { ...facts, penalty: await penaltyOf(scene, booking) }
}

async function penaltyOf({ sql, now, settings }: Scene, booking: Seat['booking']): Promise<FactsOf['no-show']['penalty']> {
  const penalties = await standingPenalties(sql, [booking.id])
  const fee = penalties.find(one => one.kind === 'fee')
  if (fee) return { kind: 'fee', amount: fee.amountCents ?? 0, currency: fee.currency ?? settings.current().currency }
  const strike = penalties.find(one => one.kind === 'strike')
  if (!strike) return null
  const { strikesMax: max } = await settings.version(booking.settingsVersion)
  // Of those that brought a block about none counts any more: then it was the last.
  const counting = strike.blockId === null ? (await countingStrikes(sql, booking.userId, now)).length : max
  return { kind: 'strike', counting, max }
}
