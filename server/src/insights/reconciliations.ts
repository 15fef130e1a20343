// The daily checks as rows: one that is wanted or under way at most, and what each of the last 90 days found.
import type { BrokenCheck, Reconciliation, Reconciliations } from '@fitflow/contract/reconciliation.ts'
import { newId, type ReconciliationId, type UserId } from '../platform/ids.ts'
import type { ReconciliationRow } from '../platform/schema.generated.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'

type Row = Omit<ReconciliationRow, 'broken' | 'attempts'> & { brokenChecks: number }

const keptDays = 90
const listedMax = 30
const samplesMax = 10
const sampleLengthMax = 200

/** Wants a check: the one that waits or is under way, if there is one, else a new one. */
export async function wantReconciliation({ sql, now }: Tx, askedBy: UserId | null): Promise<Reconciliation> {
  // Whoever comes second waits for the first to commit, and then meets its row.
  const [row] = await sql<[Row]>`
    insert into reconciliations (id, asked_by, asked_at) values (${newId<ReconciliationId>()}, ${askedBy}, ${now})
    on conflict ((ended_at is null)) where ended_at is null do update set asked_at = reconciliations.asked_at
    returning id, asked_by, asked_at, started_at, ended_at, ok, fault, jsonb_array_length(broken) as broken_checks`
  return toWire(row)
}

/** What a worker that looks has to know: whether one is wanted, when the last was, and since when this database is there. */
export async function readStanding(sql: Sql): Promise<{ wanted: boolean; lastAt: Temporal.Instant }> {
  const [row] = await sql<[{ wanted: boolean; lastAt: Temporal.Instant | null }]>`
    select exists (select from reconciliations where ended_at is null) as wanted,
      coalesce((select max(asked_at) from reconciliations), (select min(applied_at) from schema_migrations)) as last_at`
  return { wanted: row.wanted, lastAt: row.lastAt ?? Temporal.Instant.fromEpochMilliseconds(0) }
}

/** Begins the one that is wanted; undefined when there is none. Call it with the turn in hand. */
export async function begin({ sql, now }: Tx): Promise<{ id: ReconciliationId; attempts: number } | undefined> {
  const [row] = await sql<{ id: ReconciliationId; attempts: number }[]>`
    update reconciliations set started_at = ${now}, attempts = attempts + 1 where ended_at is null returning id, attempts`
  return row
}

export interface Ending {
  id: ReconciliationId
  broken: readonly BrokenCheck[]
  fault?: string
}

/** Writes down what it found, cut to a size, and forgets those of more than 90 days ago. */
export async function end({ sql, now }: Tx, { id, broken, fault }: Ending): Promise<void> {
  const kept = broken.map(one => ({ ...one, samples: one.samples.slice(0, samplesMax).map(what => what.slice(0, sampleLengthMax)) }))
  await sql`
    update reconciliations set ended_at = ${now}, broken = ${JSON.stringify(kept)}::text::jsonb, fault = ${fault?.slice(0, sampleLengthMax) ?? null},
      ok = ${kept.length === 0 && fault === undefined}
    where id = ${id} and ended_at is null`
  await sql`delete from reconciliations where asked_at < ${now}::timestamptz - make_interval(days => ${keptDays}) and ended_at is not null`
}

/** The last that has ended, with what it found, and the last thirty. */
export async function listReconciliations(sql: Sql): Promise<Omit<Reconciliations, 'nextAt'>> {
  const rows = await sql<(Row & { broken: BrokenCheck[] })[]>`
    select id, asked_by, asked_at, started_at, ended_at, ok, fault, broken, jsonb_array_length(broken) as broken_checks
    from reconciliations order by asked_at desc, id desc limit ${listedMax}`
  // One is under way at most, so the last that has ended is among them.
  const latest = rows.find(row => row.endedAt !== null)
  return { latest: latest ? { ...toWire(latest), broken: latest.broken } : null, items: rows.map(toWire) }
}

function toWire({ id, askedBy, askedAt, startedAt, endedAt, ok, fault, brokenChecks }: Row): Reconciliation {
  const instants = { askedAt: String(askedAt), startedAt: startedAt && String(startedAt), endedAt: endedAt && String(endedAt) }
  return { id, byItself: askedBy === null, ...instants, ok, fault, brokenChecks }
}
