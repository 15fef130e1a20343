// Analytics: an event marks the days whose counts it changes.
import type { Topic } from '@fitflow/contract/events.ts'
import type { OutboxEvent, Recorder } from '../platform/consumer.ts'
import type { Sql } from '../platform/sql.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { markDays, markedDays } from './daily-counts.ts'

const attendance = ['checkin.recorded', 'checkin.undone', 'booking.noshow', 'booking.corrected'] as const satisfies readonly Topic[]
const topics = [
  'hold.created',
  'hold.confirmed',
  'hold.expired',
  'hold.released',
  'waitlist.promoted',
  'booking.confirmed',
  'booking.cancelled',
  ...attendance,
] as const satisfies readonly Topic[]

/** The consumer that keeps the daily counts true; of many events of one day one has something to do. */
export function analytics(settings: Pick<SettingsStore, 'current'>): Recorder {
  return {
    name: 'analytics',
    topics,
    async concerns(db, events) {
      const marked = await markedDays(db.sql)
      const firsts = new Set<number>()
      for (const { id, day } of await daysOf(db.sql, events, settings.current().timeZone)) {
        if (!marked.has(String(day))) firsts.add(id)
        marked.add(String(day))
      }
      return events.filter(event => firsts.has(event.id))
    },
    async handleAll(tx, events) {
      const days = await daysOf(tx.sql, events, settings.current().timeZone)
      await markDays(tx.sql, days.map(one => one.day))
    },
  }
}

interface Facts {
  holdId?: string
  bookingId?: string
}

interface DayOf {
  id: number
  day: Temporal.PlainDate
}

/** The days that each event touches: when its hold and booking were made, when that was cancelled, and the class's own if somebody came or did not. */
async function daysOf(sql: Sql, events: readonly OutboxEvent[], timeZone: string): Promise<DayOf[]> {
  const [born, others] = [events.filter(isBirth), events.filter(event => !isBirth(event))]
  const days = born.map(({ id, occurredAt }) => ({ id, day: occurredAt.toZonedDateTimeISO(timeZone).toPlainDate() }))
  return others.length === 0 ? days : [...days, ...(await readDays(sql, others, timeZone))]
}

/** In a rush nearly all of them are: what was made then, and of which the event says itself when. */
const isBirth = ({ topic }: OutboxEvent) => topic === 'hold.created' || topic === 'booking.confirmed'

function readDays(sql: Sql, events: readonly OutboxEvent[], timeZone: string): Promise<DayOf[]> {
  const facts = events.map(event => event.data as Facts)
  const attends = events.map(({ topic, data }) => (attendance.some(one => one === topic) ? ((data as Facts).bookingId ?? null) : null))
  return sql<DayOf[]>`
    with e as materialized (
      select * from unnest(${events.map(event => String(event.id))}::bigint[], ${facts.map(one => one.holdId ?? null)}::uuid[],
        ${facts.map(one => one.bookingId ?? null)}::uuid[], ${attends}::uuid[]) as e (id, hold_id, booking_id, attends)),
    moments as (
      select e.id, h.created_at as at from e join spot_holds h on h.id = e.hold_id
      union all select e.id, b.created_at from e join bookings b on b.id = e.booking_id
      union all select e.id, b.cancelled_at from e join bookings b on b.id = e.booking_id where b.cancelled_at is not null
      union all select e.id, b.starts_at from e join bookings b on b.id = e.attends)
    select distinct id, (at at time zone ${timeZone})::date as day from moments`
}
