// What must hold after each fault: service back, nothing acknowledged lost or doubled, events in time again, every invariant.
import { systemClock } from '../../server/src/platform/clock.ts'
import type { Database } from '../../server/src/platform/db.ts'
import { verifySnapshot } from '../../server/src/verify.ts'
import type { Member as Person } from '../fixture.ts'
import type { Count, Mailed } from './mail.ts'
import { ask, sleep, type Rush } from './rush.ts'

const nowMs = () => systemClock.monotonicMs()

export interface Verdict {
  backMs: number
  lagMs: number
  /** How long after the fault events were in time again. */
  inTimeMs: number
  booked: number
  mailed: Mailed
  wrong: string[]
}

export interface Ground {
  db: Database
  rush: Rush
  apis: readonly string[]
  countMails: Count
  /** Somebody new for each look, and a class that never fills. */
  prober(): { person: Person; sessionId: string }
}

/** What a fault may leave behind. */
export interface Bounds {
  /** Each may have handed one message over that it could not note any more. */
  killsWorkers?: number
  /** How long events may be late afterwards: a minute unless told. */
  mendsMsMax?: number
}

const backMsMax = 10_000
const lagMsMax = 1000
const drainMsMax = 60_000
// Waitlist manager, policy enforcer and analytics hear of a cancellation, whoever else does.
const listenersLeast = 3

/** Looks after a fault that ended just now. */
export async function judge(ground: Ground, { killsWorkers = 0, mendsMsMax = drainMsMax }: Bounds): Promise<Verdict> {
  const wrong: string[] = []
  const startedMs = nowMs()
  const backMs = await untilEachBooks(ground)
  if (backMs > backMsMax) wrong.push(`service was back only after ${Math.round(backMs)} ms`)
  const lagMs = await lagAgain(ground, mendsMsMax)
  const inTimeMs = nowMs() - startedMs
  if (lagMs > lagMsMax) wrong.push(`an event still takes ${Math.round(lagMs)} ms to every consumer after ${mendsMsMax / 1000} s`)
  const { rush, db } = ground
  const told = [...rush.booked]
  wrong.push(...(await missing(db, told)), ...(await doubled(db)), ...(await verifySnapshot(db.sql)))
  for (const [answer, count] of rush.wrong) wrong.push(`${count} × ${answer}`)
  rush.wrong.clear()
  if (rush.counts.gaveUp > 0) wrong.push(`${rush.counts.gaveUp} gave up`)
  rush.counts.gaveUp = 0
  await rush.pause()
  const mailed = await ground.countMails(db, killsWorkers)
  rush.goOn()
  wrong.push(...mailed.wrong)
  return { backMs, lagMs, inTimeMs, booked: told.length, mailed, wrong }
}

/** How long until each API process has given somebody a spot. */
async function untilEachBooks({ apis, prober }: Ground): Promise<number> {
  const startedMs = nowMs()
  await Promise.all(apis.map(async url => {
    while (nowMs() - startedMs < drainMsMax) {
      const { person, sessionId } = prober()
      if ((await ask(url, person, `/sessions/${sessionId}/hold`))?.status === 201) return
      await sleep(100)
    }
  }))
  return nowMs() - startedMs
}

/** How long an event takes from its commit to the last consumer, once that is in time again; else what the last one took. */
async function lagAgain(ground: Ground, mendsMsMax: number): Promise<number> {
  let lagMs = Number.POSITIVE_INFINITY
  for (const endsAt = nowMs() + mendsMsMax; nowMs() < endsAt && lagMs > lagMsMax; ) lagMs = await lagOfOne(ground)
  return lagMs
}

async function lagOfOne({ db, apis, prober }: Ground): Promise<number> {
  const { person, sessionId } = prober()
  const url = apis[0] as string
  const hold = await ask(url, person, `/sessions/${sessionId}/hold`)
  if (hold?.status !== 201) return Number.POSITIVE_INFINITY
  const confirmed = await ask(url, person, `/holds/${hold.id}/confirm`, { body: { method: 'membership' } })
  if (confirmed?.status !== 201) return Number.POSITIVE_INFINITY
  const startedMs = nowMs()
  const cancelled = await ask(url, person, `/bookings/${confirmed.id}/cancel`, { body: {} })
  if (cancelled?.status !== 200) return Number.POSITIVE_INFINITY
  const [event] = await db.sql<{ id: number }[]>`
    select id from outbox where topic = 'booking.cancelled' and data->>'bookingId' = ${confirmed.id}`
  while (nowMs() - startedMs < drainMsMax) {
    const handled = await db.sql`select from inbox where event_id = ${String(event?.id ?? 0)}::bigint`
    if (handled.length >= listenersLeast) break
    await sleep(20)
  }
  return nowMs() - startedMs
}

async function missing({ sql }: Database, told: Rush['booked']): Promise<string[]> {
  const ids = told.map(one => one.bookingId)
  const [row] = await sql<{ count: number }[]>`select count(*)::int from bookings where id = any(${ids}::uuid[]) and status = 'confirmed'`
  return row?.count === ids.length ? [] : [`${ids.length - (row?.count ?? 0)} bookings that somebody was told of are not there`]
}

async function doubled({ sql }: Database): Promise<string[]> {
  const rows = await sql<{ what: string }[]>`
    select format('%s has %s bookings of %s', user_id, count(*), session_id) as what from bookings group by user_id, session_id having count(*) > 1
    union all
    select format('%s has %s live holds in %s', user_id, count(*), session_id) from spot_holds where status in ('active', 'confirming')
    group by user_id, session_id having count(*) > 1`
  return rows.map(row => row.what)
}
