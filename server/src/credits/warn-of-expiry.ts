// Members are warned before credits or access end: said once for each end that a lot has.
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { MembershipId, UserId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import { newTraceId } from '../platform/trace.ts'
import { transact } from '../platform/tx.ts'
import { warningDue, type WarningDays } from './expiry.rule.ts'
import { lotColumns, type Lot } from './lots.ts'

const pageSize = 500

type Candidate = Lot & { warned: number[] }

/** Says every warning that is due and answers how many were. Two workers say none twice: a warning is a row that exists once. */
export async function warnOfExpiry(db: Database, days: WarningDays): Promise<number> {
  let said = 0
  let after: { validUntil: Temporal.Instant; id: MembershipId } | undefined
  for (;;) {
    const page = await candidates(db, days, after)
    if (page.length > 0) said += await warn(db, page, days)
    after = page.at(-1)
    if (page.length < pageSize) return said
  }
}

/** Lots that end within reach of a warning which was not said yet. Served by `memberships_running`. */
function candidates({ sql, clock }: Database, { firstExpiryWarningDays, lastExpiryWarningDays }: WarningDays, after?: Pick<Lot, 'id' | 'validUntil'>) {
  const now = clock.expression(sql)
  const [near, far] = [lastExpiryWarningDays, firstExpiryWarningDays].sort((a, b) => a - b) as [number, number]
  const within = (days: number) => sql`${now} + ${days * 24} * interval '1 hour'`
  return sql<Candidate[]>`
    select ${lotColumns(sql)},
      array(select days_before from expiry_warnings w where w.membership_id = m.id and w.valid_until = m.valid_until) as warned
    from memberships m
    where expired_at is null and valid_until > ${now} and valid_until <= ${within(far)}
      and (credits_balance > 0 or credits_granted is null)
      and not exists (select from expiry_warnings w where w.membership_id = m.id and w.valid_until = m.valid_until
        and (w.days_before <= ${near} or m.valid_until > ${within(near)}))
      ${after ? sql`and (valid_until, id) > (${after.validUntil}, ${after.id})` : sql``}
    order by valid_until, id limit ${pageSize}`
}

function warn(db: Database, lots: readonly Candidate[], days: WarningDays): Promise<number> {
  const context: Context = { actor: { userId: null, role: 'system', via: 'job' }, traceId: newTraceId() }
  return transact(db, context, { isolation: 'read committed' }, async tx => {
    const due = lots.flatMap(lot => {
      const daysBefore = warningDue(lot, tx.now, days, lot.warned)
      return daysBefore === null ? [] : [{ lot, daysBefore }]
    })
    const fresh = due.length > 0 ? await insertWarnings(tx.sql, due, tx.now) : []
    for (const { membershipId, userId, validUntil, days: daysBefore } of fresh) {
      tx.emit('credit.expiring', { membershipId, userId, validUntil: String(validUntil), days: daysBefore })
    }
    return fresh.length
  })
}

interface Said {
  membershipId: MembershipId
  userId: UserId
  validUntil: Temporal.Instant
  days: number
}

async function insertWarnings(sql: Sql, due: readonly { lot: Lot; daysBefore: number }[], now: Temporal.Instant): Promise<Said[]> {
  const rows = await sql<{ membershipId: MembershipId }[]>`
    insert into expiry_warnings (membership_id, valid_until, days_before, warned_at)
    select id, valid_until, days_before, ${now}
    from unnest(${due.map(one => one.lot.id)}::uuid[], ${due.map(one => String(one.lot.validUntil))}::timestamptz[],
      ${due.map(one => one.daysBefore)}::int[]) as d (id, valid_until, days_before)
    order by id on conflict do nothing returning membership_id`
  const fresh = new Set(rows.map(row => row.membershipId))
  return due
    .filter(({ lot }) => fresh.has(lot.id))
    .map(({ lot, daysBefore }) => ({ membershipId: lot.id, userId: lot.userId, validUntil: lot.validUntil, days: daysBefore }))
}
