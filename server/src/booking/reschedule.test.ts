// Guarantees when sessions move with people in them: nobody is dropped silently, nobody is in two places, nobody pays for it.
import { beforeEach, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, aTemplate, aTrainer, type Person } from '../../test/world.ts'
import type { Sql } from '../platform/sql.ts'
import { transact } from '../platform/tx.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { rescheduleSessions } from './reschedule.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
let admin: Person
beforeEach(async () => {
  admin = await anAdmin(db)
})

function move(sessions: ClassSession[], by: Temporal.DurationLike, timeOverridden?: boolean) {
  const ids = sessions.map(session => session.id)
  return transact(db, admin.context, { sessions: ids, lock: (sql: Sql) => ({ rows: lockSessions(sql, ids) }) }, (tx, { rows }) =>
    rescheduleSessions(
      tx,
      desk.house,
      rows.map(session => ({
        ...{ session, startsAt: session.startsAt.add(by), endsAt: session.endsAt.add(by) },
        ...(timeOverridden === undefined ? {} : { timeOverridden }),
      })),
    ),
  )
}

async function aPayer(): Promise<Person> {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

const bookingOf = async ({ id }: { id: string }) =>
  (await db.sql`select status, cancel_kind, starts_at, free_cancel_until from bookings where id = ${id}`)[0]
const holdOf = async ({ id }: { id: string }) =>
  (await db.sql`select status, starts_at, expires_at from spot_holds where id = ${id}`)[0]

describe('a session that moves', () => {
  test('takes its bookings and holds along, and who booked may leave free until the new start', async () => {
    const [booker, holder, session] = [await aPayer(), await aPayer(), await aSession(db)]
    const { booking } = await desk.book(booker, session)
    const hold = await desk.hold(holder, session)
    const [moved] = await move([session], { hours: 3 })
    const startsAt = session.startsAt.add({ hours: 3 })
    expect(moved).toMatchObject({ startsAt, taken: 2 })
    expect(await bookingOf(booking)).toEqual({ status: 'confirmed', cancelKind: null, startsAt, freeCancelUntil: startsAt })
    expect(await holdOf(hold)).toMatchObject({ status: 'active', startsAt })
    expect((await desk.confirm(holder, hold)).booking.status).toBe('confirmed')
  })

  test('to where it is already is no move', async () => {
    const session = await aSession(db)
    expect(await move([session], { hours: 0 })).toEqual([])
    expect(await db.sql`select from outbox where data ->> 'sessionId' = ${session.id}`).toEqual([])
  })

  test('lets go whom it would put into two classes at once, with everything back; a class that only touches is none', async () => {
    const [session, other] = [await aSession(db), await aSession(db, { startsAt: clock.now().add({ hours: 50 }) })]
    const [both, touching] = [await aPayer(), await aPayer()]
    const next = await aSession(db, { startsAt: clock.now().add({ hours: 51 }) })
    const { booking } = await desk.book(both, session)
    await desk.book(both, other)
    const kept = await desk.book(touching, session)
    await desk.book(touching, next)
    const [moved] = await move([session], { hours: 2 })
    expect(moved).toMatchObject({ taken: 1 })
    expect(await bookingOf(booking)).toMatchObject({ status: 'cancelled', cancelKind: 'studio' })
    expect(await bookingOf(kept.booking)).toMatchObject({ status: 'confirmed' })
    const [lot] = await db.sql`select credits_balance from memberships where user_id = ${both.id}`
    expect(lot).toEqual({ creditsBalance: 900 })
    const [receipt] = await db.sql`select sentence from decision_receipts where booking_id = ${booking.id} and rule = 'cancel-studio'`
    expect(receipt?.sentence).toMatch(/^The studio moved Morning Strength to a time at which another class is booked and cancelled the booking, so the whole credit was returned/)
    const told = await db.sql`select topic from outbox where data ->> 'bookingId' = ${booking.id} and topic = 'booking.cancelled'`
    expect(told).toHaveLength(1)
  })

  test('ends the hold of whom it would put into two classes, and puts an offer’s entry back where it was', async () => {
    const [session, other] = [await aSession(db, { capacity: 1 }), await aSession(db, { startsAt: clock.now().add({ hours: 50 }) })]
    const [first, waiting] = [await aPayer(), await aPayer()]
    const { booking } = await desk.book(first, session)
    await desk.join(waiting, session)
    await desk.cancel(first, booking)
    await desk.settle()
    await desk.book(waiting, other)
    const [moved] = await move([session], { hours: 2 })
    expect(moved).toMatchObject({ taken: 0, waiting: 0, waitlistLength: 1 })
    const [entry] = await db.sql`select state, passed_over_reason, hold_id from waitlist_entries where session_id = ${session.id}`
    expect(entry).toEqual({ state: 'waiting', passedOverReason: 'overlapping-booking', holdId: null })
  })

  test('ends no hold later than booking closes then: booking that closed meanwhile is not confirmed', async () => {
    const [holder, session] = [await aPayer(), await aSession(db)]
    const hold = await desk.hold(holder, session)
    await move([session], { minutes: 2 - 48 * 60 })
    expect(await holdOf(hold)).toMatchObject({ expiresAt: clock.now().add({ minutes: 2 }) })
    clock.advance({ minutes: 2 })
    await refusal('hold-expired', desk.confirm(holder, hold))
  })

  test('may be its own from then on, or its series’ as before', async () => {
    const session = await aSession(db)
    const own = async () => (await db.sql`select time_overridden from class_sessions where id = ${session.id}`)[0]
    await move([session], { hours: 1 })
    expect(await own()).toEqual({ timeOverridden: false })
    const [again] = await db.sql<ClassSession[]>`select id from class_sessions where id = ${session.id}`
    await move([again as ClassSession], { hours: 1 }, true)
    expect(await own()).toEqual({ timeOverridden: true })
  })
})

describe('sessions of one trainer', () => {
  async function inARow(trainer: Person) {
    const template = await aTemplate(db, { trainerId: trainer.id })
    return Promise.all([48, 49, 50].map(hours => aSession(db, { templateId: template.id, startsAt: clock.now().add({ hours }) })))
  }

  test('move into each other’s old places together', async () => {
    const sessions = await inARow(await aTrainer(db))
    const moved = await move(sessions, { hours: 1 })
    expect(moved.map(session => session.status)).toEqual(['published', 'published', 'published'])
    expect((await move(moved, { hours: -1 })).length).toBe(3)
  })

  test('are refused with every clash when some are in the way, and then none moves', async () => {
    const trainer = await aTrainer(db)
    const sessions = await inARow(trainer)
    const ways = await Promise.all([72, 74].map(hours => aSession(db, { trainerId: trainer.id, startsAt: clock.now().add({ hours, minutes: 30 }) })))
    const no = await refusal('trainer-busy', move(sessions, { hours: 24 }))
    const pairs = (no.facts.clashes as { sessionId: string; otherSessionId: string }[]).map(one => [one.sessionId, one.otherSessionId])
    expect(pairs).toEqual([
      [sessions[0]?.id, ways[0]?.id],
      [sessions[1]?.id, ways[0]?.id],
      [sessions[2]?.id, ways[1]?.id],
    ])
    const [row] = await db.sql`select count(*)::int as n from class_sessions where id = any(${sessions.map(one => one.id)}) and starts_at > ${clock.now().add({ hours: 60 })}`
    expect(row).toEqual({ n: 0 })
  })

  test('two that one member booked and that would then overlap: the one booked later is let go', async () => {
    const [one, other] = [await aSession(db), await aSession(db, { startsAt: clock.now().add({ hours: 52 }) })]
    const member = await aPayer()
    const first = await desk.book(member, other)
    clock.advance({ seconds: 1 })
    const second = await desk.book(member, one)
    await transact(db, admin.context, { sessions: [one.id, other.id], lock: (sql: Sql) => ({ rows: lockSessions(sql, [one.id, other.id]) }) }, (tx, { rows }) => {
      const startsAt = clock.now().add({ hours: 80 })
      return rescheduleSessions(tx, desk.house, rows.map(session => ({ session, startsAt, endsAt: startsAt.add({ hours: 1 }) })))
    })
    expect(await bookingOf(first.booking)).toMatchObject({ status: 'confirmed' })
    expect(await bookingOf(second.booking)).toMatchObject({ status: 'cancelled', cancelKind: 'studio' })
  })
})

test('a session that has started, or is over, does not move', async () => {
  const startsAt = clock.now().subtract({ minutes: 5 })
  const running = await aSession(db, { startsAt, status: 'in_progress' })
  await refusal('session-state', move([running], { hours: 24 }))
  const late = await aSession(db, { startsAt, status: 'published' })
  await refusal('session-state', move([late], { hours: 24 }))
  await refusal('session-state', move([await aSession(db)], { hours: -48 }))
})
