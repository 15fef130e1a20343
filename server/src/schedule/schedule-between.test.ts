// Which sessions the public sees, which staff see, and in what order.
import { beforeAll, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { anAdmin, aSession, aTrainer, type Person } from '../../test/world.ts'
import type { SessionStatus } from '@fitflow/contract/sessions.ts'
import { readOnly, transact, type Tx } from '../platform/tx.ts'
import { setStatus } from './change-session.ts'
import { lockSessions, type ClassSession } from './class-sessions.ts'
import { scheduleBetween, wireCard } from './schedule-between.ts'
import { sessionCards } from './session-cards.ts'
import { nobody } from './session-state.rule.ts'
import { defaultSettings } from './settings.ts'
import { emptyRoom, staffSession, staffSessions, toWireStaffSession } from './staff-sessions.ts'
import { spanOf } from './studio-days.rule.ts'

const { db, clock } = await aDatabase()
const madrid = { ...defaultSettings, timeZone: 'Europe/Madrid' }
let admin: Person
beforeAll(async () => {
  admin = await anAdmin(db)
})

const at = (text: string) => Temporal.Instant.from(text)
const seen = async (from: string, to: string) => {
  const cards = await scheduleBetween(db.sql, { from: at(from), to: at(to) })
  return cards.map(card => card.id)
}
const asStaff = <T>(person: Person, read: (tx: Tx) => Promise<T>) => readOnly(db, person.context, read)
const become = (session: ClassSession, to: SessionStatus) =>
  transact(db, admin.context, {}, async tx => {
    const [locked] = await lockSessions(tx.sql, [session.id])
    await setStatus(tx, locked as ClassSession, { to, occupancy: nobody })
  })

describe('the public schedule', () => {
  test('has what starts from its first instant on until before its last, by start', async () => {
    const starts = ['2027-02-01T08:00:00Z', '2027-02-01T10:00:00Z', '2027-02-01T09:00:00Z', '2027-02-01T07:59:59Z', '2027-02-01T11:00:00Z']
    const [eight, ten, nine] = await Promise.all(starts.map(startsAt => aSession(db, { startsAt: at(startsAt) })))
    expect(await seen('2027-02-01T08:00:00Z', '2027-02-01T11:00:00Z')).toEqual([eight!.id, nine!.id, ten!.id])
  })

  test('never has a draft, nor one that was cancelled, but says of a public class that it was called off', async () => {
    const startsAt = at('2027-02-03T08:00:00Z')
    const never = await aSession(db, { startsAt, status: 'draft' })
    const back = await aSession(db, { startsAt })
    const off = await aSession(db, { startsAt })
    const on = await aSession(db, { startsAt })
    await become(never, 'cancelled')
    await become(back, 'draft')
    await become(back, 'cancelled')
    await become(off, 'cancelled')
    expect(await seen('2027-02-03T00:00:00Z', '2027-02-04T00:00:00Z')).toEqual([off.id, on.id].toSorted())
  })

  test('keeps what is under way and what is over', async () => {
    const startsAt = at('2027-02-05T08:00:00Z')
    const running = await aSession(db, { startsAt, status: 'in_progress' })
    const over = await aSession(db, { startsAt, status: 'completed' })
    clock.set(startsAt)
    expect(await seen('2027-02-05T00:00:00Z', '2027-02-06T00:00:00Z')).toEqual([running.id, over.id].toSorted())
  })

  test('over a night of summer time has each class on one day only', async () => {
    const zone = 'Europe/Madrid'
    const starts = ['2027-10-30T21:59:00Z', '2027-10-30T22:00:00Z', '2027-10-31T22:59:00Z', '2027-10-31T23:00:00Z']
    const sessions = await Promise.all(starts.map(startsAt => aSession(db, { startsAt: at(startsAt) })))
    const days = ['2027-10-30', '2027-10-31', '2027-11-01'].map(day => spanOf({ from: day, to: day }, clock.now(), zone))
    const counts = await Promise.all(days.map(async day => (await scheduleBetween(db.sql, day)).length))
    expect(counts).toEqual([1, 2, 1])
    expect(sessions).toHaveLength(4)
  })
})

describe('a card', () => {
  test('says what is left for the public: what nobody has and nobody waits for', async () => {
    const { id } = await aSession(db, { capacity: 3, dropInCents: 1500, priceCredits: 150 })
    const card = (await sessionCards(db.sql, [id])).get(id)!
    expect(wireCard(card, 'EUR')).toMatchObject({ spotsLeft: 3, price: { credits: 1.5, money: { amount: 1500, currency: 'EUR' } } })
    expect(wireCard({ ...card, taken: 1, waiting: 1, dropInCents: null }, 'EUR')).toMatchObject({ spotsLeft: 1, price: { money: null } })
    expect(wireCard({ ...card, taken: 2, waiting: 4 }, 'EUR').spotsLeft).toBe(0)
    expect(wireCard({ ...card, status: 'cancelled' }, 'EUR').spotsLeft).toBe(0)
    expect(wireCard({ ...card, status: 'completed' }, 'EUR').spotsLeft).toBe(0)
  })

  test('for staff also says how that comes about', async () => {
    const { id } = await aSession(db, { capacity: 3 })
    const card = (await sessionCards(db.sql, [id])).get(id)!
    const staff = toWireStaffSession({ ...card, taken: 2, waiting: 1 }, { held: 1, booked: 1, arrived: 1, everBooked: true }, 'EUR')
    expect(staff).toMatchObject({ spotsLeft: 0, taken: 2, waiting: 1, held: 1, booked: 1, arrived: 1, mine: null, version: 1 })
  })

  test('for staff also says whether it is a 1:1', async () => {
    const kinds = ['class', 'one_to_one'] as const
    const made = await Promise.all(kinds.map(kind => aSession(db, { capacity: 1, kind })))
    const cards = await sessionCards(db.sql, made.map(({ id }) => id))
    const told = made.map(({ id }) => toWireStaffSession(cards.get(id)!, emptyRoom, 'EUR'))
    expect(told).toMatchObject(kinds.map(kind => ({ kind, availabilityId: null })))
  })
})

describe('the sessions of staff', () => {
  test('are a trainer\'s own and an admin\'s all, drafts and cancelled ones among them, page by page', async () => {
    const eve = await aTrainer(db, 'Eve')
    const hours = [3, 1, 2, 5, 4]
    const wishes = hours.map(hour => ({ startsAt: clock.now().add({ hours: hour * 2 }), trainerId: eve.id }))
    const states = ['draft', 'published', 'cancelled', 'published', 'draft'] as const
    const made = await Promise.all(wishes.map((wish, index) => aSession(db, { ...wish, status: states[index]! })))
    await aSession(db, { startsAt: clock.now().add({ hours: 3 }) })
    const inOrder = made.toSorted((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt)).map(session => session.id)

    const first = await asStaff(eve, tx => staffSessions(tx, { limit: 3 }, madrid))
    const second = await asStaff(eve, tx => staffSessions(tx, { limit: 3, cursor: first.nextCursor! }, madrid))
    expect([...first.items, ...second.items].map(card => card.id)).toEqual(inOrder)
    expect(second.nextCursor).toBeNull()

    const drafts = await asStaff(admin, tx => staffSessions(tx, { status: 'draft', trainer_id: eve.id }, madrid))
    expect(drafts.items.map(card => card.status)).toEqual(['draft', 'draft'])
    const all = await asStaff(admin, tx => staffSessions(tx, { limit: 200 }, madrid))
    expect(new Set(all.items.map(card => card.trainerId)).size).toBeGreaterThan(1)
  })

  test('begin with the studio\'s today when no day is asked for', async () => {
    const eve = await aTrainer(db, 'Eve')
    clock.set(at('2027-03-10T18:00:00Z'))
    const starts = ['2027-03-09T22:59:00Z', '2027-03-09T23:00:00Z', '2027-03-23T23:00:00Z']
    const [, today] = await Promise.all(starts.map(startsAt => aSession(db, { startsAt: at(startsAt), trainerId: eve.id, durationMinutes: 1 })))
    const { items } = await asStaff(eve, tx => staffSessions(tx, {}, madrid))
    expect(items.map(card => card.id)).toEqual([today!.id])
  })

  test('of another trainer are not found', async () => {
    const [eve, sam] = [await aTrainer(db, 'Eve'), await aTrainer(db, 'Sam')]
    const { id } = await aSession(db, { trainerId: eve.id })
    expect(await asStaff(eve, tx => staffSession(tx, id))).toMatchObject({ id, trainerName: 'Eve' })
    await expect(asStaff(sam, tx => staffSession(tx, id))).rejects.toMatchObject({ code: 'not-found' })
    expect(await asStaff(admin, tx => staffSession(tx, id))).toMatchObject({ id })
  })
})
