// Guarantees of 1:1s: a slot is one member's, its session lives as long as they are in it, and nobody else sees it.
import { expect, test } from 'vitest'
import type { Hold } from '@fitflow/contract/booking.ts'
import { anAvailability } from '../../test/availability.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aServer } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession, aTrainer, system, type Person } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import type { AvailabilityCard } from '../schedule/availabilities.ts'
import { changeAvailability } from '../schedule/change-availability.ts'
import { changeSettings } from '../schedule/change-settings.ts'
import { slotOffers } from '../schedule/open-slots.ts'
import { bookSlot } from './book-slot.ts'
import { cancelForClient } from './cancel-for-client.ts'
import { editSession } from './edit-session.ts'
import { holdSlot } from './hold-slot.ts'
import type { BookingId } from '../platform/ids.ts'
import { attendedBy } from './attended.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const server = await aServer(db)
const trainer = await aTrainer(db, 'Alex Trainer')
const available = await anAvailability(db, { trainer })

async function aPayer() {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

// Each test has a morning of its own; the first is the day after tomorrow.
let day = 1
const nextSlot = () => Temporal.Instant.from('2027-01-11T10:00:00Z').add({ hours: 24 * ++day })

const take = (who: Person, startsAt: Temporal.Instant, of: AvailabilityCard = available) =>
  holdSlot(desk.house, of.id, { keyed: keyed(who), context: who.context, startsAt })

async function hold(who: Person, startsAt: Temporal.Instant, of?: AvailabilityCard): Promise<Hold> {
  return JSON.parse((await take(who, startsAt, of)).body) as Hold
}

async function openAt(startsAt: Temporal.Instant): Promise<boolean> {
  const on = startsAt.toZonedDateTimeISO('UTC').toPlainDate().toString()
  const [offer] = await slotOffers({ sql: db.sql, now: clock.now(), attendedBy }, { from: on, to: on, trainer_id: trainer.id }, desk.house.settings.current())
  return offer!.slots.some(slot => slot.startsAt === String(startsAt))
}

const statusOf = async ({ sessionId }: Pick<Hold, 'sessionId'>) => {
  const [row] = await db.sql`select status, taken, capacity, kind from class_sessions where id = ${sessionId}`
  return row
}

test('taking a slot makes its session with the hold, and the slot is open to nobody else', async () => {
  const [member, at] = [await aPayer(), nextSlot()]
  expect(await openAt(at)).toBe(true)
  const held = await hold(member, at)
  expect(held).toMatchObject({ kind: 'public', status: 'active', expiresAt: String(clock.now().add({ minutes: 10 })) })
  expect(held.quote.options).toEqual([expect.objectContaining({ method: 'credits', credits: 1 })])
  expect(await statusOf(held)).toEqual({ status: 'published', taken: 1, capacity: 1, kind: 'one_to_one' })
  expect(await openAt(at)).toBe(false)
  await refusal('trainer-busy', take(await aPayer(), at))
})

test('asking again while holding returns the same hold, and once it is booked says so', async () => {
  const [member, at] = [await aPayer(), nextSlot()]
  const held = await hold(member, at)
  expect(await take(member, at)).toMatchObject({ status: 200 })
  expect((await hold(member, at)).id).toBe(held.id)
  await desk.confirm(member, held)
  await refusal('already-booked', take(member, at))
})

test.each([
  ['the member gives it back', (who: Person, held: Hold) => desk.release(who, held)],
  ['it runs out', async () => {
    clock.advance({ minutes: 10 })
    await desk.sweep()
  }],
])('the session ends with its only hold when %s, and the slot is open again', async (_, end) => {
  const [member, at] = [await aPayer(), nextSlot()]
  const held = await hold(member, at)
  await end(member, held)
  expect(await statusOf(held)).toMatchObject({ status: 'cancelled', taken: 0 })
  expect(await openAt(at)).toBe(true)
  expect((await hold(await aPayer(), at)).sessionId).not.toBe(held.sessionId)
})

test('a hold that has run out bars nobody, though no sweep has run', async () => {
  const [first, second, at] = [await aPayer(), await aPayer(), nextSlot()]
  const held = await hold(first, at)
  clock.advance({ minutes: 10 })
  await hold(second, at)
  expect(await statusOf(held)).toMatchObject({ status: 'cancelled' })
})

test('the session ends with its only booking when the member cancels', async () => {
  const [member, at] = [await aPayer(), nextSlot()]
  const held = await hold(member, at)
  const { booking } = await desk.confirm(member, held)
  await desk.cancel(member, booking)
  expect(await statusOf(held)).toMatchObject({ status: 'cancelled', taken: 0 })
  expect(await openAt(at)).toBe(true)
})

test('the session ends with its only booking when staff cancel it, and cannot be called on again', async () => {
  const [member, admin, at] = [await aPayer(), await anAdmin(db), nextSlot()]
  const held = await hold(member, at)
  const { booking } = await desk.confirm(member, held)
  const command = { keyed: keyed(admin), context: admin.context }
  await cancelForClient(desk.house, booking.id as BookingId, { ...command, choice: { as: 'studio', reason: 'ill' } })
  expect(await statusOf(held)).toMatchObject({ status: 'cancelled', taken: 0 })
  const again = { ...command, keyed: keyed(admin), change: { status: 'published' } as const, refuseStale: () => undefined }
  await refusal('session-state', editSession(desk.house, held.sessionId as never, again))
})

test('the studio calls a 1:1 off like any class: everything comes back, and the slot is open again', async () => {
  const [member, admin, at] = [await aPayer(), await anAdmin(db), nextSlot()]
  const held = await hold(member, at)
  await desk.confirm(member, held)
  const change = { status: 'cancelled', reason: 'ill' } as const
  await editSession(desk.house, held.sessionId as never, { keyed: keyed(admin), context: admin.context, change, refuseStale: () => undefined })
  expect(await statusOf(held)).toMatchObject({ status: 'cancelled', taken: 0 })
  const [row] = await db.sql`select credits_balance from memberships where user_id = ${member.id}`
  expect(row).toEqual({ creditsBalance: 1000 })
  expect(await openAt(at)).toBe(true)
})

test('a slot is refused outside the blocks, inside the notice and beyond the horizon', async () => {
  const member = await aPayer()
  await refusal('slot-not-open', take(member, nextSlot().add({ minutes: 30 })))
  await refusal('slot-not-open', take(member, nextSlot().add({ hours: 4 })))
  const now = clock.now().toZonedDateTimeISO('UTC')
  await refusal('slot-not-open', take(member, now.add({ days: 29 }).with({ hour: 10, minute: 0, second: 0, millisecond: 0 }).toInstant()))
})

test('a slot that a class of the same trainer covers is busy, and one that touches it is not', async () => {
  const [member, at] = [await aPayer(), nextSlot()]
  await aSession(db, { trainerId: trainer.id, startsAt: at.add({ minutes: 30 }) })
  expect(await openAt(at)).toBe(false)
  const no = await refusal('trainer-busy', take(member, at))
  // What the trainer is busy with may be another member's 1:1: neither its name nor its id is theirs to know.
  expect([no.detail, no.facts]).toEqual(['The trainer has something else then. Choose another time.', { startsAt: String(at) }])
  await hold(member, at.subtract({ hours: 1 }))
})

test('what binds a member binds them here: means, overlap, live holds, blocks', async () => {
  const at = nextSlot()
  await refusal('insufficient-credits', take(await aMember(db), at))
  const busy = await aPayer()
  await desk.hold(busy, await aSession(db, { startsAt: at }))
  await refusal('overlapping-booking', take(busy, at))
  const holder = await aPayer()
  await transact(db, system, {}, tx => changeSettings(tx, { liveHoldsMax: 1 }, () => undefined))
  await hold(holder, at)
  await refusal('too-many-holds', take(holder, nextSlot()))
  await transact(db, system, {}, tx => changeSettings(tx, { liveHoldsMax: 3 }, () => undefined))
  const blocked = await aPayer()
  await db.sql`insert into booking_blocks (user_id, starts_at, ends_at, strikes_max, created_at) values (${blocked.id}, ${clock.now()}, ${clock.now().add({ hours: 1 })}, 3, ${clock.now()})`
  await refusal('member-blocked', take(blocked, nextSlot()))
  // It stood on no strike.
  await db.sql`delete from booking_blocks where user_id = ${blocked.id}`
  // A refusal leaves nothing behind.
  expect(await db.sql`select from class_sessions where availability_id is not null and taken = 0 and status <> 'cancelled'`).toHaveLength(0)
})

test('nobody else sees a booked 1:1, joins a queue for it or takes it by its session', async () => {
  const [member, other, at] = [await aPayer(), await aPayer(), nextSlot()]
  const held = await hold(member, at)
  const path = `/api/v1/sessions/${held.sessionId}`
  expect((await server.ask(other, 'GET', path)).status).toBe(404)
  expect((await server.ask(null, 'GET', path)).status).toBe(404)
  expect((await server.ask(await aTrainer(db), 'GET', path)).status).toBe(404)
  expect((await server.ask(member, 'GET', path)).json).toMatchObject({ mine: 'held' })
  expect((await server.ask(trainer, 'GET', path)).status).toBe(200)
  await refusal('not-found', desk.hold(other, { id: held.sessionId as never }))
  await refusal('not-found', desk.join(other, { id: held.sessionId as never }))
  await refusal('already-held', desk.join(member, { id: held.sessionId as never }))
  const on = at.toZonedDateTimeISO('UTC').toPlainDate()
  const list = await server.ask(member, 'GET', `/api/v1/sessions?from=${on}&to=${on}`)
  expect(JSON.stringify(list.json)).not.toContain(held.sessionId)
})

test('staff give a client any time that the trainer is free, and pay with what the client has', async () => {
  const [client, admin] = [await aPayer(), await anAdmin(db)]
  // Sunday night, without notice: neither block nor notice binds staff.
  const startsAt = clock.now().add({ minutes: 1 })
  const means = { method: 'any' } as const
  const book = (who: Person, at: Temporal.Instant) =>
    bookSlot(desk.house, available.id, { keyed: keyed(admin), context: admin.context, startsAt: at, wish: { userId: who.id, means } })
  expect(await book(client, startsAt)).toMatchObject({ status: 201 })
  await refusal('trainer-busy', book(await aPayer(), startsAt.add({ minutes: 59 })))
  await refusal('session-state', book(client, clock.now()))
  await refusal('insufficient-credits', book(await aMember(db), startsAt.add({ minutes: 60 })))
  const stranger = await aTrainer(db)
  const theirs = bookSlot(desk.house, available.id, { keyed: keyed(stranger), context: stranger.context, startsAt, wish: { userId: client.id, means } })
  await refusal('not-found', theirs)
})

test('an availability out of use, or of somebody who teaches no more, offers nothing', async () => {
  const [gone, retired] = [await anAvailability(db), await anAvailability(db)]
  const member = await aPayer()
  await transact(db, system, {}, tx => changeAvailability(tx, { id: gone.id, change: { archived: true }, expect: () => undefined }))
  await db.sql`update trainer_profiles set retired_at = now() where user_id = ${retired.trainerId}`
  for (const one of [gone, retired]) {
    await refusal('not-found', take(member, nextSlot(), one))
    const offers = await slotOffers({ sql: db.sql, now: clock.now(), attendedBy }, { trainer_id: one.trainerId }, desk.house.settings.current())
    expect(offers).toEqual([])
  }
})

test('a substitute leaves whoever booked the 1:1 free to cancel until it begins', async () => {
  const [member, admin] = [await aPayer(), await anAdmin(db)]
  const startsAt = clock.now().add({ hours: 3 }).round({ smallestUnit: 'hour', roundingMode: 'ceil' })
  const means = { method: 'any' } as const
  const answer = await bookSlot(desk.house, available.id, { keyed: keyed(admin), context: admin.context, startsAt, wish: { userId: member.id, means } })
  const { booking } = JSON.parse(answer.body) as { booking: { id: string; sessionId: string } }
  expect(await desk.preview(member, booking)).toMatchObject({ rule: 'none' })
  const change = { trainerId: (await aTrainer(db)).id }
  await editSession(desk.house, booking.sessionId as never, { keyed: keyed(admin), context: admin.context, change, refuseStale: () => undefined })
  expect(await desk.preview(member, booking)).toMatchObject({ rule: 'full' })
})

test('new holds of slots are limited in a minute like all others', async () => {
  const strict = await aServer(db, { settings: { holdsPerMinute: 1 } })
  const member = await aPayer()
  const ask = (startsAt: Temporal.Instant) => strict.ask(member, 'POST', `/api/v1/slots/${available.id}/hold`, { body: { startsAt: String(startsAt) } })
  expect([(await ask(nextSlot())).status, (await ask(nextSlot())).status]).toEqual([201, 429])
})

test('a 1:1 that nobody has any more leaves the staff’s calendar, and is found among the cancelled', async () => {
  const [member, at] = [await aPayer(), nextSlot()]
  const held = await hold(member, at)
  const on = at.toZonedDateTimeISO('UTC').toPlainDate().toString()
  const listed = async (more = '') => {
    const { json } = await server.ask(trainer, 'GET', `/api/v1/admin/sessions?from=${on}&to=${on}${more}`)
    return (json as { items: { id: string }[] }).items.map(one => one.id)
  }
  expect(await listed()).toEqual([held.sessionId])
  await desk.release(member, held)
  expect(await listed()).toEqual([])
  expect(await listed('&status=cancelled')).toEqual([held.sessionId])
})
