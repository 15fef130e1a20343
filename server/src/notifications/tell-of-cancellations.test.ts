// What the mail of a cancellation says: why credits are kept, what it costs besides, and why the studio ended it.
import { afterAll, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed } from '../../test/front-desk.ts'
import { frame } from '../../test/messages.ts'
import { aTelling } from '../../test/told.ts'
import { aLot, aMember, anAdmin, aSession, type Person } from '../../test/world.ts'
import { editSession } from '../booking/edit-session.ts'
import { drainOnce } from '../platform/relay.ts'
import { transact } from '../platform/tx.ts'
import { changeSettings } from '../schedule/change-settings.ts'
import { notifications } from './consumers.ts'
import { renderMessage } from './render.ts'
import { sayings } from './when-words.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const { settings } = desk.house
const told = aTelling(db, settings)
const admin = await anAdmin(db)
const morning = clock.now()
afterAll(() => settings.close())

async function somebody() {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

/** What somebody was told last, in both languages. */
async function readBy(person: Person) {
  await told.hear()
  const last = (await told.rowsOf(person)).at(-1)!
  const textIn = async (language: 'en' | 'es') => (await renderMessage(last.kind, language, last.facts as never, frame)).text
  return { kind: last.kind, facts: last.facts, english: await textIn('en'), spanish: await textIn('es') }
}

test('who cancels late reads by which bound credits are kept', async () => {
  const [half, nothing] = [await somebody(), await somebody()]
  await desk.cancel(half, (await desk.book(half, await aSession(db, { startsAt: morning.add({ hours: 20 }) }))).booking)
  await desk.cancel(nothing, (await desk.book(nothing, await aSession(db, { startsAt: morning.add({ hours: 8 }) }))).booking)
  const [ofHalf, ofNothing] = [await readBy(half), await readBy(nothing)]
  expect(ofHalf.english).toContain('Cancelled 24 hours or less before the start: 50% comes back.')
  expect(ofHalf.spanish).toContain('Se canceló 24 horas o menos antes del comienzo: se devuelve el 50 %.')
  expect(ofNothing.english).toContain('Cancelled less than 12 hours before the start.')
  expect(ofNothing.english).toContain('1 credit not returned.')
  expect(ofNothing.spanish).toContain('Se canceló menos de 12 horas antes del comienzo.')
})

test('who cancels late with unlimited access reads of the strike and of the fee, before that is written down', async () => {
  await transact(db, admin.context, {}, tx => changeSettings(tx, { lateCancelFee: 500 }, () => undefined))
  const member = await aMember(db)
  await aLot(db, member, { credits: null })
  const hold = await desk.hold(member, await aSession(db, { startsAt: morning.add({ hours: 8 }) }))
  const { booking } = await desk.confirm(member, hold, { method: 'membership' })
  await desk.cancel(member, booking)
  // Nobody but the notifications has heard of it yet.
  while (await drainOnce(db, [notifications({ db, settings, qr: told.house.qr, ways: told.ways })]));
  const { english, spanish } = await readBy(member)
  for (const said of ['Cancelled less than 12 hours before the start.', 'This is strike 1 of 3.', 'A fee of €5.00 is due.', '/strikes']) expect(english).toContain(said)
  for (const said of ['Es tu falta 1 de 3.', 'Hay un cargo pendiente de 5,00']) expect(spanish).toContain(said)
})

test('whose class moves onto another of theirs reads why their booking ended, and when it was', async () => {
  const member = await somebody()
  const [moving, other] = [await aSession(db, { startsAt: morning.add({ hours: 48 }) }), await aSession(db, { startsAt: morning.add({ hours: 72 }) })]
  await desk.book(member, other)
  await desk.book(member, moving)
  await told.hear()
  const change = { startsAt: String(other.startsAt) }
  await editSession(desk.house, moving.id, { keyed: keyed(admin), context: admin.context, change, refuseStale: () => undefined })
  const { kind, facts, english, spanish } = await readBy(member)
  expect(kind).toBe('booking-cancelled')
  expect(facts).toMatchObject({ byStudio: true, reason: null, movedOnto: 'booked', creditsReturned: 100, bookedFor: { startsAt: String(moving.startsAt), endsAt: String(moving.endsAt) } })
  const booked = sayings('en-GB', 'Europe/Madrid').moment(String(moving.startsAt)).split(', ')
  expect(english).toContain('moved Morning Strength to a time at which another class of yours is booked, so your booking is cancelled.')
  for (const said of booked) expect(english).toContain(said)
  expect(spanish).toContain('a una en la que tienes reservada otra clase, así que tu reserva queda cancelada.')
})
