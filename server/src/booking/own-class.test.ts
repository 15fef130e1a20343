// Nobody takes a spot in their own class, or anywhere while they teach: not by a hold, not by the desk, a gift, a waitlist or a standing place.
import { sessionMinutesMax } from '@fitflow/contract/scalars.ts'
import { expect, test } from 'vitest'
import { anAvailability } from '../../test/availability.ts'
import { aDatabase } from '../../test/database.ts'
import { classOf } from '../../test/classes.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aSeries } from '../../test/series.ts'
import { aServer, type Told } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession, aTemplate, aTrainer, type Person } from '../../test/world.ts'
import { newId, type SessionId } from '../platform/ids.ts'
import { capReached } from './caps.rule.ts'
import { holdSlot } from './hold-slot.ts'

const { db, clock } = await aDatabase()
const { ask } = await aServer(db)
const desk = await aFrontDesk(db)
const admin = await anAdmin(db)

async function aTeacher(): Promise<Person> {
  const trainer = await aTrainer(db)
  await aLot(db, trainer)
  return trainer
}

const body = ({ id: userId }: Person, gift = false) => ({
  body: { userId, means: gift ? { method: 'complimentary', reason: 'A present' } : { method: 'any' } },
})
const coded = ({ status, problem }: Told) => [status, problem.code]
const ways = [['hold'], ['bookings', false], ['bookings', true], ['squeeze-in', false], ['squeeze-in', true]] as const

/** Every way into a class: by themselves, and by the desk, paid and as a gift. */
async function tried(who: Person, { id }: { id: string }, by: Person) {
  const asks = ways.map(([way, gift]) => (way === 'hold' ? ask(who, 'POST', `/api/v1/sessions/${id}/hold`) : ask(by, 'POST', `/api/v1/admin/sessions/${id}/${way}`, body(who, gift))))
  return (await Promise.all(asks)).map(coded)
}

test('a trainer is refused a spot in their own class by every way in, also a gift to themselves, also by an admin', async () => {
  const alex = await aTeacher()
  const session = await aSession(db, { trainerId: alex.id })
  expect(await tried(alex, session, alex)).toEqual(ways.map(() => [409, 'own-class']))
  expect(await tried(alex, session, admin)).toEqual(ways.map(() => [409, 'own-class']))
  const full = await aSession(db, { trainerId: alex.id, capacity: 1, startsAt: session.startsAt.add({ hours: 5 }) })
  const other = await aMember(db)
  await aLot(db, other)
  await desk.hold(other, full)
  await refusal('own-class', desk.join(alex, full))
  expect(coded(await ask(admin, 'POST', `/api/v1/admin/waitlist/${full.id}/entries`, { body: { userId: alex.id } }))).toEqual([409, 'own-class'])
  expect(coded(await ask(alex, 'POST', `/api/v1/admin/sessions/${full.id}/squeeze-in`, body(alex)))).toEqual([409, 'own-class'])
})

test('a trainer is refused a spot elsewhere while they teach, to the instant', async () => {
  const alex = await aTeacher()
  const own = await aSession(db, { trainerId: alex.id })
  const inside = await aSession(db, { startsAt: own.endsAt.subtract({ minutes: 1 }) })
  expect(await tried(alex, inside, admin)).toEqual(ways.map(() => [409, 'teaching-then']))
  const no = await refusal('teaching-then', desk.hold(alex, inside))
  expect(no.facts).toEqual({ otherSessionId: own.id, otherStartsAt: String(own.startsAt), otherEndsAt: String(own.endsAt) })
  await desk.hold(alex, await aSession(db, { startsAt: own.endsAt }))
})

test('the longest of classes keeps its trainer from a spot until its last minute', async () => {
  const alex = await aTeacher()
  const endsAt = clock.now().add({ minutes: 30 })
  const own = await aSession(db, { trainerId: alex.id, durationMinutes: sessionMinutesMax, startsAt: endsAt.subtract({ minutes: sessionMinutesMax }) })
  await refusal('teaching-then', desk.hold(alex, await aSession(db, { startsAt: endsAt.subtract({ minutes: 1 }) })))
  expect(own.endsAt).toEqual(endsAt)
})

