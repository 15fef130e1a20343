// A trainer is not given a class while they have a spot in another: not by making, moving, substituting, publishing, a series or a slot.
import { expect, test } from 'vitest'
import type { ChangePreview } from '@fitflow/contract/session-changes.ts'
import type { SlotOffer } from '@fitflow/contract/availability.ts'
import type { SeriesDetail } from '@fitflow/contract/series.ts'
import { anAvailability } from '../../test/availability.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aSeries, sessionsOf } from '../../test/series.ts'
import { aServer, type Told } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession, aTemplate, aTrainer, type Person } from '../../test/world.ts'

const { db, clock } = await aDatabase()
const { ask } = await aServer(db)
const desk = await aFrontDesk(db)
const admin = await anAdmin(db)

/** Somebody who teaches and has a spot in another one's class at `at`. */
async function aBusyTrainer(at = clock.now().add({ hours: 48 }), how: 'book' | 'hold' = 'book') {
  const trainer = await aTrainer(db)
  await aLot(db, trainer)
  const taken = await aSession(db, { startsAt: at })
  const spot = await desk[how](trainer, taken)
  return { trainer, taken, spot }
}

const coded = ({ status, problem }: Told) => [status, problem.code]
const busy = [409, 'trainer-busy']
const make = async (trainer: Person, startsAt: Temporal.Instant, status = 'published') => {
  const { id: templateId } = await aTemplate(db, { trainerId: trainer.id })
  return ask(admin, 'POST', '/api/v1/admin/sessions', { body: { templateId, startsAt: String(startsAt), status } })
}
const change = (id: string, body: object) => ask(admin, 'PATCH', `/api/v1/admin/sessions/${id}`, { body })
const preview = async (id: string, query: Record<string, string>) =>
  (await ask(admin, 'GET', `/api/v1/admin/sessions/${id}/change-preview?${new URLSearchParams(query)}`)).json as ChangePreview

test.each(['book', 'hold'] as const)('a class is not published over a spot of its trainer (they %s), and the refusal names it', async how => {
  const { trainer, taken } = await aBusyTrainer(undefined, how)
  const no = await make(trainer, taken.endsAt.subtract({ minutes: 1 }))
  expect(coded(no)).toEqual(busy)
  expect(no.problem).toMatchObject({ detail: 'The trainer has a spot in “Morning Strength” at that time.', otherSessionId: taken.id })
  expect((await make(trainer, taken.endsAt)).status).toBe(201)
  // A draft is in nobody's way, until it is published.
  const draft = await make(trainer, taken.startsAt, 'draft')
  expect(draft.status).toBe(201)
  const { id } = draft.json as { id: string }
  expect(await preview(id, { status: 'published' })).toMatchObject({ refusals: [{ code: 'trainer-busy' }], clashes: [{ otherSessionId: taken.id }] })
  expect(coded(await change(id, { status: 'published' }))).toEqual(busy)
})

test('a spot that was given back bars no class', async () => {
  const { trainer, taken, spot } = await aBusyTrainer(undefined, 'hold')
  await desk.release(trainer, spot as { id: string })
  expect((await make(trainer, taken.startsAt)).status).toBe(201)
})

test('a class is not moved to where its trainer has a spot, and the preview says so before', async () => {
  const { trainer, taken } = await aBusyTrainer()
  const session = await aSession(db, { trainerId: trainer.id, startsAt: taken.endsAt.add({ hours: 3 }) })
  const startsAt = String(taken.startsAt.add({ minutes: 30 }))
  expect(await preview(session.id, { startsAt })).toMatchObject({ refusals: [{ code: 'trainer-busy' }], clashes: [{ otherSessionId: taken.id }], people: [] })
  expect(coded(await change(session.id, { startsAt }))).toEqual(busy)
  expect((await change(session.id, { startsAt: String(taken.endsAt) })).status).toBe(200)
})

