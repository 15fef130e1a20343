// What is edited is what was read, when the reader says so by `If-Match`: people, queues, templates' classes, closures.
import { expect, test } from 'vitest'
import type { Closure } from '@fitflow/contract/closures.ts'
import type { User } from '@fitflow/contract/identity.ts'
import type { WaitlistForStaff } from '@fitflow/contract/booking.ts'
import { aDatabase } from '../../test/database.ts'
import { aServer, type Told } from '../../test/server.ts'
import { aMember, anAdmin, aSession, aTemplate, aTrainer } from '../../test/world.ts'

const { db, clock } = await aDatabase()
const { ask } = await aServer(db)
const admin = await anAdmin(db)
const trainer = await aTrainer(db)

const tagOf = async (path: string) => (await ask(admin, 'GET', `/api/v1${path}`)).headers.get('etag') ?? ''
const send = (method: string, path: string, { ifMatch, body }: { ifMatch: string; body?: object }) =>
  ask(admin, method as 'PATCH', `/api/v1${path}`, { ...(body ? { body } : {}), headers: { 'if-match': ifMatch } })
const stale = ({ status, problem }: Told) => [status, problem.code]
const no = [412, 'precondition-failed']

test('a person is changed only as they were read', async () => {
  const path = `/admin/users/${(await aMember(db, 'Mia')).id}`
  const ifMatch = await tagOf(path)
  expect((await send('PATCH', path, { ifMatch, body: { name: 'Mia One' } })).status).toBe(200)
  expect(stale(await send('PATCH', path, { ifMatch, body: { name: 'Mia Two' } }))).toEqual(no)
  expect(((await ask(admin, 'GET', `/api/v1${path}`)).json as User).name).toBe('Mia One')
  expect((await send('PATCH', path, { ifMatch: '*', body: { name: 'Mia Three' } })).status).toBe(200)
  expect((await send('PATCH', path, { ifMatch: await tagOf(path), body: { role: 'trainer' } })).status).toBe(200)
})

test('somebody begins and ends to teach only as they were read', async () => {
  const path = `/admin/users/${(await aMember(db, 'Tom')).id}`
  const ifMatch = await tagOf(path)
  expect((await send('PUT', `${path}/trainer-profile`, { ifMatch, body: { bio: 'Calm' } })).status).toBe(200)
  expect(stale(await send('PUT', `${path}/trainer-profile`, { ifMatch, body: { bio: 'Loud' } }))).toEqual(no)
  expect(stale(await send('DELETE', `${path}/trainer-profile`, { ifMatch }))).toEqual(no)
  expect((await ask(admin, 'GET', `/api/v1${path}`)).json).toMatchObject({ bio: 'Calm', teaches: true })
  expect((await send('DELETE', `${path}/trainer-profile`, { ifMatch: await tagOf(path) })).status).toBe(204)
})

test('a waitlist is paused, put in order, made longer and shorter only as it was read', async () => {
  const { id } = await aSession(db, { trainerId: trainer.id })
  const [path, read] = [`/admin/waitlist/${id}`, `/waitlist/${id}`]
  const ifMatch = await tagOf(read)
  expect((await send('PATCH', path, { ifMatch, body: { paused: true } })).status).toBe(200)
  expect(stale(await send('PATCH', path, { ifMatch, body: { paused: false } }))).toEqual(no)
  expect(((await ask(admin, 'GET', `/api/v1${read}`)).json as WaitlistForStaff).paused).toBe(true)
  expect(stale(await send('POST', `${path}/reorder`, { ifMatch, body: { entryId: id, before: null } }))).toEqual(no)
  expect(stale(await send('DELETE', `${path}/entries/${id}`, { ifMatch }))).toEqual(no)
  expect(stale(await send('POST', `${path}/entries`, { ifMatch, body: { userId: admin.id } }))).toEqual(no)
  expect((await send('PATCH', path, { ifMatch: await tagOf(read), body: { paused: false } })).status).toBe(200)
})

test('a template’s coming classes take it over only as it was read', async () => {
  const { id } = await aTemplate(db, { trainerId: trainer.id })
  const path = `/admin/templates/${id}`
  const ifMatch = await tagOf(`${path}/apply-preview`)
  expect((await send('POST', `${path}/apply`, { ifMatch, body: {} })).status).toBe(200)
  expect((await send('PATCH', path, { ifMatch, body: { defaultCapacity: 3 } })).status).toBe(200)
  expect(stale(await send('POST', `${path}/apply`, { ifMatch, body: {} }))).toEqual(no)
  expect((await send('POST', `${path}/apply`, { ifMatch: await tagOf(`${path}/apply-preview`), body: {} })).status).toBe(200)
})

test('a closure, which is only read in lists, is lifted on no reading in particular', async () => {
  const [from, to] = [clock.now().add({ hours: 900 }), clock.now().add({ hours: 905 })]
  const { id } = (await ask(admin, 'POST', '/api/v1/admin/closures', { body: { startsAt: String(from), endsAt: String(to), reason: 'A new floor' } })).json as Closure
  expect(stale(await send('DELETE', `/admin/closures/${id}`, { ifMatch: '"v1"' }))).toEqual(no)
  const { items } = (await ask(admin, 'GET', '/api/v1/admin/closures')).json as { items: Closure[] }
  expect(items.map(one => one.id)).toContain(id)
  expect((await send('DELETE', `/admin/closures/${id}`, { ifMatch: '*' })).status).toBe(200)
})
