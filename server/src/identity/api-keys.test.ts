// Keys for machines: told once, scoped, and ended at once.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ApiKeyMade } from '@fitflow/contract/identity.ts'
import { aDatabase } from '../../test/database.ts'
import { aServer } from '../../test/server.ts'
import { aMember, anAdmin, type Person } from '../../test/world.ts'

const { db } = await aDatabase()
const server = await aServer(db)
const path = '/api/v1/me/api-keys'

async function aKey(person: Person, scope: 'read' | 'write'): Promise<ApiKeyMade & { key: string }> {
  const { json } = await server.ask(person, 'POST', path, { body: { name: 'Front door', scope } })
  return json as ApiKeyMade & { key: string }
}

test('a key is told once: its record, its replay and its list know only how it begins', async () => {
  const member = await aMember(db)
  const asked = { body: { name: 'Front door', scope: 'read' }, key: randomUUID() }
  const made = (await server.ask(member, 'POST', path, asked)).json as ApiKeyMade
  expect(made.key).toMatch(/^ffk_[\w-]{43}$/)
  const replayed = await server.ask(member, 'POST', path, asked)
  expect(replayed.headers.get('idempotency-replayed')).toBe('true')
  expect(replayed.json).toEqual({ ...made, key: null })
  const { key: _, ...known } = made
  expect((await server.ask(member, 'GET', path)).json).toEqual({ items: [known] })
  const kept = JSON.stringify(await db.sql`select k.*, i.body from api_keys k, idempotency_keys i`)
  expect(kept).toContain(made.hint)
  expect(kept).not.toContain(made.key!.slice(10))
})

test('a key acts with the rank of whoever made it, within its scope', async () => {
  const admin = await anAdmin(db)
  const [reader, writer] = [await aKey(admin, 'read'), await aKey(admin, 'write')]
  const member = await aMember(db)
  const rename = { body: { name: 'Renamed' } }
  expect((await server.ask(reader.key, 'GET', '/api/v1/admin/users')).status).toBe(200)
  expect((await server.ask(reader.key, 'PATCH', `/api/v1/admin/users/${member.id}`, rename)).status).toBe(403)
  expect((await server.ask(writer.key, 'PATCH', `/api/v1/admin/users/${member.id}`, rename)).status).toBe(200)
  expect((await server.ask((await aKey(member, 'write')).key, 'GET', '/api/v1/admin/users')).status).toBe(403)
})

test('a key makes no other keys and ends none', async () => {
  const member = await aMember(db)
  const { key, id } = await aKey(member, 'write')
  expect((await server.ask(key, 'POST', path, { body: { name: 'Another', scope: 'write' } })).status).toBe(403)
  expect((await server.ask(key, 'DELETE', `${path}/${id}`)).status).toBe(403)
})

test('a revoked key opens nothing any more; only its owner can revoke it', async () => {
  const member = await aMember(db)
  const { key, id } = await aKey(member, 'read')
  expect((await server.ask(key, 'GET', '/api/v1/me')).status).toBe(200)
  expect((await server.ask(await aMember(db), 'DELETE', `${path}/${id}`)).status).toBe(404)
  expect((await server.ask(member, 'DELETE', `${path}/${id}`)).status).toBe(204)
  await expect.poll(async () => (await server.ask(key, 'GET', '/api/v1/me')).status).toBe(401)
})

test('a key whose time is over opens nothing', async () => {
  const { key, id } = await aKey(await aMember(db), 'read')
  await db.sql`update api_keys set expires_at = now() - interval '1 second' where id = ${id}`
  expect((await server.ask(key, 'GET', '/api/v1/me')).status).toBe(401)
})
