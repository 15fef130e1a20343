// What staff take back is told truly: a class that takes place after all, a booking they cancelled with a reason.
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { SessionChange } from '@fitflow/contract/sessions.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed } from '../../test/front-desk.ts'
import { aTelling } from '../../test/told.ts'
import { aLot, aMember, anAdmin, aSession, type Person } from '../../test/world.ts'
import { cancelForClient } from '../booking/cancel-for-client.ts'
import { editSession } from '../booking/edit-session.ts'
import type { BookingId, SessionId } from '../platform/ids.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const { settings } = desk.house
const told = aTelling(db, settings)
const admin = await anAdmin(db)
const morning = clock.now()
afterAll(() => settings.close())
beforeEach(() => clock.set(morning))

async function somebody() {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

const edit = (session: { id: SessionId }, change: SessionChange) =>
  editSession(desk.house, session.id, { keyed: keyed(admin), context: admin.context, change, refuseStale: () => undefined })

test('a class that takes place after all is told to whoever was told it does not, once each time; not to whom booked again or came later', async () => {
  const session = await aSession(db, { capacity: 3 })
  const [booked, held, waits, other] = [await somebody(), await somebody(), await somebody(), await somebody()]
  await desk.book(booked, session)
  await desk.hold(held, session)
  await desk.book(other, session)
  await desk.join(waits, session)
  await told.hear()
  await edit(session, { status: 'cancelled', reason: 'Mara is ill' })
  await told.hear()
  await told.send()
  await edit(session, { status: 'published' })
  // Back before anybody heard of it.
  await desk.book(other, session)
  await told.hear()
  await db.sql`truncate inbox`
  await db.sql`update outbox set handled_at = null`
  await told.hear()
  await told.send()
  const onAgain = async (person: Person) => (await told.rowsOf(person)).filter(row => row.kind === 'session-on-again')
  expect(await onAgain(booked)).toMatchObject([{ state: 'sent', facts: { had: 'booking', creditsReturned: 100, className: 'Morning Strength' } }])
  expect(await onAgain(held)).toMatchObject([{ state: 'sent', facts: { had: 'hold', creditsReturned: 0 } }])
  expect(await onAgain(waits)).toMatchObject([{ state: 'sent', facts: { had: 'waiting' } }])
  expect(await onAgain(other)).toEqual([])
  const mail = told.out.find(one => one.to.startsWith(booked.id) && one.subject.startsWith('It takes place after all'))
  expect(mail?.text).toContain(`Your booking stays cancelled. If you want to come, please book again.`)
  expect(mail?.url).toBe(`https://studio.example/class/${session.id}`)

  // Off and on once more: who had nothing there by then heard of neither.
  await edit(session, { status: 'cancelled' })
  await told.hear()
  await edit(session, { status: 'published' })
  await told.hear()
  expect([(await onAgain(booked)).length, (await onAgain(held)).length, (await onAgain(other)).length]).toEqual([1, 1, 1])
})

test('that a class takes place after all is not sent once it is off again, or to whom is booked again by then', async () => {
  const session = await aSession(db, { capacity: 3 })
  const [early, late] = [await somebody(), await somebody()]
  for (const one of [early, late]) await desk.book(one, session)
  await told.hear()
  await edit(session, { status: 'cancelled' })
  await told.hear()
  await told.send()
  await edit(session, { status: 'published' })
  await told.hear()
  await desk.book(early, session)
  await told.send()
  const states = async (person: Person) => (await told.rowsOf(person)).filter(row => row.kind === 'session-on-again').map(row => row.skipped ?? row.state)
  expect([await states(early), await states(late)]).toEqual([['outdated'], ['sent']])
})

test('staff who cancel one booking with a reason: its member reads it, whoever’s policy it was by', async () => {
  const session = await aSession(db, { startsAt: morning.add({ hours: 80 }) })
  const members = [await somebody(), await somebody()]
  for (const [at, member] of members.entries()) {
    const { booking } = await desk.book(member, session)
    await cancelForClient(desk.house, booking.id as BookingId, { keyed: keyed(admin), context: admin.context, choice: { as: at === 0 ? 'studio' : 'member', reason: 'You rang to say so.' } })
  }
  await told.hear()
  await told.send()
  const facts = await Promise.all(members.map(async member => (await told.rowsOf(member)).find(row => row.kind === 'booking-cancelled')?.facts))
  expect(facts).toMatchObject([{ byStudio: true, reason: 'You rang to say so.' }, { byStudio: false, reason: 'You rang to say so.' }])
  expect(told.out.filter(one => one.to.startsWith(members[0]!.id)).at(-1)?.text).toContain('The studio says: “You rang to say so.”')
})

test('a booking that its class moved onto another of theirs ends with no word that staff never typed', async () => {
  const member = await somebody()
  const [moved, other] = [await aSession(db, { startsAt: morning.add({ hours: 80 }) }), await aSession(db, { startsAt: morning.add({ hours: 90 }) })]
  for (const session of [moved, other]) await desk.book(member, session)
  await edit(moved, { startsAt: String(other.startsAt) })
  await told.hear()
  expect((await told.rowsOf(member)).find(row => row.kind === 'booking-cancelled')?.facts).toMatchObject({ byStudio: true, reason: null })
})

const changesTo = async (person: Person) => (await told.rowsOf(person)).filter(row => row.kind === 'session-changed' && row.state !== 'skipped')

/** Somebody who only waits, and so was told nothing of the class yet; and a way to move it, by hours from where it was. */
async function somebodyWaiting() {
  const session = await aSession(db, { capacity: 1 })
  const [booked, waits] = [await somebody(), await somebody()]
  await desk.book(booked, session)
  await desk.join(waits, session)
  await told.hear()
  const at = (hours: number) => String(session.startsAt.add({ hours }))
  return { booked, waits, at, move: (hours: number) => edit(session, { startsAt: at(hours) }) }
}

test('a class that moves again before the first move was sent is told from where it was, also to who was told nothing of it before', async () => {
  const { booked, waits, at, move } = await somebodyWaiting()
  for (const hours of [1, 2]) {
    await move(hours)
    await told.hear()
  }
  for (const one of [booked, waits]) expect(await changesTo(one)).toMatchObject([{ facts: { startsAt: at(2), was: { startsAt: at(0) } } }])
})

test.each([['heard of one by one', true], ['heard of together', false]])('moved and moved back, %s, it is nobody’s news', async (_, each) => {
  const { booked, waits, move } = await somebodyWaiting()
  for (const hours of [1, 0]) {
    await move(hours)
    if (each) await told.hear()
  }
  await told.hear()
  for (const one of [booked, waits]) expect(await changesTo(one)).toEqual([])
})

test.each([['arrived', { state: 'sent', skipped: null, sentAt: morning }, 1], ['was given up', { state: 'skipped', skipped: 'outdated', sentAt: null }, 0]] as const)(
  'a move overtaken while the message of the one before is being sent, which %s, is told from what was really known',
  async (_, became, known) => {
    const { booked, waits, at, move } = await somebodyWaiting()
    await told.send()
    await move(1)
    await told.hear()
    const beingSent = db.sql`kind = 'session-changed' and user_id = any(${[booked.id, waits.id]}::uuid[]) and facts->>'startsAt' = ${at(1)}`
    await db.sql`update messages set leased_until = ${clock.now().add({ minutes: 2 })} where ${beingSent}`
    await move(2)
    await told.hear()
    await db.sql`update messages set ${db.sql(became)} where ${beingSent}`
    await told.send()
    for (const one of [booked, waits]) expect((await changesTo(one)).at(-1)).toMatchObject({ state: 'sent', facts: { startsAt: at(2), was: { startsAt: at(known) } } })
  },
)

test('who held a spot or waited reads the reason for which the class was called off, too', async () => {
  const session = await aSession(db, { capacity: 1 })
  const [held, waits] = [await somebody(), await somebody()]
  await desk.hold(held, session)
  await desk.join(waits, session)
  await edit(session, { status: 'cancelled', reason: 'No power' })
  await told.hear()
  for (const one of [held, waits]) expect(await told.rowsOf(one)).toMatchObject([{ kind: 'session-cancelled', facts: { reason: 'No power' } }])
})
