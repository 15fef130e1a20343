// Guarantees of a closure for staff: nothing is made, moved, published or booked inside it, and whoever tries is told which closure it is.
import { expect, test } from 'vitest'
import type { ChangePreview } from '@fitflow/contract/session-changes.ts'
import { anAvailability } from '../../test/availability.ts'
import { aDatabase } from '../../test/database.ts'
import { aServer, type Told } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession, aTemplate } from '../../test/world.ts'

// 11 January 2027, 09:00; the studio is closed on the 20th from noon to six.
const { db } = await aDatabase()
const server = await aServer(db)
const admin = await anAdmin(db)
const day = '2027-01-20'
const at = (time: string) => `${day}T${time}:00Z`
const close = (startsAt: string, endsAt: string, reason = 'Works') => server.ask(admin, 'POST', '/api/v1/admin/closures', { body: { startsAt, endsAt, reason } })
const closure = (await close(at('12:00'), at('18:00'))).json as { id: string }
const refused = {
  code: 'studio-closed',
  detail: 'The studio is closed then: “Works”, 12:00 to 18:00 on 20 January 2027. Choose another time, or have the closure lifted first.',
  closure: { id: closure.id, startsAt: at('12:00'), endsAt: at('18:00'), reason: 'Works', liftedAt: null },
}

const aClass = (time: string, status: 'draft' | 'published' | 'cancelled' = 'published') => aSession(db, { startsAt: Temporal.Instant.from(at(time)), status })
const change = (id: string, body: object) => server.ask(admin, 'PATCH', `/api/v1/admin/sessions/${id}`, { body })
const preview = async (id: string, query: Record<string, string>) =>
  (await server.ask(admin, 'GET', `/api/v1/admin/sessions/${id}/change-preview?${new URLSearchParams(query)}`)).json as ChangePreview

/** Each brings an hour's session to that time by another door. */
const doors: Record<string, (time: string) => Promise<Told>> = {
  'makes a draft': async time => server.ask(admin, 'POST', '/api/v1/admin/sessions', { body: { templateId: (await aTemplate(db)).id, startsAt: at(time) } }),
  'moves a class': async time => change((await aClass('08:00')).id, { startsAt: at(time) }),
  'moves a draft': async time => change((await aClass('08:00', 'draft')).id, { startsAt: at(time) }),
  'publishes a draft': async time => change((await aClass(time, 'draft')).id, { status: 'published' }),
  'publishes a cancelled class again': async time => change((await aClass(time, 'cancelled')).id, { status: 'published' }),
  'books a client into a 1:1': async time => {
    const client = await aMember(db)
    await aLot(db, client)
    const body = { userId: client.id, startsAt: at(time), means: { method: 'any' } }
    return server.ask(admin, 'POST', `/api/v1/admin/availabilities/${(await anAvailability(db)).id}/bookings`, { body })
  },
}

test.each(Object.entries(doors))('whoever %s inside a closure is refused, and not where it only meets one', async (_, door) => {
  for (const inside of ['11:01', '14:00', '17:59']) expect((await door(inside)).problem).toMatchObject(refused)
  for (const beside of ['11:00', '18:00']) expect((await door(beside)).status).toBeLessThan(300)
})

test('the preview of a move and of a publication says it before', async () => {
  const [coming, draft] = [await aClass('08:00'), await aClass('14:00', 'draft')]
  const no = { refusals: [{ code: 'studio-closed', detail: refused.detail }], people: [], sentence: refused.detail }
  expect(await preview(coming.id, { startsAt: at('17:59') })).toMatchObject(no)
  expect(await preview(draft.id, { status: 'published' })).toMatchObject(no)
  expect((await preview(coming.id, { startsAt: at('18:00') })).refusals).toEqual([])
  expect((await preview(draft.id, { status: 'cancelled' })).refusals).toEqual([])
})

test('once the closure is lifted, the same is done', async () => {
  const lifted = (await close('2027-01-21T00:00:00Z', '2027-01-22T00:00:00Z', 'A holiday')).json as { id: string }
  const body = { templateId: (await aTemplate(db)).id, startsAt: '2027-01-21T09:00:00Z' }
  const told = await server.ask(admin, 'POST', '/api/v1/admin/sessions', { body })
  // Whole days are said without hours.
  expect(told.problem.detail).toContain('“A holiday”, 21 January 2027.')
  await server.ask(admin, 'DELETE', `/api/v1/admin/closures/${lifted.id}`)
  expect((await server.ask(admin, 'POST', '/api/v1/admin/sessions', { body })).status).toBe(201)
})

test('a second closure inside one that stands would close nothing, and is refused; one that reaches beyond it is made', async () => {
  const already = { code: 'studio-closed', closure: { id: closure.id } }
  for (const [from, to] of [['12:00', '18:00'], ['13:00', '14:00']] as const) {
    expect((await close(at(from), at(to))).problem).toMatchObject(already)
    const shown = await server.ask(admin, 'GET', `/api/v1/admin/closures-preview?${new URLSearchParams({ startsAt: at(from), endsAt: at(to) })}`)
    expect(shown.problem).toMatchObject(already)
  }
  const wider = await close('2027-01-20T12:00:00Z', '2027-01-20T18:01:00Z')
  expect(wider.status).toBe(201)
  await server.ask(admin, 'DELETE', `/api/v1/admin/closures/${(wider.json as { id: string }).id}`)
})
