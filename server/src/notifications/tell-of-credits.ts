// What is told of credits that are about to end, and of blocks that began.
import type { EventFacts } from '@fitflow/contract/events.ts'
import { isBlockLive } from '../credits/blocks.ts'
import { findLot } from '../credits/lots.ts'
import type { BlockId, MembershipId } from '../platform/ids.ts'
import type { Scene } from './class-facts.ts'
import type { FactsOf } from './message-kinds.ts'
import { telling, type Telling } from './write-messages.ts'

/** A lot, or access, that ends soon. */
export async function tellExpiring(scene: Scene, { membershipId, validUntil, days }: EventFacts['credit.expiring']): Promise<Telling[]> {
  const lot = await findLot(scene.sql, membershipId as MembershipId)
  if (!lot) return []
  const { timeZone } = scene.settings.current()
  const facts = { membershipId, lotName: lot.name, creditsLeft: lot.creditsBalance, validUntil, days, timeZone }
  return (await stillExpires(scene, facts)) ? [telling(lot.userId, 'credit-expiring', facts)] : []
}

/** Whether what a warning says is still so: not extended, not spent, not over. */
export async function stillExpires({ sql, now }: Pick<Scene, 'sql' | 'now'>, { membershipId, validUntil }: Pick<FactsOf['credit-expiring'], 'membershipId' | 'validUntil'>): Promise<boolean> {
  const lot = await findLot(sql, membershipId as MembershipId)
  if (!lot || lot.expiredAt !== null || !lot.validUntil.equals(Temporal.Instant.from(validUntil))) return false
  return (lot.creditsGranted === null || lot.creditsBalance > 0) && Temporal.Instant.compare(now, lot.validUntil) < 0
}

/** Strikes keep somebody from booking for a while. */
export async function tellBlock(scene: Scene, { blockId, userId, endsAt }: EventFacts['block.began']): Promise<Telling[]> {
  if (!(await isBlockLive(scene.sql, blockId as BlockId, scene.now))) return []
  return [telling(userId as Telling['userId'], 'block-began', { blockId, endsAt, timeZone: scene.settings.current().timeZone })]
}
