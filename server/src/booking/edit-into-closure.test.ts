// Guarantees of a series, or the classes of a template, that a change would bring into a closure: those classes are cancelled as the closure would have, the others change.
import { expect, test } from 'vitest'
import type { ApplyTemplatePreview, SeriesEditPreview } from '@fitflow/contract/series-edits.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aSeries, sessionsOf } from '../../test/series.ts'
import { aServer } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession } from '../../test/world.ts'
import type { SeriesId, SessionId } from '../platform/ids.ts'

// 11 January 2027, 09:00; series are on Wednesdays at 07:00 from the 20th, and the studio is closed on the 27th from noon to six.
const { db } = await aDatabase()
const { ask } = await aServer(db)
const desk = await aFrontDesk(db)
const admin = await anAdmin(db)
const closing = { startsAt: '2027-01-27T12:00:00Z', endsAt: '2027-01-27T18:00:00Z', reason: 'Works' }
const closure = (await ask(admin, 'POST', '/api/v1/admin/closures', { body: closing })).json as { id: string }

const stateOf = async (id: SeriesId) => (await sessionsOf(db, id)).slice(0, 3).map(one => [one.startsAt.slice(11, 16), one.status])
const preview = async (id: SeriesId, wallTime: string) =>
  (await ask(admin, 'GET', `/api/v1/admin/series/${id}/change-preview?scope=all&wallTime=${wallTime}`)).json as SeriesEditPreview
const edit = (id: SeriesId, wallTime: string) => ask(admin, 'PATCH', `/api/v1/admin/series/${id}`, { body: { scope: 'all', wallTime } })

async function aPayer() {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

test('a class that would fall into the closure is named before and cancelled with everything returned; the others move', async () => {
  const { series } = await aSeries(db, { startsOn: '2027-01-20' })
  const [first, second] = await sessionsOf(db, series.id)
  const [mover, loser] = [await aPayer(), await aPayer()]
  await desk.book(mover, { id: first!.id as SessionId })
  const { booking } = await desk.book(loser, { id: second!.id as SessionId })
  const shown = await preview(series.id, '14:00')
  expect(shown).toMatchObject({
    ...{ classes: 7, refusals: [], closed: [{ id: second!.id, startsAt: '2027-01-27T14:00:00Z', closure: { id: closure.id, reason: 'Works' } }] },
    sentence: 'One class falls into a closure (“Works”) and is cancelled. 1 booking is cancelled with 1 credit returned and 1 booking moves along and may be cancelled free.',
  })
  expect(shown.people.map(one => [one.user.id, one.fate])).toEqual([[loser.id, 'returned'], [mover.id, 'moved']])
  expect((await edit(series.id, '14:00')).status).toBe(200)
  expect(await stateOf(series.id)).toEqual([['14:00', 'published'], ['07:00', 'cancelled'], ['14:00', 'published']])
  const [row] = await db.sql`select b.status, b.cancel_kind, s.closure_id from bookings b join class_sessions s on s.id = b.session_id where b.id = ${booking.id}`
  expect(row).toEqual({ status: 'cancelled', cancelKind: 'studio', closureId: closure.id })
  expect(await db.sql`select credits_balance from memberships where user_id = ${loser.id}`).toEqual([{ creditsBalance: 1000 }])
})

test('nobody is told that nobody is affected when a class falls into the closure', async () => {
  const { series } = await aSeries(db, { startsOn: '2027-01-20' })
  expect((await preview(series.id, '17:59')).sentence).toBe('One class falls into a closure (“Works”) and is cancelled. Nobody is in what changes.')
})

test('a class that only meets the closure moves like the others', async () => {
  const { series } = await aSeries(db, { startsOn: '2027-01-20' })
  for (const beside of ['11:00', '18:00']) {
    expect((await preview(series.id, beside)).closed).toEqual([])
    expect((await edit(series.id, beside)).status).toBe(200)
    expect(await stateOf(series.id)).toEqual([[beside, 'published'], [beside, 'published'], [beside, 'published']])
  }
})

test('with another size too, what is cancelled keeps its own', async () => {
  const { series } = await aSeries(db, { startsOn: '2027-01-20' })
  const body = { scope: 'all', wallTime: '15:00', capacity: 3 }
  expect((await ask(admin, 'PATCH', `/api/v1/admin/series/${series.id}`, { body })).status).toBe(200)
  expect((await sessionsOf(db, series.id)).slice(0, 3).map(one => [one.status, one.capacity])).toEqual([['published', 3], ['cancelled', 12], ['published', 3]])
})

test('a template that becomes longer, given to its classes, cancels the one that would reach into the closure, which is in nobody’s way then', async () => {
  const [reaching, other] = [await aSession(db, { startsAt: Temporal.Instant.from('2027-01-27T11:00:00Z') }), Temporal.Instant.from('2027-01-28T11:00:00Z')]
  const stays = await aSession(db, { templateId: reaching.templateId, startsAt: other })
  await aSession(db, { templateId: reaching.templateId, startsAt: Temporal.Instant.from('2027-01-27T10:00:00Z') })
  await ask(admin, 'PATCH', `/api/v1/admin/templates/${reaching.templateId}`, { body: { durationMinutes: 61 } })
  const shown = (await ask(admin, 'GET', `/api/v1/admin/templates/${reaching.templateId}/apply-preview`)).json as ApplyTemplatePreview
  expect(shown).toMatchObject({ classes: 3, clashes: [], closed: [{ id: reaching.id }] })
  expect((await ask(admin, 'POST', `/api/v1/admin/templates/${reaching.templateId}/apply`, { body: {} })).status).toBe(200)
  const rows = await db.sql`select status, (extract(epoch from ends_at - starts_at) / 60)::int as minutes from class_sessions where id in ${db.sql([reaching.id, stays.id])} order by starts_at`
  expect(rows).toEqual([{ status: 'cancelled', minutes: 60 }, { status: 'published', minutes: 61 }])
})
