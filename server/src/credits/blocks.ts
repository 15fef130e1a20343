// Rows of booking_blocks: from when until when somebody's strikes keep them from booking for themselves.
import type { Fragment, Sql } from '../platform/sql.ts'
import type { BlockId, UserId } from '../platform/ids.ts'

export interface LiveBlock {
  userId: UserId
  /** The first instant at which they may book again. */
  endsAt: Temporal.Instant
}

/** Who of these members is blocked at `now`, one row each: of several blocks the last to end. */
export function liveBlocks(sql: Sql, userIds: readonly UserId[], now: Fragment) {
  return sql<LiveBlock[]>`
    select user_id, max(ends_at) as ends_at from booking_blocks
    where user_id = any(${[...userIds]}::uuid[]) and lifted_at is null and starts_at <= ${now} and ends_at > ${now}
    group by user_id`
}

export interface Block extends LiveBlock {
  id: BlockId
  startsAt: Temporal.Instant
  /** With fewer of its strikes left it does not stand. */
  strikesMax: number
}

/** Writes a block that begins. */
export function insertBlock(sql: Sql, block: Block) {
  return sql`
    insert into booking_blocks (id, user_id, starts_at, ends_at, strikes_max, created_at)
    values (${block.id}, ${block.userId}, ${block.startsAt}, ${block.endsAt}, ${block.strikesMax}, ${block.startsAt})`
}

/** Ends these blocks before their time. */
export function liftBlocks(sql: Sql, ids: readonly BlockId[], by: { actorId: UserId | null; reason: string; now: Temporal.Instant }) {
  return sql`
    update booking_blocks set lifted_at = ${by.now}, lifted_by = ${by.actorId}, lift_reason = ${by.reason}, announced_over_at = ${by.now}
    where id = any(${[...ids]}::uuid[]) and lifted_at is null`
}

/** Whether this block still keeps its member from booking at `now`. */
export async function isBlockLive(sql: Sql, id: BlockId, now: Temporal.Instant): Promise<boolean> {
  return (await sql`select from booking_blocks where id = ${id} and lifted_at is null and ends_at > ${now}`).length > 0
}
