// A past that is recorded: the rows are those that living it would have left, and what could not have happened is refused.
import { beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aLot, aMember, aSession, system, type Person } from '../../test/world.ts'
import type { HandClock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { transact } from '../platform/tx.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import { recordHistory } from './record-history.ts'
import type { Happening } from './replay-history.ts'

const { db: lived, clock } = await aDatabase()
const { db: told, clock: later } = await aDatabase()
const start = clock.now()
beforeEach(() => later.set(start))

/** Ana and Ben have half a credit that soon runs out and a pack of ten, Cleo unlimited access, Dora nothing; the class of two begins in 30 hours. */
async function aStudio(db: Database) {
  const [ana, ben, cleo, dora] = [await aMember(db, 'Ana'), await aMember(db, 'Ben'), await aMember(db, 'Cleo'), await aMember(db, 'Dora')]
  for (const who of [ana, ben]) {
    await aLot(db, who, { credits: 50, name: 'the rest', validUntil: start.add({ hours: 40 }) })
    await aLot(db, who)
  }
  await aLot(db, cleo, { credits: null })
  const session = await aSession(db, { capacity: 2, startsAt: start.add({ hours: 30 }) })
  return { ana, ben, cleo, dora, session }
}

const at = (minutes: number, seconds = 0) => start.add({ minutes, seconds })
const record = (db: Database, happenings: Happening[]) => transact(db, system, {}, tx => recordHistory(tx, happenings))

/** What each did in the session, told as `[who, did, minutes, seconds]`. */
const tell = ({ id: sessionId }: ClassSession, ...acts: [Person, Happening['did'], number, number?][]): Happening[] =>
  acts.map(([{ id: userId }, did, minutes, seconds = 0]) => ({ at: at(minutes, seconds), did, userId, sessionId }))

/** Everything booking and credits keep of it, without ids. */
async function portrait({ sql }: Database): Promise<object> {
  const name = sql`(select display_name from users u where u.id = x.user_id)`
  return {
    sessions: await sql`select taken, waiting, waitlist_length from class_sessions order by id`,
    holds: await sql`select ${name} as name, kind, status, created_at, expires_at, ended_at, settings_version from spot_holds x order by created_at, id`,
    bookings: await sql`
      select ${name} as name, status, cancel_kind, method, membership_id is null as pays_by_lot, credits_used, created_at, cancelled_at, starts_at, ends_at
      from bookings x order by created_at, id`,
    queue: await sql`select ${name} as name, state, rank, hold_id is null as unoffered, created_at, ended_at from waitlist_entries x order by rank, id`,
    lots: await sql`
      select ${name} as name, x.name as lot, plan_type, credits_granted, credits_balance, valid_from, valid_until, origin_id is null as own
      from memberships x order by 1, x.created_at, x.id`,
    ledger: await sql`
      select ${name} as name, x.type, x.amount, x.balance_after, x.created_at, r.rule, r.rule_version, r.sentence, r.facts - 'membershipId' as facts, r.decided_at,
        r.actor_id = x.user_id as own, jsonb_array_length(r.lines) as lines
      from credit_transactions x join decision_receipts r on r.id = x.receipt_id order by x.created_at, x.id`,
    receipts: await sql`select ${name} as name, rule, sentence, decided_at from decision_receipts x order by decided_at, id`,
  }
}

/** The same by the desk, with the clock moved by hand: forty seconds from the hold to its confirmation. */
async function live(db: Database, hand: HandClock) {
  const { ana, ben, cleo, session } = await aStudio(db)
  const desk = await aFrontDesk(db)
  const book = async (who: Person, instant: Temporal.Instant, method: 'credits' | 'membership' = 'credits') => {
    hand.set(instant.subtract({ seconds: 40 }))
    const hold = await desk.hold(who, session)
    hand.set(instant)
    return (await desk.confirm(who, hold, { method })).booking
  }
  const anas = await book(ana, at(10))
  const bens = await book(ben, at(20))
  hand.set(at(30))
  await desk.join(cleo, session)
  hand.set(at(60))
  await desk.cancel(ana, anas)
  await desk.settle()
  await book(cleo, at(60, 40), 'membership')
  hand.set(at(900))
  await desk.cancel(ben, bens)
  await desk.settle()
  await book(ana, at(1000))
}

test('what is recorded is what living it would have left, row for row', async () => {
  await live(lived, clock)
  const { ana, ben, cleo, session } = await aStudio(told)
  later.set(clock.now())
  const happenings = tell(
    session,
    [ana, 'book', 10],
    [ben, 'book', 20],
    [cleo, 'wait', 30],
    [ana, 'cancel', 60],
    [cleo, 'book', 60, 40],
    [ben, 'cancel', 900],
    [ana, 'book', 1000],
  )
  await record(told, happenings)
  expect(await portrait(told)).toEqual(await portrait(lived))
})

test('nothing is announced, and each booking is audited as recorded', async () => {
  const rows = await told.sql`select action, count(*)::int from audit_log where entity_type = 'booking' group by action`
  expect([...rows]).toEqual([{ action: 'recorded', count: 4 }])
  expect(await told.sql`select topic from outbox`).toEqual([])
})

test('once a class is over, who came and who did not is known, and its queue is closed', async () => {
  const { ana, ben, cleo, session } = await aStudio(told)
  later.set(session.endsAt)
  const overMinutes = 31 * 60
  await record(told, tell(session, [ana, 'book', 10], [ben, 'book', 20], [cleo, 'wait', 30], [ana, 'attend', overMinutes], [ben, 'miss', overMinutes]))
  const rows = await told.sql`select status from bookings where session_id = ${session.id} order by created_at`
  expect(rows.map(row => row['status'])).toEqual(['attended', 'no_show'])
  const [entry] = await told.sql`select state, ended_at from waitlist_entries where session_id = ${session.id}`
  expect(entry).toEqual({ state: 'closed', endedAt: session.startsAt })
})

type Acts = Parameters<typeof tell> extends [ClassSession, ...infer A] ? A : never

test.each<[string, string, (of: Record<'ana' | 'ben' | 'cleo' | 'dora', Person>) => Acts]>([
  ['a third in a class of two', 'no spot is free', ({ ana, ben, cleo }) => [[ana, 'book', 10], [ben, 'book', 20], [cleo, 'book', 30]]],
  ['somebody who could not pay', 'This class costs 1 credit', ({ dora }) => [[dora, 'book', 10]]],
  ['somebody twice', 'already have a spot', ({ ana }) => [[ana, 'book', 10], [ana, 'book', 20]]],
  ['a booking after the start', 'closed at', ({ ana }) => [[ana, 'book', 30 * 60 + 1]]],
  ['a queue beside a free spot', 'could have a spot', ({ ana, ben }) => [[ana, 'book', 10], [ben, 'wait', 20]]],
  ['an offer where no spot is free', 'no spot is free', ({ ana, ben, cleo }) => [[ana, 'book', 10], [ben, 'book', 20], [cleo, 'wait', 30], [cleo, 'book', 40]]],
  ['a cancellation without a booking', 'no booking there', ({ ana }) => [[ana, 'cancel', 10]]],
  ['a cancellation after the start', 'has started', ({ ana }) => [[ana, 'book', 10], [ana, 'cancel', 30 * 60]]],
])('%s is no history: it is refused, and nothing of it is written', async (_, why, acts) => {
  const { session, ...people } = await aStudio(told)
  later.set(session.endsAt)
  await expect(record(told, tell(session, ...acts(people)))).rejects.toThrow(why)
  expect(await told.sql`select id from spot_holds where session_id = ${session.id}`).toEqual([])
})

test('a class that has its people already takes no history', async () => {
  const { ana, ben, session } = await aStudio(told)
  await record(told, tell(session, [ana, 'book', 10]))
  await expect(record(told, tell(session, [ben, 'book', 20]))).rejects.toThrow('has its people already')
})
