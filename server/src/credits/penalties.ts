// Rows of penalties: strikes, and fees owed, for late cancellations and no-shows.
import type { Sql } from '../platform/sql.ts'
import type { BlockId, BookingId, PenaltyId, ReceiptId, UserId } from '../platform/ids.ts'

export type PenaltyCause = 'late-cancel' | 'no-show'

export interface Penalty {
  id: PenaltyId
  userId: UserId
  bookingId: BookingId
  kind: 'strike' | 'fee'
  cause: PenaltyCause
  /** Owed, in minor units; null for a strike. */
  amountCents: number | null
  currency: string | null
  /** The first instant at which a strike no longer counts; null for a fee. */
  lapsesAt: Temporal.Instant | null
  /** The block that this strike brought about: it does not count towards another. */
  blockId: BlockId | null
  receiptId: ReceiptId
  /** When it was earned: as the class that was missed began, or at the late cancellation. Its receipt says when it was given. */
  createdAt: Temporal.Instant
  waivedAt: Temporal.Instant | null
}

const columns = (sql: Sql) => sql`
  id, user_id, booking_id, kind, cause, amount_cents, currency, lapses_at, block_id, receipt_id, created_at, waived_at`

/** What these bookings are penalised with and was not taken back. The member's lock protects it. */
export function standingPenalties(sql: Sql, bookingIds: readonly BookingId[]) {
  return sql<Penalty[]>`
    select ${columns(sql)} from penalties where booking_id = any(${[...bookingIds]}::uuid[]) and waived_at is null order by id`
}

/** Strikes that count towards a block at this instant: not lapsed, not taken back, and not of those that brought one about. */
export function countingStrikes(sql: Sql, userId: UserId, now: Temporal.Instant) {
  return sql<(Pick<Penalty, 'id'> & { at: Temporal.Instant; lapsesAt: Temporal.Instant })[]>`
    select id, created_at as at, lapses_at from penalties where user_id = ${userId} and kind = 'strike' and waived_at is null and block_id is null and lapses_at > ${now}
    order by created_at, id`
}

/** These have brought a block about: they do not count towards another. */
export function spendStrikes(sql: Sql, ids: readonly PenaltyId[], blockId: BlockId) {
  return sql`update penalties set block_id = ${blockId} where id = any(${[...ids]}::uuid[])`
}

/** One of them, whether it stands or not. */
export async function penaltyById(sql: Sql, id: PenaltyId): Promise<Penalty | undefined> {
  const [penalty] = await sql<Penalty[]>`select ${columns(sql)} from penalties where id = ${id}`
  return penalty
}

/** Whether this booking ever had such a penalty, taken back or not. */
export async function wasPenalised(sql: Sql, bookingId: BookingId, kind: Penalty['kind']): Promise<boolean> {
  return (await sql`select from penalties where booking_id = ${bookingId} and kind = ${kind} limit 1`).length > 0
}

/** Strikes that still stand of those that brought these blocks about. */
export function strikesOfBlocks(sql: Sql, ids: readonly BlockId[]) {
  return sql<{ blockId: BlockId; standing: number; strikesMax: number; userId: UserId }[]>`
    select b.id as block_id, count(p.id)::int as standing, b.strikes_max, b.user_id
    from booking_blocks b left join penalties p on p.block_id = b.id and p.waived_at is null
    where b.id = any(${[...ids]}::uuid[]) and b.lifted_at is null group by b.id`
}

/** Writes penalties that are new. */
export function insertPenalties(sql: Sql, rows: readonly Penalty[]) {
  return sql`
    insert into penalties (id, user_id, booking_id, kind, cause, amount_cents, currency, lapses_at, block_id, receipt_id, created_at)
    select * from unnest(${rows.map(row => row.id)}::uuid[], ${rows.map(row => row.userId)}::uuid[],
      ${rows.map(row => row.bookingId)}::uuid[], ${rows.map(row => row.kind)}::text[], ${rows.map(row => row.cause)}::text[],
      ${rows.map(row => row.amountCents)}::int[], ${rows.map(row => row.currency)}::text[],
      ${rows.map(row => (row.lapsesAt === null ? null : String(row.lapsesAt)))}::timestamptz[],
      ${rows.map(row => row.blockId)}::uuid[], ${rows.map(row => row.receiptId)}::uuid[],
      ${rows.map(row => String(row.createdAt))}::timestamptz[])`
}

/** The strikes that are left of these blocks count again. */
export function freeStrikes(sql: Sql, blockIds: readonly BlockId[]) {
  return sql`update penalties set block_id = null where block_id = any(${[...blockIds]}::uuid[]) and waived_at is null`
}

/** Takes penalties back, each with the receipt that says why. */
export function waive(sql: Sql, waived: readonly { id: PenaltyId; receiptId: ReceiptId }[], by: { actorId: UserId | null; now: Temporal.Instant }) {
  return sql`
    update penalties p set waived_at = ${by.now}, waived_by = ${by.actorId}, waive_receipt_id = w.receipt_id
    from unnest(${waived.map(one => one.id)}::uuid[], ${waived.map(one => one.receiptId)}::uuid[]) as w (id, receipt_id)
    where p.id = w.id and p.waived_at is null`
}
