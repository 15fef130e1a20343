// Reminders on the real database: once each, whoever writes them and however often the class moves.
import { afterAll, beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed } from '../../test/front-desk.ts'
import { anotherHandle } from '../../test/handles.ts'
import { aTelling } from '../../test/told.ts'
import { aLot, aMember, anAdmin, aSession, type Person } from '../../test/world.ts'
import { editSession } from '../booking/edit-session.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import { remind } from './remind.ts'
import type { Way } from './ways.ts'

const { db, clock, url } = await aDatabase()
const other = anotherHandle({ url, clock })
const desk = await aFrontDesk(db)
const { settings } = desk.house
const told = aTelling(db, settings)
const admin = await anAdmin(db)
const morning = clock.now()
afterAll(() => settings.close())

beforeEach(() => clock.set(morning))

const house = (through = db) => ({ ...told.house, db: through, ways: told.ways })

async function booked(session: ClassSession) {
  const member = await aMember(db)
  await aLot(db, member)
  return { member, ...(await desk.book(member, session)) }
}

const remindersOf = async (person: Person) => (await told.rowsOf(person)).filter(row => row.kind.startsWith('reminder'))
const kindsOf = async (person: Person) => (await remindersOf(person)).map(row => row.kind)

test('who is booked is reminded a day and an hour before, once each, and never after the start', async () => {
  const session = await aSession(db, { startsAt: morning.add({ hours: 50 }) })
  const { member } = await booked(session)
  const seen: string[][] = []
  for (const hours of [26, 25, 24, 23, 2, 1, 0.5, 0, -1]) {
    clock.set(session.startsAt.subtract({ minutes: hours * 60 }))
    await remind(house())
    seen.push(await kindsOf(member))
  }
  const [day, hour] = [['reminder-day'], ['reminder-day', 'reminder-hour']]
  expect(seen).toEqual([[], [], day, day, day, hour, hour, hour, hour])
})

test('two workers remind once', async () => {
  const session = await aSession(db, { startsAt: morning.add({ hours: 50 }) })
  const people = []
  for (let n = 0; n < 6; n++) people.push(await booked(session))
  clock.set(session.startsAt.subtract({ hours: 24 }))
  // Each has seen that nobody is reminded yet before any of them writes.
  const arrived = Promise.withResolvers<void>()
  let seen = 0
  const [way] = told.ways as [Way]
  const meeting: Way = { ...way, addressesOf: async (sql, ids) => (++seen === 3 && arrived.resolve(), await arrived.promise, way.addressesOf(sql, ids)) }
  const written = await Promise.all([db, other, other].map(through => remind({ ...house(through), ways: [meeting] })))
  expect(written.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(6)
  for (const { member } of people) expect(await kindsOf(member)).toEqual(['reminder-day'])
  expect(await db.sql`select reason from messages group by reason, user_id, channel having count(*) > 1`).toEqual([])
})

test('who books less than a day before is reminded only an hour before, and less than an hour before not at all', async () => {
  const session = await aSession(db, { startsAt: morning.add({ hours: 50 }) })
  clock.set(session.startsAt.subtract({ hours: 20 }))
  const late = await booked(session)
  await remind(house())
  expect(await kindsOf(late.member)).toEqual([])
  clock.set(session.startsAt.subtract({ minutes: 40 }))
  const latest = await booked(session)
  await remind(house())
  expect([await kindsOf(late.member), await kindsOf(latest.member)]).toEqual([['reminder-hour'], []])
})

test('a reminder that nobody wrote in time is written as soon as somebody can', async () => {
  const session = await aSession(db, { startsAt: morning.add({ hours: 50 }) })
  const { member } = await booked(session)
  clock.set(session.startsAt.subtract({ hours: 6 }))
  await remind(house())
  expect(await kindsOf(member)).toEqual(['reminder-day'])
})

test('a class that moves is reminded of again for its new time, once, and the old reminder is not sent any more', async () => {
  const session = await aSession(db, { startsAt: morning.add({ hours: 50 }) })
  const { member } = await booked(session)
  clock.set(session.startsAt.subtract({ hours: 24 }))
  await remind(house())
  const startsAt = session.startsAt.add({ hours: 72 })
  const command = { keyed: keyed(admin), context: admin.context, change: { startsAt: String(startsAt) }, refuseStale: () => undefined }
  await editSession(desk.house, session.id, command)
  await told.hear()
  await remind(house())
  await told.send()
  expect(await remindersOf(member)).toMatchObject([{ state: 'skipped', skipped: 'outdated' }])
  clock.set(startsAt.subtract({ hours: 24 }))
  await remind(house())
  await remind(house())
  await told.send()
  expect((await remindersOf(member)).map(row => [row.state, row.facts['startsAt']])).toEqual([['skipped', String(session.startsAt)], ['sent', String(startsAt)]])
})

test('who cancels, or whose class is called off, is not reminded', async () => {
  const session = await aSession(db, { startsAt: morning.add({ hours: 50 }) })
  const { member, booking } = await booked(session)
  const { member: other_ } = await booked(session)
  await desk.cancel(member, booking)
  clock.set(session.startsAt.subtract({ hours: 24 }))
  await remind(house())
  const command = { keyed: keyed(admin), context: admin.context, change: { status: 'cancelled' as const }, refuseStale: () => undefined }
  await editSession(desk.house, session.id, command)
  await told.send()
  expect(await kindsOf(member)).toEqual([])
  expect(await remindersOf(other_)).toMatchObject([{ state: 'skipped' }])
})