test('a class that is a draft, cancelled or another one’s keeps nobody from a spot', async () => {
  const alex = await aTeacher()
  const at = clock.now().add({ hours: 90 })
  await aSession(db, { trainerId: alex.id, status: 'draft', startsAt: at })
  await aSession(db, { trainerId: alex.id, status: 'cancelled', startsAt: at })
  expect(await desk.hold(alex, await aSession(db, { startsAt: at }))).toMatchObject({ status: 'active' })
})

test('what somebody teaches counts for no cap of theirs', () => {
  const settings = { ...desk.house.settings.current(), bookingsUpcomingMax: 1, bookingsPerDayMax: 1, bookingsPerWeekMax: 1 }
  const [own, other] = [classOf(), classOf({ id: newId<SessionId>() })]
  const capped = (kind: 'teaching' | 'booking') => capReached({ commitments: [{ ...own, kind, sessionId: own.id }] }, { session: other, settings, now: own.startsAt.subtract({ hours: 5 }) })
  expect([capped('teaching'), capped('booking')?.cap]).toEqual([null, 'day'])
})

test('nobody waits for a class while they teach, and whoever is given one meanwhile is passed over with the reason', async () => {
  const [alex, other] = [await aTeacher(), await aTeacher()]
  const full = await aSession(db, { capacity: 1 })
  const hold = await desk.hold(other, full)
  await desk.join(alex, full)
  await aSession(db, { trainerId: alex.id, startsAt: full.startsAt.add({ minutes: 30 }) })
  const later = await aSession(db, { capacity: 1, startsAt: full.startsAt.add({ minutes: 45 }) })
  await desk.hold(await aTeacher(), later)
  await refusal('teaching-then', desk.join(alex, later))
  await desk.release(other, hold)
  await desk.settle()
  expect((await ask(alex, 'GET', `/api/v1/waitlist/${full.id}`)).json).toMatchObject({ position: 1, passedOver: 'teaching-then', offer: null })
})

test('nobody takes their own 1:1, nor is given it', async () => {
  const alex = await aTeacher()
  const { id } = await anAvailability(db, { trainer: alex })
  const startsAt = Temporal.Instant.from('2027-01-13T10:00:00Z')
  await refusal('own-class', holdSlot(desk.house, id, { keyed: keyed(alex), context: alex.context, startsAt }))
  for (const gift of [false, true]) {
    const told = await ask(alex, 'POST', `/api/v1/admin/availabilities/${id}/bookings`, { body: { ...body(alex, gift).body, startsAt: String(startsAt) } })
    expect(coded(told)).toEqual([409, 'own-class'])
  }
})

test('a standing place in their own series is neither offered nor given, and where they teach it is skipped with the reason', async () => {
  const alex = await aTeacher()
  const { id: templateId } = await aTemplate(db, { trainerId: alex.id })
  const { series } = await aSeries(db, { templateId })
  const wish = { seriesId: series.id }
  expect(coded(await ask(alex, 'POST', '/api/v1/standing', { body: wish }))).toEqual([409, 'own-class'])
  expect(coded(await ask(alex, 'GET', `/api/v1/standing/preview?seriesId=${series.id}`))).toEqual([409, 'own-class'])
  expect(coded(await ask(admin, 'POST', `/api/v1/admin/clients/${alex.id}/standing`, { body: wish }))).toEqual([409, 'own-class'])
  const offered = async (who: Person) => JSON.stringify((await ask(who, 'GET', '/api/v1/standing/series')).json)
  expect([(await offered(alex)).includes(series.id), (await offered(admin)).includes(series.id)]).toEqual([false, true])
  const { series: theirs } = await aSeries(db)
  const { json } = await ask(alex, 'GET', `/api/v1/standing/preview?seriesId=${theirs.id}`)
  expect((json as { coming: { reason: string | null }[] }).coming.map(one => one.reason)).toContain('teaching-then')
})
