// The settings that are felt over HTTP only: the studio's face, and how much one may ask of the server in a minute.
import { expect, test } from 'vitest'
import type { Settings } from '../src/schedule/settings.ts'
import { aDatabase } from './database.ts'
import { aServer, type TestServer, type Told } from './server.ts'
import { aLot, aMember, anAdmin, aSession } from './world.ts'

const { db } = await aDatabase()
const serverWith = (settings: Partial<Settings>) => aServer(db, { settings })
const wide = await serverWith({})
const signIn = { key: null, body: { email: 'somebody@example.test', password: 'not the password' } }

/** What the last of so many attempts is told. */
async function lastOf(times: number, attempt: (at: number) => Promise<Told>): Promise<number> {
  let status = 0
  for (let at = 0; at < times; at++) ({ status } = await attempt(at))
  return status
}

const oneHold = await serverWith({ holdsPerMinute: 1 })
test('so many new holds in a minute, and no more', async () => {
  const member = await aMember(db)
  await aLot(db, member)
  const sessions = await Promise.all([48, 60, 72, 84].map(hours => aSession(db, { startsAt: db.clock.now().add({ hours }) })))
  const hold = (server: TestServer, at: number) => server.ask(member, 'POST', `/api/v1/sessions/${sessions[at]!.id}/hold`)
  expect(await lastOf(2, at => hold(oneHold, at))).toBe(429)
  expect(await lastOf(2, at => hold(wide, at + 1))).toBe(201)
})

const tenRequests = await serverWith({ requestsPerMinute: 10 })
test('so many requests in a minute, and no more', async () => {
  const look = (server: TestServer) => server.ask(null, 'GET', '/api/v1/studio')
  expect(await lastOf(11, () => look(tenRequests))).toBe(429)
  expect(await lastOf(11, () => look(wide))).toBe(200)
})

const onceAnAccount = await serverWith({ failedSignInsPerAccountPerMinute: 1 })
const onceAnAddress = await serverWith({ failedSignInsPerAddressPerMinute: 1 })
test('so many failed sign-ins of one account in a minute, and so many from one address', async () => {
  const fail = (server: TestServer) => server.ask(null, 'POST', '/api/auth/sign-in/email', signIn)
  expect(await lastOf(2, () => fail(onceAnAccount))).toBe(429)
  expect(await lastOf(2, () => fail(onceAnAddress))).toBe(429)
  expect(await lastOf(2, () => fail(wide))).toBe(401)
})

test('the studio goes by its name and its colour', async () => {
  const face = { studioName: 'Ritmo', accentColor: '#7a1f3d' }
  expect((await wide.ask(await anAdmin(db), 'PATCH', '/api/v1/admin/settings', { body: face })).status).toBe(200)
  const shown = async () => (await wide.ask(null, 'GET', '/api/v1/studio')).json
  await expect.poll(shown, { timeout: 1000 }).toMatchObject({ name: 'Ritmo', accentColor: '#7a1f3d' })
})
