// The door: who came and who did not, marked by hand or by the grace running out, and taken back.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, aTrainer, type Person } from '../../test/world.ts'
import { editSession } from '../booking/edit-session.ts'
import { takenBy } from '../booking/roster.ts'
import type { BookingId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import { staffSession } from '../schedule/staff-sessions.ts'
import { readRoster } from './attendance-roster.ts'
import { markAttendance } from './mark-attendance.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const admin = await anAdmin(db, 'Ada Admin')

async function aPayer(name = 'Mia Member'): Promise<Person> {
  const member = await aMember(db, name)
  await aLot(db, member)
  return member
}

/** A class an hour from now with these people in it; the clock then stands at its start. */
async function aClassOf(people: readonly Person[], capacity = people.length) {
  // Nobody of an earlier class is left to be marked.
  clock.advance({ hours: 1 })
  await desk.markNoShows()
  const session = await aSession(db, { startsAt: clock.now().add({ hours: 1 }), capacity })
  const bookings = []
  for (const who of people) bookings.push((await desk.book(who, session)).booking)
  clock.set(session.startsAt)
  return { session, bookings }
}

const statusOf = async ({ id }: { id: string }) => (await db.sql`select status from bookings where id = ${id}`)[0]!['status'] as string
const takenIn = async ({ id }: ClassSession) => (await db.sql`select taken, capacity from class_sessions where id = ${id}`)[0]
const roster = ({ id }: ClassSession) =>
  readOnly(db, admin.context, async tx => readRoster(tx, await staffSession(tx, id), desk.house.settings.current()))
const topicsOf = async ({ id }: { id: string }) =>
  (await db.sql`select topic from outbox where data ->> 'bookingId' = ${id} order by outbox.id`).map(row => row['topic'] as string)

test('whoever is marked present has attended, and the roster says when and who says so', async () => {
  const mia = await aPayer()
  const { session, bookings: [booking] } = await aClassOf([mia])
  const { checkin, booking: marked } = await desk.mark(admin, booking!, 'present')
  expect(checkin).toMatchObject({ bookingId: booking!.id, method: 'manual', checkedInAt: String(session.startsAt), late: false })
  expect(marked.status).toBe('attended')
  const { entries, checkinOpensAt, graceEndsAt } = await roster(session)
  expect(entries).toMatchObject([{ status: 'attended', checkin: { checkedInAt: String(session.startsAt), late: false, by: 'Ada Admin' } }])
  expect(checkinOpensAt).toBe(String(session.startsAt.subtract({ minutes: 30 })))
  expect(graceEndsAt).toBe(String(session.startsAt.add({ minutes: 10 })))
  expect(await topicsOf(booking!)).toContain('checkin.recorded')
})

test('whoever comes after the start is late, and past the grace staff still let them in', async () => {
  const { bookings: [booking] } = await aClassOf([await aPayer()])
  clock.advance({ minutes: 14 })
  await desk.markNoShows()
  expect((await desk.mark(admin, booking!, 'present')).checkin?.late).toBe(true)
  expect(await statusOf(booking!)).toBe('attended')
})

test('who is in already is told of when and by whom, and comes in once', async () => {
  const { session, bookings: [booking] } = await aClassOf([await aPayer()])
  await desk.mark(admin, booking!, 'present')
  clock.advance({ minutes: 2 })
  const no = await refusal('already-checked-in', desk.mark(await anAdmin(db), booking!, 'present'))
  expect(no.facts).toMatchObject({ checkedInAt: String(session.startsAt), by: 'Ada Admin' })
  expect(await db.sql`select from checkins where booking_id = ${booking!.id}`).toHaveLength(1)
})

test('nobody checks themselves in, staff with a booking included', async () => {
  const boss = await anAdmin(db)
  await aLot(db, boss)
  const { bookings: [booking] } = await aClassOf([boss])
  await refusal('forbidden', desk.mark(boss, booking!, 'present'))
  await desk.mark(admin, booking!, 'present')
})

test('a trainer marks in their own classes; another’s booking is not found', async () => {
  const { bookings: [booking] } = await aClassOf([await aPayer()])
  await refusal('not-found', desk.mark(await aTrainer(db), booking!, 'present'))
  const [row] = await db.sql`select trainer_id from class_sessions s join bookings b on b.session_id = s.id where b.id = ${booking!.id}`
  const own = { ...(await aTrainer(db)), id: row!['trainerId'] as Person['id'] }
  await desk.mark({ ...own, context: { ...own.context, actor: { ...own.context.actor, userId: own.id } } }, booking!, 'present')
})

test('a mark that was a slip is undone, and the check-in does not hold any more', async () => {
  const { session, bookings: [booking] } = await aClassOf([await aPayer()])
  for (const slip of ['present', 'absent'] as const) {
    await desk.mark(admin, booking!, slip)
    await desk.mark(admin, booking!, 'undo')
    expect(await statusOf(booking!)).toBe('confirmed')
    expect((await roster(session)).entries).toMatchObject([{ checkin: null }])
  }
  expect(await db.sql`select from checkins where booking_id = ${booking!.id} and undone_at is null`).toHaveLength(0)
})

test('no job marks anybody before the grace has passed; from that instant whoever is not in is a no-show, marked once', async () => {
  const { session, bookings: [came, missed] } = await aClassOf([await aPayer('Anna'), await aPayer('Ben')])
  await desk.mark(admin, came!, 'present')
  clock.set(session.startsAt.add({ minutes: 10 }).subtract({ milliseconds: 1 }))
  expect(await desk.markNoShows()).toBe(0)
  clock.advance({ milliseconds: 1 })
  expect(await desk.markNoShows()).toBe(1)
  expect(await desk.markNoShows()).toBe(0)
  expect([await statusOf(came!), await statusOf(missed!)]).toEqual(['attended', 'no_show'])
  expect((await topicsOf(missed!)).filter(topic => topic === 'booking.noshow')).toHaveLength(1)
})

test('nobody is a no-show of a class that began before check-in came into the house', async () => {
  const { bookings: [booking] } = await aClassOf([await aPayer()])
  clock.advance({ hours: 2 })
  await db.sql`update schema_migrations set applied_at = ${clock.now()} where number = 9`
  expect(await desk.markNoShows()).toBe(0)
  await db.sql`update schema_migrations set applied_at = ${clock.now().subtract({ hours: 24 })} where number = 9`
  expect(await desk.markNoShows()).toBe(1)
  expect(await statusOf(booking!)).toBe('no_show')
})

test('a no-show’s spot goes once to whoever waits, and nobody gets it when late joining is over', async () => {
  const [anna, ben, cleo, dora] = await Promise.all(['Anna', 'Ben', 'Cleo', 'Dora'].map(aPayer)) as [Person, Person, Person, Person]
  const session = await aSession(db, { startsAt: clock.now().add({ hours: 1 }), capacity: 2 })
  const first = await desk.book(anna, session)
  await desk.book(ben, session)
  for (const who of [cleo, dora]) await desk.join(who, session)
  clock.set(session.startsAt)
  await desk.mark(admin, first.booking, 'absent')
  await desk.settle()
  await desk.settle()
  const offers = await db.sql`select user_id, expires_at from spot_holds where session_id = ${session.id} and kind = 'offer' and status = 'active'`
  expect(offers.map(row => row['userId'])).toEqual([cleo.id])
  expect(await takenIn(session)).toEqual({ taken: 2, capacity: 2 })
  clock.set(session.startsAt.add({ minutes: 20 }))
  await desk.markNoShows()
  await desk.sweep()
  await desk.settle()
  expect(await db.sql`select from spot_holds where session_id = ${session.id} and status = 'active'`).toHaveLength(0)
  await desk.closeLists()
})

/** Ada is absent, Cleo has got her spot. */
async function givenAway() {
  const [ada, cleo] = [await aPayer('Ada'), await aPayer('Cleo')]
  const session = await aSession(db, { startsAt: clock.now().add({ hours: 1 }), capacity: 1 })
  const { booking } = await desk.book(ada, session)
  await desk.join(cleo, session)
  clock.set(session.startsAt)
  await desk.mark(admin, booking, 'absent')
  await desk.settle()
  const [offer] = await db.sql<{ id: string }[]>`select id from spot_holds where session_id = ${session.id} and kind = 'offer'`
  return { ada, cleo, session, booking, offer: offer! }
}

test('a no-show who was there counts again; when the spot was given away the class has one more, and whoever got it keeps it', async () => {
  const { cleo, session, booking, offer } = await givenAway()
  await desk.confirm(cleo, offer)
  const marked = await desk.mark(admin, booking, 'present')
  expect(marked).toMatchObject({ capacity: 2, booking: { status: 'attended' } })
  expect(await takenIn(session)).toEqual({ taken: 2, capacity: 2 })
  expect(await topicsOf(booking)).toContain('booking.corrected')
})

test('whoever gets a no-show’s spot while the class runs has a grace of their own, and one spot counts as booked once', async () => {
  const { cleo, session, offer } = await givenAway()
  clock.set(session.startsAt.add({ minutes: 4 }))
  const { booking } = await desk.confirm(cleo, offer)
  expect((await takenBy(db.sql, [session.id])).get(session.id)).toMatchObject({ booked: 1 })
  clock.advance({ minutes: 9, seconds: 59 })
  await desk.markNoShows()
  expect(await statusOf(booking)).toBe('confirmed')
  clock.advance({ seconds: 1 })
  await desk.markNoShows()
  expect(await statusOf(booking)).toBe('no_show')
})

test('no room is made when the spot that was given away is free again', async () => {
  const { cleo, session, booking, offer } = await givenAway()
  await desk.release(cleo, offer)
  expect(await desk.mark(admin, booking, 'present')).toMatchObject({ capacity: 1 })
  expect(await takenIn(session)).toEqual({ taken: 1, capacity: 1 })
})

test('a spot given away, corrected and missed again is not taken twice, and the studio gives each back once', async () => {
  const { cleo, session, booking, offer } = await givenAway()
  await desk.confirm(cleo, offer)
  await desk.mark(admin, booking, 'present')
  await desk.mark(admin, booking, 'absent')
  expect(await takenIn(session)).toEqual({ taken: 1, capacity: 2 })
  await desk.mark(admin, booking, 'present')
  expect(await takenIn(session)).toEqual({ taken: 2, capacity: 2 })
  const edit = { keyed: keyed(admin), context: admin.context, change: { status: 'cancelled' }, refuseStale: () => {} } as const
  await editSession(desk.house, session.id, edit)
  expect(await takenIn(session)).toMatchObject({ taken: 0 })
})

test('nobody is in two places: a no-show who took another class meanwhile cannot have been in the first', async () => {
  const mia = await aPayer()
  const { session, bookings: [booking] } = await aClassOf([mia])
  await desk.mark(admin, booking!, 'absent')
  const other = await aSession(db, { startsAt: session.startsAt.add({ minutes: 30 }) })
  await desk.book(mia, other)
  const no = await refusal('overlapping-booking', desk.mark(admin, booking!, 'present'))
  expect(no.facts).toMatchObject({ sessionId: other.id })
})

test('a class that meets the other one’s end is no overlap', async () => {
  const mia = await aPayer()
  const { session, bookings: [booking] } = await aClassOf([mia])
  await desk.mark(admin, booking!, 'absent')
  await desk.book(mia, await aSession(db, { startsAt: session.endsAt }))
  await desk.mark(admin, booking!, 'present')
  expect(await statusOf(booking!)).toBe('attended')
})

test('nobody is expected of a cancelled booking', async () => {
  const mia = await aPayer()
  const { booking } = await desk.book(mia, await aSession(db))
  await desk.cancel(mia, booking)
  await refusal('booking-cancelled', desk.mark(admin, booking, 'present'))
})

test('a key sent twice marks once and answers the same', async () => {
  const { bookings: [booking] } = await aClassOf([await aPayer()])
  const command = { keyed: keyed(admin), context: admin.context, mark: 'present' } as const
  const first = await markAttendance(desk.house, booking!.id as BookingId, command)
  const second = await markAttendance(desk.house, booking!.id as BookingId, command)
  expect(second).toEqual({ ...first, replayed: true })
  expect(await db.sql`select from checkins where booking_id = ${booking!.id}`).toHaveLength(1)
})
