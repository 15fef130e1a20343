// What happens becomes rows: who is told what, once for each reader and way, from what is true by then.
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { BookingId, SessionId } from '../platform/ids.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed } from '../../test/front-desk.ts'
import { aTelling } from '../../test/told.ts'
import { aLot, aMember, anAdmin, aSession, aTrainer, type Person } from '../../test/world.ts'
import { cancelForClient } from '../booking/cancel-for-client.ts'
import { editSession } from '../booking/edit-session.ts'
import type { SessionChange } from '@fitflow/contract/sessions.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const { settings } = desk.house
const told = aTelling(db, settings)
const admin = await anAdmin(db)
const morning = clock.now()
afterAll(() => settings.close())
beforeEach(() => clock.set(morning))

async function somebody(name?: string) {
  const member = await aMember(db, name)
  await aLot(db, member)
  return member
}

const edit = (session: { id: SessionId }, change: SessionChange) =>
  editSession(desk.house, session.id, { keyed: keyed(admin), context: admin.context, change, refuseStale: () => undefined })

const kindsOf = async (person: Person) => (await told.rowsOf(person)).map(row => row.kind)

test('who books is told once, by each way there is, however often the event comes', async () => {
  const both = aTelling(db, settings, ['email', 'push', 'sms'])
  const member = await somebody()
  const session = await aSession(db)
  const { booking } = await desk.book(member, session)
  await both.hear()
  await db.sql`truncate inbox`
  await db.sql`update outbox set handled_at = null`
  await both.hear()
  const rows = await both.rowsOf(member)
  expect(rows.map(row => [row.kind, row.channel, row.state])).toEqual([['booking-confirmed', 'email', 'waiting'], ['booking-confirmed', 'push', 'waiting']])
  expect(rows[0]!.facts).toMatchObject({ bookingId: booking.id, className: 'Morning Strength', startsAt: String(session.startsAt), creditsUsed: 100, freeUntil: String(session.startsAt.subtract({ hours: 24 })), qrToken: expect.any(String) })
})

test('who cancels reads what came back; who cancelled before anybody heard of the booking reads of the end only', async () => {
  const member = await somebody()
  const { booking } = await desk.book(member, await aSession(db, { startsAt: morning.add({ hours: 20 }) }))
  await desk.cancel(member, booking)
  await told.hear()
  const [row, ...others] = await told.rowsOf(member)
  expect(row).toMatchObject({ kind: 'booking-cancelled', facts: { creditsReturned: 50, creditsKept: 50, byStudio: false } })
  expect(others).toEqual([])
})

test('who wants no mails about their own bookings is still told when staff cancel one for them, by whichever policy', async () => {
  const session = await aSession(db, { startsAt: morning.add({ hours: 80 }) })
  for (const as of ['member', 'studio'] as const) {
    const member = await somebody()
    await db.sql`insert into message_preferences (user_id, language, choices, updated_at) values (${member.id}, 'en', ${db.sql.json({ bookings: { email: false } })}, ${clock.now()})`
    const { booking } = await desk.book(member, session)
    await cancelForClient(desk.house, booking.id as BookingId, { keyed: keyed(admin), context: admin.context, choice: { as, reason: 'You rang.' } })
    await told.hear()
    await told.send()
    expect((await told.rowsOf(member)).map(row => [row.kind, row.state]), as).toEqual([['booking-cancelled', 'sent']])
  }
})

test('a class called off is told to all who had something in it, each once, with what they had and the reason', async () => {
  const session = await aSession(db, { capacity: 2 })
  const [booked, held, waits] = [await somebody(), await somebody(), await somebody()]
  await desk.book(booked, session)
  await desk.hold(held, session)
  await desk.join(waits, session)
  await told.hear()
  await edit(session, { status: 'cancelled', reason: 'Mara is ill' })
  await told.hear()
  const [ofBooked, ofHeld, ofWaits] = [await told.rowsOf(booked), await told.rowsOf(held), await told.rowsOf(waits)]
  expect(ofBooked.map(row => row.kind)).toEqual(['booking-confirmed', 'session-cancelled'])
  expect(ofBooked[1]!.facts).toMatchObject({ had: 'booking', creditsReturned: 100, reason: 'Mara is ill' })
  expect(ofHeld).toMatchObject([{ kind: 'session-cancelled', facts: { had: 'hold' } }])
  expect(ofWaits).toMatchObject([{ kind: 'session-cancelled', facts: { had: 'waiting' } }])
})

test('a hold given back and a list that closes are nobody’s news', async () => {
  const session = await aSession(db, { capacity: 1 })
  const [gaveBack, waits] = [await somebody(), await somebody()]
  await desk.release(gaveBack, await desk.hold(gaveBack, session))
  await desk.book(await somebody(), session)
  await desk.join(waits, session)
  clock.set(session.startsAt.add({ hours: 2 }))
  await desk.closeLists()
  await told.hear()
  expect([await kindsOf(gaveBack), await kindsOf(waits)]).toEqual([[], []])
})

test('a class that moves is told with what it was; capacity alone is no news', async () => {
  const session = await aSession(db, { capacity: 1 })
  const [booked, waits] = [await somebody(), await somebody()]
  const { booking } = await desk.book(booked, session)
  await desk.join(waits, session)
  await told.hear()
  await edit(session, { startsAt: String(session.startsAt.add({ hours: 1 })) })
  await told.hear()
  const was = { startsAt: String(session.startsAt), endsAt: String(session.endsAt) }
  expect((await told.rowsOf(booked))[1]).toMatchObject({ kind: 'session-changed', facts: { had: 'booking', bookingId: booking.id, was, startsAt: String(session.startsAt.add({ hours: 1 })) } })
  expect(await told.rowsOf(waits)).toMatchObject([{ kind: 'session-changed', facts: { had: 'waiting', was } }])
  const other = await aSession(db)
  const member = await somebody()
  await desk.book(member, other)
  await told.hear()
  await edit(other, { capacity: 20 })
  await told.hear()
  expect(await kindsOf(member)).toEqual(['booking-confirmed'])
})

