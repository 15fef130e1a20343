// lag: a thousand events a second, each of a booking that somebody has to be told of, until the row of its message is there.
import { systemClock } from '../../server/src/platform/clock.ts'
import { newTraceId } from '../../server/src/platform/trace.ts'
import { transact } from '../../server/src/platform/tx.ts'
import { rabbitmq, redisServer } from '../../tools/programs.ts'
import { timesOf } from '../figures.ts'
import { costOf } from '../load.ts'
import { under, type Run, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

const eventsEachSecond = 1000
const seconds = 20
// As they come out of batches of admission.
const everyMs = 10
// Told of in turn: each event is a reason of its own.
const bookingsCount = 2000
const sessionsCount = 20
const patienceMs = 20_000
const lookMs = 500

export const lag: Scenario = {
  name: 'lag',
  what: `${eventsEachSecond} events a second by RabbitMQ to one worker, for ${seconds} s: from the event to the row of its message`,
  needs: [redisServer, rabbitmq],
  repeats: 1,
  targets: [under(1000, 'p99Ms')],
  async open(stage) {
    const bookings = await book(stage)
    return () => tell(stage, bookings)
  },
}

interface Booking {
  bookingId: string
  sessionId: string
  userId: string
  version: number
}

async function book({ db, fixture, fleet, load, rest, warm }: Stage): Promise<Booking[]> {
  const ports = await fleet(1)
  const sessionIds = await fixture.newSessions(Array.from({ length: sessionsCount }, () => ({ capacity: bookingsCount })))
  const members = await fixture.newMembers(bookingsCount)
  await warm(members, ports)
  const then = { path: '/api/v1/holds/{id}/confirm', body: JSON.stringify({ method: 'membership' }) }
  const asks = members.map(({ token }, at) => ({ method: 'POST', path: `/api/v1/sessions/${sessionIds[at % sessionsCount]}/hold`, token, then }) as const)
  await load.http({ ports, connections: 50, asks, again: false, secondsMax: 60 })
  await rest()
  // Only the worker has something to do from now on.
  await fleet(0)
  return db.sql<Booking[]>`
    select b.id as booking_id, b.session_id, b.user_id, s.version from bookings b join class_sessions s on s.id = b.session_id
    where s.id = any(${sessionIds})`
}

async function tell(stage: Stage, bookings: readonly Booking[]): Promise<Run> {
  const { cpu, db } = stage
  const [first] = await db.sql<[{ id: string }]>`select coalesce(max(id), 0)::text as id from outbox`
  const before = cpu()
  await emitAll(stage, bookings)
  const count = eventsEachSecond * seconds
  const backlog = count - (await handledSince(stage, first.id))
  for (let passedMs = 0; (await handledSince(stage, first.id)) < count && passedMs < patienceMs; passedMs += lookMs) await sleep(lookMs)
  const after = cpu()
  return { ...(await judge(stage, first.id, backlog)), ...(before && after ? { cpuMicros: costOf(before, after, count) } : {}) }
}

/** Keeps to the clock, whoever is late: events that are due go out together. */
async function emitAll({ db }: Stage, bookings: readonly Booking[]): Promise<void> {
  const context = { actor: { userId: null, role: 'system', via: 'cli' }, traceId: newTraceId() } as const
  const startedMs = systemClock.monotonicMs()
  const staging: Promise<void>[] = []
  for (let emitted = 0; emitted < eventsEachSecond * seconds; await sleep(everyMs)) {
    const due = Math.min(seconds * 1000, systemClock.monotonicMs() - startedMs) * (eventsEachSecond / 1000)
    const batch = Array.from({ length: Math.floor(due) - emitted }, (_, at) => bookings[(emitted + at) % bookings.length] as Booking)
    emitted += batch.length
    if (batch.length > 0) staging.push(transact(db, context, { isolation: 'read committed' }, async tx => batch.forEach(one => tx.emit('booking.confirmed', one))))
  }
  await Promise.all(staging)
}

async function handledSince({ db }: Stage, after: string): Promise<number> {
  const [row] = await db.sql<[{ count: number }]>`select count(*)::int from inbox where consumer = 'notifications' and event_id > ${after}::bigint`
  return row.count
}

interface Told {
  /** From the event to the commit of its message; null when it did not come in time, which counts as the time that was waited. */
  lagMs: number | null
  /** Until the broker had confirmed it. */
  carriedMs: number | null
  isWritten: boolean
}

async function judge({ db }: Stage, after: string, backlog: number): Promise<Run> {
  // The note in the inbox commits with the message, and is never changed afterwards.
  const told = await db.sql<Told[]>`
    select extract(epoch from pg_xact_commit_timestamp(i.xmin) - o.occurred_at)::float8 * 1000 as lag_ms,
      extract(epoch from o.handled_at - o.occurred_at)::float8 * 1000 as carried_ms,
      exists (select from messages m where m.reason = 'event:' || o.id) as is_written
    from outbox o left join inbox i on i.consumer = 'notifications' and i.event_id = o.id
    where o.id > ${after}::bigint and o.topic = 'booking.confirmed' order by o.id`
  const [span] = await db.sql<[{ seconds: number }]>`
    select coalesce(extract(epoch from max(pg_xact_commit_timestamp(i.xmin)) - min(o.occurred_at)), 1)::float8 as seconds
    from outbox o join inbox i on i.consumer = 'notifications' and i.event_id = o.id where o.id > ${after}::bigint`
  const late = told.filter(one => one.lagMs === null).length
  const silent = told.filter(one => one.lagMs !== null && !one.isWritten).length
  const carried = timesOf(told.map(one => one.carriedMs ?? patienceMs))
  return {
    perSecond: (told.length - late) / span.seconds,
    ...timesOf(told.map(one => one.lagMs ?? patienceMs)),
    wrong: silent === 0 ? [] : [`${silent} events were handled and nobody is told`],
    notes: [
      `${told.length} events; ${backlog} waited when the last had happened, ${late} still ${patienceMs / 1000} s later`,
      `until the broker had them ${[carried.p50Ms, carried.p95Ms, carried.p99Ms].map(ms => ms.toFixed(1)).join(' / ')} ms`,
    ],
  }
}

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
