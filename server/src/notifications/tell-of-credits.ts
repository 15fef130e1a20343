// What is told of credits that are about to end, and of blocks that began, or were lifted before their time.
import type { EventFacts } from '@fitflow/contract/events.ts'
import { isBlockLive, liveBlocks } from '../credits/blocks.ts'
import { findLot } from '../credits/lots.ts'
import type { BlockId, MembershipId, UserId } from '../platform/ids.ts'
import type { Scene } from './class-facts.ts'
import type { FactsOf } from './message-kinds.ts'
import { toldOfBlock } from './messages.ts'
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

/** It was lifted before its time: told to whoever had been told that they cannot book. */
export async function tellUnblocked(scene: Scene, { blockId, userId }: EventFacts['block.ended']): Promise<Telling[]> {
  const told = await toldOfBlock(scene.sql, userId as UserId, blockId as BlockId)
  if (!told || !(await maySooner(scene, told.facts, userId as UserId))) return []
  return [telling(userId as UserId, 'block-ended', told.facts)]
}

/** Whether they really heard of the block, and may book now though it was to go on. */
export async function stillUnblocked(scene: Pick<Scene, 'sql' | 'now'>, facts: FactsOf['block-ended'], userId: UserId): Promise<boolean> {
  const told = await toldOfBlock(scene.sql, userId, facts.blockId as BlockId)
  return told?.isSent === true && maySooner(scene, facts, userId)
}

async function maySooner({ sql, now }: Pick<Scene, 'sql' | 'now'>, { endsAt }: FactsOf['block-ended'], userId: UserId): Promise<boolean> {
  if (Temporal.Instant.compare(now, Temporal.Instant.from(endsAt)) >= 0) return false
  return (await liveBlocks(sql, [userId], sql`${now}::timestamptz`)).length === 0
}