test('a class that moves and moves back before anybody is told is nobody’s news; moved twice it is told once, from what they knew', async () => {
  const session = await aSession(db)
  const member = await somebody()
  await desk.book(member, session)
  await told.hear()
  await told.send()
  const at = (hours: number) => String(session.startsAt.add({ hours }))
  await edit(session, { startsAt: at(1) })
  await edit(session, { startsAt: at(0) })
  await told.hear()
  expect(await kindsOf(member)).toEqual(['booking-confirmed'])
  await edit(session, { startsAt: at(1) })
  await told.hear()
  await edit(session, { startsAt: at(2) })
  await told.hear()
  await told.send()
  const rows = (await told.rowsOf(member)).slice(1)
  expect(rows.map(row => [row.state, row.skipped])).toEqual([['skipped', 'outdated'], ['sent', null]])
  expect(rows[1]!.facts).toMatchObject({ startsAt: at(2), was: { startsAt: at(0) } })
})

test('moved twice before anybody hears of it, a class is told once, from what was known of it', async () => {
  const session = await aSession(db)
  const member = await somebody()
  await desk.book(member, session)
  await told.hear()
  const at = (hours: number) => String(session.startsAt.add({ hours }))
  await edit(session, { startsAt: at(1) })
  await edit(session, { startsAt: at(2) })
  await told.hear()
  const changes = (await told.rowsOf(member)).filter(row => row.kind === 'session-changed' && row.state === 'waiting')
  expect(changes.map(row => row.facts)).toMatchObject([{ startsAt: at(2), was: { startsAt: at(0) } }])
})

test('a substitute is told by name', async () => {
  const [alex, jo] = [await aTrainer(db, 'Alex Trainer'), await aTrainer(db, 'Jo Park')]
  const session = await aSession(db, { trainerId: alex.id })
  const member = await somebody()
  await desk.book(member, session)
  await told.hear()
  await edit(session, { trainerId: jo.id })
  await told.hear()
  expect((await told.rowsOf(member))[1]).toMatchObject({ kind: 'session-changed', facts: { trainerName: 'Jo Park', was: { trainerName: 'Alex Trainer' } } })
})

test('a freed spot is offered in a message; taken in the mean time it is not sent', async () => {
  const session = await aSession(db, { capacity: 1 })
  const [first, second] = [await somebody(), await somebody()]
  const { booking } = await desk.book(first, session)
  await desk.join(second, session)
  await told.hear()
  await desk.cancel(first, booking)
  await told.hear()
  const [row] = await told.rowsOf(second)
  expect(row).toMatchObject({ kind: 'waitlist-offer', state: 'waiting', facts: { holdId: expect.any(String), expiresAt: expect.any(String), creditsNeeded: 100 } })
  await desk.confirm(second, { id: row!.facts['holdId'] as string })
  await told.hear()
  await told.send()
  expect((await told.rowsOf(second)).map(one => [one.kind, one.state])).toEqual([['waitlist-offer', 'skipped'], ['booking-confirmed', 'sent']])
})

test('who did not come hears of it after a while, with what it cost by then; corrected in time they hear nothing', async () => {
  const trainer = await aTrainer(db)
  const session = await aSession(db, { trainerId: trainer.id, startsAt: morning.add({ hours: 30 }) })
  const [absent, overlooked] = [await aMember(db), await aMember(db)]
  for (const member of [absent, overlooked]) await aLot(db, member, { credits: null })
  await desk.hold(absent, session).then(hold => desk.confirm(absent, hold, { method: 'membership' }))
  const { booking } = await desk.hold(overlooked, session).then(hold => desk.confirm(overlooked, hold, { method: 'membership' }))
  await told.hear()
  await told.send()
  clock.set(session.startsAt.add({ minutes: 11 }))
  await desk.markNoShows()
  await told.hear()
  await told.send()
  expect((await told.rowsOf(absent))[1]).toMatchObject({ kind: 'no-show', state: 'waiting', dueAt: clock.now().add({ minutes: 15 }) })
  await desk.mark(trainer, booking, 'present')
  clock.advance({ minutes: 15 })
  await told.hear()
  await told.send()
  expect((await told.rowsOf(absent))[1]).toMatchObject({ state: 'sent', facts: { penalty: { kind: 'strike', counting: 1, max: 3 } } })
  expect((await told.rowsOf(overlooked))[1]).toMatchObject({ kind: 'no-show', state: 'skipped', skipped: 'outdated' })
})

test('what happened more than a day ago mails nobody', async () => {
  const member = await somebody()
  await desk.book(member, await aSession(db, { startsAt: morning.add({ hours: 72 }) }))
  clock.advance({ hours: 24 })
  await told.hear()
  expect(await kindsOf(member)).toEqual([])
})

test('in the night what can wait is due in the morning, and an offer is due when the studio tells it', async () => {
  const night = Temporal.Instant.from('2027-01-11T23:00:00Z')
  clock.set(night)
  const member = await somebody()
  const session = await aSession(db, { startsAt: night.add({ hours: 80 }) })
  await desk.book(member, session)
  await told.hear()
  await edit(session, { startsAt: String(night.add({ hours: 81 })) })
  await told.hear()
  const [confirmed, changed] = await told.rowsOf(member)
  expect(confirmed!.dueAt).toEqual(night)
  expect(changed!.dueAt).toEqual(Temporal.Instant.from('2027-01-12T07:00:00Z'))
})
