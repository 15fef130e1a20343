// Somebody's strikes, fees and blocks as they are shown: to themselves, and to the staff who may give them back.
import type { Block, Penalties, Penalty as WirePenalty, PenaltyQuery } from '@fitflow/contract/penalties.ts'
import { Id, Instant, type Money } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import type { BlockId, BookingId, UserId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import type { Tx } from '../platform/tx.ts'
import type { Settings } from '../schedule/settings.ts'
import { blockedUntil } from './clients.ts'
import { toWireReceipt, type ReceiptLine } from './decisions.ts'
import { countingStrikes, type Penalty } from './penalties.ts'

interface Told {
  rule: string
  version: number
  sentence: string
  lines: ReceiptLine[]
  decidedAt: Temporal.Instant
}
type Row = Omit<Penalty, 'receiptId' | 'userId'> & Told & { waiver: Told | null; waiverAt: Temporal.Instant | null }

/** A penalty without its class, which booking knows. */
type BarePenalty = Omit<WirePenalty, 'booking'> & { bookingId: BookingId }
export type BarePenalties = Omit<Penalties, 'items'> & { items: BarePenalty[] }

const latestFirst = openKeyset<[string, string]>(Type.Tuple([Instant, Id]))
const blocksShown = 10

/** One page, latest first; with the first one goes all that it comes to. Served by `penalties_user_id`. */
export async function penaltiesPage(tx: Tx, userId: UserId, { query, settings }: { query: PenaltyQuery; settings: Settings }): Promise<BarePenalties> {
  const { sql, now } = tx
  const limit = query.limit ?? pageSize
  const after = latestFirst.read(query.cursor)
  const rows = await sql<Row[]>`
    select p.id, p.booking_id, p.kind, p.cause, p.amount_cents, p.currency, p.lapses_at, p.block_id, p.created_at, p.waived_at,
      r.rule, r.rule_version as version, r.sentence, r.lines, r.decided_at, w.decided_at as waiver_at,
      case when w.id is not null then json_build_object('rule', w.rule, 'version', w.rule_version, 'sentence', w.sentence, 'lines', w.lines) end as waiver
    from penalties p join decision_receipts r on r.id = p.receipt_id left join decision_receipts w on w.id = p.waive_receipt_id
    where p.user_id = ${userId} ${after ? sql`and (p.created_at, p.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by p.created_at desc, p.id desc limit ${limit + 1}`
  const page = latestFirst.page(rows, limit, row => [String(row.createdAt), row.id])
  const [counting, blocked] = [await countingStrikes(sql, userId, now), await blockedUntil(tx, [userId])]
  const { strikesMax: max, strikeWindowDays: windowDays, blockDays } = settings
  return {
    strikes: { counting: counting.length, max, windowDays, blockDays },
    blockedUntil: blocked(userId),
    owed: await owedBy(tx, userId),
    blocks: await blocksOf(tx, userId),
    items: page.items.map(row => toWire(row, now)),
    nextCursor: page.nextCursor,
  }
}

function toWire(row: Row, now: Temporal.Instant): BarePenalty {
  const { id, bookingId, kind, cause, amountCents, currency, lapsesAt, createdAt, waiver, waiverAt } = row
  return {
    ...{ id, bookingId, kind, cause, state: stateOf(row, now), createdAt: String(createdAt) },
    amount: amountCents === null || currency === null ? null : { amount: amountCents, currency },
    lapsesAt: lapsesAt && String(lapsesAt),
    receipt: toWireReceipt(row, row.decidedAt),
    waiver: waiver && waiverAt ? toWireReceipt(waiver, waiverAt) : null,
  }
}

function stateOf({ waivedAt, kind, blockId, lapsesAt }: Row, now: Temporal.Instant): WirePenalty['state'] {
  if (waivedAt !== null) return 'waived'
  if (kind === 'fee') return 'owed'
  if (blockId !== null) return 'spent'
  return lapsesAt !== null && Temporal.Instant.compare(now, lapsesAt) >= 0 ? 'lapsed' : 'counts'
}

function owedBy({ sql }: Tx, userId: UserId) {
  return sql<Money[]>`
    select sum(amount_cents)::int as amount, currency from penalties
    where user_id = ${userId} and kind = 'fee' and waived_at is null group by currency order by currency`
}

async function blocksOf({ sql }: Tx, userId: UserId): Promise<Block[]> {
  const rows = await sql<{ id: BlockId; startsAt: Temporal.Instant; endsAt: Temporal.Instant; liftedAt: Temporal.Instant | null; liftReason: string | null }[]>`
    select id, starts_at, ends_at, lifted_at, lift_reason from booking_blocks where user_id = ${userId} order by starts_at desc limit ${blocksShown}`
  return rows.map(({ id, startsAt, endsAt, liftedAt, liftReason }) => {
    const lifted = liftedAt && { at: String(liftedAt), reason: liftReason ?? '' }
    return { id, startsAt: String(startsAt), endsAt: String(endsAt), lifted }
  })
}