test('nobody is made the substitute of a class while they have a spot in another, or in that very one', async () => {
  const { trainer, taken } = await aBusyTrainer()
  const session = await aSession(db, { startsAt: taken.startsAt.add({ minutes: 30 }) })
  for (const { id } of [session, taken]) {
    expect(await preview(id, { trainerId: trainer.id })).toMatchObject({ refusals: [{ code: 'trainer-busy' }] })
    expect(coded(await change(id, { trainerId: trainer.id }))).toEqual(busy)
  }
})

test('a series leaves out, or is refused, the days on which its trainer has a spot, and its edit is refused', async () => {
  const { trainer, taken } = await aBusyTrainer(Temporal.Instant.from('2027-01-20T07:00:00Z'))
  const { id: templateId } = await aTemplate(db, { trainerId: trainer.id })
  const wish = { templateId, rrule: 'FREQ=WEEKLY;BYDAY=WE', startsOn: '2027-01-13', wallTime: '07:30' }
  const path = '/api/v1/admin/series'
  const shown = (await ask(admin, 'GET', `${path}-preview?${new URLSearchParams(wish)}`)).json as SeriesDetail
  expect(shown.occurrences[1]).toMatchObject({ outcome: 'clash', clash: { sessionId: taken.id } })
  expect(coded(await ask(admin, 'POST', path, { body: wish }))).toEqual(busy)
  expect(await ask(admin, 'POST', path, { body: { ...wish, skipClashes: true } })).toMatchObject({ status: 201 })
  const { series } = await aSeries(db, { templateId, startsOn: '2027-01-13', wallTime: '12:00' })
  const look = await ask(admin, 'GET', `${path}/${series.id}/change-preview?scope=all&wallTime=06:30`)
  expect(look.json).toMatchObject({ refusals: [{ code: 'trainer-busy' }], clashes: [{ otherSessionId: taken.id }] })
  expect(coded(await ask(admin, 'PATCH', `${path}/${series.id}`, { body: { scope: 'all', wallTime: '06:30' } }))).toEqual(busy)
  expect(new Set((await sessionsOf(db, series.id)).map(one => one.startsAt.slice(11, 16)))).toEqual(new Set(['12:00']))
})

test('a slot at which its trainer has a spot is not open, nor given by staff', async () => {
  const { trainer, taken } = await aBusyTrainer(Temporal.Instant.from('2027-01-15T10:00:00Z'))
  const { id } = await anAvailability(db, { trainer })
  const { items } = (await ask(null, 'GET', `/api/v1/slots?from=2027-01-15&to=2027-01-15&trainer_id=${trainer.id}`)).json as { items: SlotOffer[] }
  expect(items[0]?.slots.map(slot => slot.startsAt.slice(11, 16))).toEqual(['09:00', '11:00'])
  const member = await aMember(db)
  await aLot(db, member)
  const startsAt = String(taken.startsAt)
  expect(coded(await ask(member, 'POST', `/api/v1/slots/${id}/hold`, { body: { startsAt } }))).toEqual(busy)
  const body = { startsAt, userId: member.id, means: { method: 'any' } }
  expect(coded(await ask(admin, 'POST', `/api/v1/admin/availabilities/${id}/bookings`, { body }))).toEqual(busy)
})

test('whoever teaches at the new time of a class they booked is let go with everything back', async () => {
  const { trainer, taken, spot } = await aBusyTrainer()
  await aSession(db, { trainerId: trainer.id, startsAt: taken.endsAt.add({ hours: 1 }) })
  const startsAt = String(taken.endsAt.add({ minutes: 30 }))
  expect(await preview(taken.id, { startsAt })).toMatchObject({ people: [{ user: { id: trainer.id }, fate: 'returned', creditsReturned: 1 }] })
  expect((await change(taken.id, { startsAt })).status).toBe(200)
  const { booking } = spot as { booking: { id: string } }
  expect(await db.sql`select status, cancel_kind from bookings where id = ${booking.id}`).toEqual([{ status: 'cancelled', cancelKind: 'studio' }])
})
