// Whose client somebody is: a spot in a trainer's class makes one, for as long as it lasts and half a year after; nothing else does.
import { expect, test } from 'vitest'
import type { Roster } from '@fitflow/contract/booking.ts'
import type { WalkIn } from '@fitflow/contract/clients.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aServer } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession, aTrainer, type Person } from '../../test/world.ts'
import { ownClientDays } from './seen-clients.ts'

const { db, clock } = await aDatabase()
const { ask } = await aServer(db)
const desk = await aFrontDesk(db)
const [ada, alex] = [await anAdmin(db), await aTrainer(db, 'Alex')]

async function aPayer(name?: string): Promise<Person> {
  const member = await aMember(db, name)
  await aLot(db, member, { validUntil: clock.now().add({ hours: 24 * 400 }) })
  return member
}

let hours = 48
/** A class of Alex's at a time of its own. */
const aClass = (wish: Parameters<typeof aSession>[1] = {}) => aSession(db, { trainerId: alex.id, startsAt: clock.now().add({ hours: (hours += 2) }), ...wish })

const statusFor = async (client: Person, what = 'transactions') => (await ask(alex, 'GET', `/api/v1/admin/clients/${client.id}/${what}`)).status
const found = async (search: string, by = alex) => ((await ask(by, 'GET', `/api/v1/admin/walk-ins?search=${encodeURIComponent(search)}`)).json as { items: WalkIn[] }).items
const gift = (client: Person, session: { id: string }) =>
  ask(alex, 'POST', `/api/v1/admin/sessions/${session.id}/bookings`, { body: { userId: client.id, means: { method: 'complimentary', reason: 'A trial class' } } })

test('a booking that was cancelled makes nobody a client', async () => {
  const mia = await aPayer()
  const { booking } = await desk.book(mia, await aClass())
  expect(await statusFor(mia)).toBe(200)
  await desk.cancel(mia, booking)
  for (const what of ['transactions', 'memberships', 'bookings', 'waitlists', 'holds', 'penalties', 'standing']) expect([what, await statusFor(mia, what)]).toEqual([what, 404])
  const grant = { credits: 2, validUntil: String(clock.now().add({ hours: 240 })), reason: 'For the test' }
  expect((await ask(alex, 'POST', `/api/v1/admin/clients/${mia.id}/credits`, { body: grant })).status).toBe(404)
})

test('a gift makes somebody a client when they have come, not when a trainer gives it', async () => {
  const [noa, session] = [await aMember(db, 'Noa'), await aClass({ startsAt: clock.now().add({ minutes: 10 }) })]
  const { json } = await gift(noa, session)
  expect(await statusFor(noa)).toBe(404)
  await desk.mark(alex, (json as { booking: { id: string } }).booking, 'present')
  expect(await statusFor(noa)).toBe(200)
})

test('a roster masks the address of who is not one’s own client: a gift or a hold shows none', async () => {
  const [given, holds, books] = [await aMember(db), await aPayer(), await aPayer()]
  const session = await aClass({ capacity: 3 })
  const { json } = await gift(given, session)
  await Promise.all([desk.hold(holds, session), desk.book(books, session)])
  const roster = async (by: Person) => {
    const { entries } = (await ask(by, 'GET', `/api/v1/admin/sessions/${session.id}/roster`)).json as Roster
    return new Map(entries.map(({ user }) => [user.id, user.email]))
  }
  const masked = ({ email }: Person) => `${email.slice(0, 1)}•••@example.test`
  const shown = await roster(alex)
  expect([given, holds, books].map(({ id }) => shown.get(id))).toEqual([masked(given), masked(holds), books.email])
  const whole = await roster(ada)
  expect([given, holds, books].map(({ id }) => whole.get(id))).toEqual([given.email, holds.email, books.email])
  const before = clock.now()
  clock.set(session.startsAt)
  await desk.mark(alex, (json as { booking: { id: string } }).booking, 'present')
  expect((await roster(alex)).get(given.id)).toBe(given.email)
  clock.set(before)
})

test('waiting makes nobody a client, for staff may put anybody on a list', async () => {
  const [session, waits] = [await aClass({ capacity: 1 }), await aPayer()]
  await desk.hold(await aPayer(), session)
  expect((await ask(alex, 'POST', `/api/v1/admin/waitlist/${session.id}/entries`, { body: { userId: waits.id } })).status).toBe(201)
  expect(await statusFor(waits)).toBe(404)
})

test('a client is one’s own until half a year after their last class, to the instant', async () => {
  const sam = await aPayer()
  const session = await aClass()
  await desk.book(sam, session)
  const last = session.endsAt.add({ hours: 24 * ownClientDays })
  const before = clock.now()
  clock.set(last.subtract({ nanoseconds: 1000 }))
  expect(await statusFor(sam)).toBe(200)
  clock.set(last)
  expect(await statusFor(sam)).toBe(404)
  expect((await ask(ada, 'GET', `/api/v1/admin/clients/${sam.id}/transactions`)).status).toBe(200)
  clock.set(before)
})

test('a walk-in is found by three letters of a name or the exact address, with the address masked', async () => {
  const stranger = await aMember(db, 'Zephyrine Quist')
  const masked = { id: stranger.id, name: 'Zephyrine Quist', email: `${stranger.email.slice(0, 1)}•••@example.test`, isOwn: false }
  for (const words of ['zep', 'Qui', 'zephyrine q', stranger.email, stranger.email.toUpperCase(), ' Zephyrine ']) expect([words, await found(words)]).toEqual([words, [masked]])
  // Two letters, the middle of a name, a part of the address and a pattern find nobody.
  for (const words of ['ze', 'qu', 'phyr', 'uist', stranger.email.slice(0, 12), 'ze%', 'z_p', '%%%', '12 z']) expect([words, await found(words)]).toEqual([words, []])
  expect(await found(stranger.email.slice(0, 12), ada)).toEqual([{ ...masked, email: stranger.email, isOwn: true }])
})

test('an apostrophe is found however it is written, and is no letter', async () => {
  const { id } = await aMember(db, 'Liam O’Connor')
  for (const words of ["o'conn", 'O’Conn', 'oʼconn', "Liam O'"]) expect([words, (await found(words)).map(one => one.id)]).toEqual([words, [id]])
  for (const words of ["o'c", "''''", 'oconn']) expect([words, await found(words)]).toEqual([words, []])
})

test('a walk-in is booked in and then is a client; of what they have a refusal tells nothing', async () => {
  const [walkIn, session] = [await aPayer('Wanda Walk'), await aClass({ priceCredits: 5000 })]
  const book = (to: { id: string }) => ask(alex, 'POST', `/api/v1/admin/sessions/${to.id}/bookings`, { body: { userId: walkIn.id, means: { method: 'any' } } })
  const { status, problem } = await book(session)
  expect([status, problem.code, problem['creditsNeeded'], problem['creditsAvailable']]).toEqual([409, 'insufficient-credits', 50, undefined])
  const { id: elsewhere } = await aSession(db, { startsAt: session.startsAt.add({ hours: 10 }) })
  await desk.book(walkIn, { id: elsewhere })
  const clash = await book(await aClass({ startsAt: session.startsAt.add({ hours: 10 }) }))
  expect([clash.problem.code, clash.text.includes(elsewhere)]).toEqual(['overlapping-booking', false])
  expect(await found('Wanda')).toMatchObject([{ isOwn: false }])
  expect((await book(await aClass())).status).toBe(201)
  expect(await found('Wanda')).toEqual([{ id: walkIn.id, name: 'Wanda Walk', email: walkIn.email, isOwn: true }])
})
