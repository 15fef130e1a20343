// Receipts of decisions as they are read back: for a booking, and beside each line of the ledger.
import type { Receipt } from '@fitflow/contract/booking.ts'
import type { Sql } from '../platform/sql.ts'
import type { BookingId } from '../platform/ids.ts'
import { toWireReceipt, type ReceiptLine } from './decisions.ts'

interface ReceiptRow {
  rule: string
  version: number
  sentence: string
  lines: ReceiptLine[]
  decidedAt: Temporal.Instant
}

/** Everything decided about a booking, in the order it was decided. */
export async function receiptsOf(sql: Sql, bookingId: BookingId): Promise<Receipt[]> {
  const rows = await sql<ReceiptRow[]>`
    select rule, rule_version as version, sentence, lines, decided_at from decision_receipts
    where booking_id = ${bookingId} order by decided_at, id`
  return rows.map(row => toWireReceipt(row, row.decidedAt))
}

/** Which of these rules decided last about a booking; undefined when none has. */
export async function lastRuleOf(sql: Sql, bookingId: BookingId, rules: readonly string[]): Promise<string | undefined> {
  const [last] = await sql<{ rule: string }[]>`
    select rule from decision_receipts where booking_id = ${bookingId} and rule = any(${[...rules]}::text[])
    order by decided_at desc, id desc limit 1`
  return last?.rule
}

/** What was compared when a booking was cancelled, and with which bounds: each kind of cancellation knows its own part, an early receipt less. */
interface CancellationFacts {
  startsAt?: string
  endsAt?: string
  fullReturnHours?: number
  halfReturnHours?: number
  halfReturnPercent?: number
  /** What was in the way where the studio moved the class. */
  way?: string
}

interface Returned {
  /** In hundredths. */
  credits: number
  /** Why the studio cancelled it, in its words. */
  reason: string | null
  rule: string | null
  facts: CancellationFacts
}

/** What the last decision about a cancelled booking gave back, and by which rule. */
export async function returnedBy(sql: Sql, bookingId: BookingId): Promise<Returned> {
  const [last] = await sql<{ lines: ReceiptLine[]; rule: string; facts: CancellationFacts & { reason?: string } }[]>`
    select lines, rule, facts from decision_receipts
    where booking_id = ${bookingId} and rule like 'cancel-%' order by decided_at desc, id desc limit 1`
  const credits = (last?.lines ?? []).reduce((sum, line) => sum + Math.max(line.credits ?? 0, 0), 0)
  return { credits, reason: last?.facts.reason || null, rule: last?.rule ?? null, facts: last?.facts ?? {} }
}
