// A studio on many processes: three APIs and two workers share one PostgreSQL and one RabbitMQ, and a rush comes over all of them.
import { expect, test } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { verifySnapshot } from '../../src/verify.ts'
import { aCrowd, type Signed } from '../crowd.ts'
import { aDatabase } from '../database.ts'
import { aProcess, ask, metricsOf, type Process } from '../fleet.ts'
import { aRabbit } from '../rabbit.ts'
import { aSession } from '../world.ts'

const spots = 12
const cancelled = 6
const waitingCount = 10
const rabbit = await aRabbit()
const { db, url } = await aDatabase({ startsAt: systemClock.now() })
const crowd = await aCrowd(db, 500)
const engines = { AMQP_URL: rabbit.url }
// Somebody who sleeps is offered a spot, too, but has all night for it.
await db.sql`insert into settings (effective_from, "values", created_at) values (now(), '{"quietHoursStart":"03:00","quietHoursEnd":"03:00"}', now())`

interface Offer {
  userId: string
  status: string
  /** From the cancellation that freed its spot, both by the database's clock: the n-th offer needs n free spots. */
  lateMs: number
}

const offersIn = (sessionId: string) => db.sql<Offer[]>`
  with freed as (
    select cancelled_at, row_number() over (order by cancelled_at) as n from bookings where session_id = ${sessionId} and cancelled_at is not null),
  offered as (
    select user_id, status, created_at, row_number() over (order by created_at, id) as n from spot_holds
    where session_id = ${sessionId} and kind = 'offer')
  select o.user_id, o.status, (extract(epoch from o.created_at - f.cancelled_at) * 1000)::float8 as late_ms
  from offered o left join freed f using (n) order by o.n`

test('three APIs and two workers: exactly twelve get in, six who cancel make room for the next six in line, and what they leave goes on', async () => {
  const [apis, workers] = await Promise.all([
    Promise.all(Array.from({ length: 3 }, () => aProcess('api', url, engines))),
    Promise.all(Array.from({ length: 2 }, () => aProcess('worker', url, engines))),
  ])
  const anApi = (at: number) => apis[at % apis.length] as Process
  const { id: sessionId } = await aSession(db, { capacity: spots })

  const told = await Promise.all(crowd.map((who, at) => ask(anApi(at), who, `POST /sessions/${sessionId}/hold`)))
  const won = told.flatMap(({ status, body }, at) => (status === 201 ? [{ who: crowd[at] as Signed, hold: body.id }] : []))
  expect(won).toHaveLength(spots)
  expect([...new Set(told.filter(one => one.status !== 201).map(one => `${one.status} ${one.code}`))]).toEqual(['409 session-held'])
  // A hold that one process gave is confirmed by another.
  const bookings = await Promise.all(won.map(async ({ who, hold }, at) => {
    const confirmed = await ask(anApi(at + 1), who, `POST /holds/${hold}/confirm`, { body: { method: 'credits' } })
    return { who, id: (confirmed.body as unknown as { booking: { id: string } }).booking.id }
  }))

  const waiting = crowd.filter(who => !won.some(one => one.who === who)).slice(0, waitingCount)
  for (const [at, who] of waiting.entries()) expect((await ask(anApi(at), who, `POST /waitlist/${sessionId}/join`)).status).toBe(201)
  const cancels = await Promise.all(bookings.slice(0, cancelled).map(({ who, id }, at) => ask(anApi(at), who, `POST /bookings/${id}/cancel`, { body: {} })))
  expect(cancels.map(one => one.status)).toEqual(cancels.map(() => 200))
  await expect.poll(() => offersIn(sessionId), { timeout: 20_000, interval: 20 }).toHaveLength(cancelled)
  const offers = await offersIn(sessionId)
  expect(offers.map(one => one.userId), 'in the order of the line').toEqual(waiting.slice(0, cancelled).map(who => who.id))
  expect(Math.max(...offers.map(one => one.lateMs)), 'from each cancellation to the offer of its spot, in milliseconds').toBeLessThan(1000)

  await db.sql`update spot_holds set expires_at = clock_timestamp() where session_id = ${sessionId} and user_id = any(${waiting.slice(0, 2).map(who => who.id)}::uuid[])`
  await expect.poll(async () => (await offersIn(sessionId)).filter(one => one.status === 'active').map(one => one.userId), { timeout: 20_000, interval: 50 })
    .toEqual(waiting.slice(2, cancelled + 2).map(who => who.id))
  const carried = async () => Promise.all(workers.map(worker => metricsOf(worker).then(seen => [seen.get('fitflow_broker_connected'), seen.get('fitflow_outbox_pending'), seen.get('fitflow_broker_queue_messages{consumer="waitlist-manager"}')])))
  await expect.poll(carried, { timeout: 20_000 }).toEqual([[1, 0, 0], [1, 0, 0]])
  expect(await verifySnapshot(db.sql)).toEqual([])
})
