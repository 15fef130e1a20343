// The counts of a day, made anew from the rows themselves whenever something of that day has changed.
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { DailyCountRow } from '../platform/schema.generated.ts'
import type { Sql } from '../platform/sql.ts'
import { newTraceId } from '../platform/trace.ts'
import { transact, type Tx } from '../platform/tx.ts'
import { startOfDay } from '../schedule/studio-days.rule.ts'

/** A round counts no more, so that its transaction stays short. */
export const countedMax = 7

const counting = (): Context => ({ actor: { userId: null, role: 'system', via: 'job' }, traceId: newTraceId() })

/** Counts up to seven of the days that wait for it; answers how many. Any number of workers may: each takes days that no other has. */
export function countDays(db: Database, timeZone: string): Promise<number> {
  return transact(db, counting(), { isolation: 'read committed' }, async tx => {
    // Unmarked before it is counted: what changes meanwhile marks it again.
    const days = await tx.sql<{ day: Temporal.PlainDate }[]>`
      delete from uncounted_days where day = any(array(
        select day from uncounted_days order by day limit ${countedMax} for update skip locked)) returning day`
    for (const { day } of days) await countDay(tx, day, timeZone)
    return days.length
  })
}

/** By the day of the class is by the class's own time: an index for it on every booking would be one more to write on the hot path. */
async function countDay(tx: Tx, day: Temporal.PlainDate, timeZone: string): Promise<void> {
  const [from, to] = [startOfDay(day, timeZone), startOfDay(day.add({ days: 1 }), timeZone)]
  await tx.sql`
    insert into daily_counts (day, holds, holds_confirmed, holds_expired, promotions, promotions_taken, bookings, cancellations, attended, no_shows, counted_at)
    select ${day}::date, h.holds, h.holds_confirmed, h.holds_expired, h.promotions, h.promotions_taken, b.bookings, c.cancellations, a.attended, a.no_shows, ${tx.now}
    from (
      select count(*) filter (where kind = 'public') as holds,
        count(*) filter (where kind = 'public' and status = 'confirmed') as holds_confirmed,
        count(*) filter (where kind = 'public' and status = 'expired') as holds_expired,
        count(*) filter (where kind in ('offer', 'auto')) as promotions,
        count(*) filter (where kind in ('offer', 'auto') and status = 'confirmed') as promotions_taken
      from spot_holds where created_at >= ${from} and created_at < ${to}) h,
      (select count(*) as bookings from bookings where created_at >= ${from} and created_at < ${to}) b,
      (select count(*) as cancellations from bookings where cancelled_at >= ${from} and cancelled_at < ${to}) c,
      (select count(*) filter (where b.status = 'attended') as attended, count(*) filter (where b.status = 'no_show') as no_shows
      from class_sessions s join bookings b on b.session_id = s.id where s.starts_at >= ${from} and s.starts_at < ${to}) a
    on conflict (day) do update set holds = excluded.holds, holds_confirmed = excluded.holds_confirmed,
      holds_expired = excluded.holds_expired, promotions = excluded.promotions, promotions_taken = excluded.promotions_taken,
      bookings = excluded.bookings, cancellations = excluded.cancellations, attended = excluded.attended,
      no_shows = excluded.no_shows, counted_at = excluded.counted_at`
}

/** Marks days to be counted again. */
export async function markDays(sql: Sql, days: readonly Temporal.PlainDate[]): Promise<void> {
  await sql`insert into uncounted_days (day) select unnest(${days.map(String)}::date[]) on conflict do nothing`
}

/** Those days that wait to be counted already, as `YYYY-MM-DD`. */
export async function markedDays(sql: Sql): Promise<Set<string>> {
  const rows = await sql<{ day: Temporal.PlainDate }[]>`select day from uncounted_days`
  return new Set(rows.map(row => String(row.day)))
}

/** Throws all counts away and marks every day since the first hold or booking; answers how many days. */
export function markHistory(db: Database, timeZone: string): Promise<number> {
  return transact(db, counting(), { isolation: 'read committed' }, async tx => {
    await tx.sql`delete from daily_counts`
    const rows = await tx.sql`
      insert into uncounted_days (day)
      select distinct (at at time zone ${timeZone})::date from (
        select created_at as at from spot_holds
        union all select created_at from bookings
        union all select cancelled_at from bookings where cancelled_at is not null
        union all select starts_at from bookings where status in ('attended', 'no_show')) moments
      on conflict do nothing returning day`
    return rows.length
  })
}

/** The latest days that have counts, newest first. */
export async function latestCounts({ sql }: Database, limit: number): Promise<DailyCountRow[]> {
  return sql<DailyCountRow[]>`
    select day, holds, holds_confirmed, holds_expired, promotions, promotions_taken, bookings, cancellations, attended, no_shows, counted_at
    from daily_counts order by day desc limit ${limit}`
}
