// What admins see of people and change about them.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aServer } from '../../test/server.ts'
import { aMember, anAdmin, aTrainer, system } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { changeUser } from './change-user.ts'

const { db } = await aDatabase()
const server = await aServer(db)
const admin = await anAdmin(db)

type List = { items: { id: string; name: string; teaches?: boolean }[]; nextCursor: string | null }

async function everyName(as: typeof admin | null, path: string): Promise<string[]> {
  const names: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { json } = await server.ask(as, 'GET', `${path}limit=3${cursor && `&cursor=${cursor}`}`)
    const { items, nextCursor } = json as List
    names.push(...items.map(item => item.name))
    cursor = nextCursor
  }
  return names
}

test('the list of users goes through everybody once, by name as people sort names', async () => {
  for (const name of ['Zoë Quick', 'Álvaro Quick', 'alba Quick', 'Zoe Quick', 'Óscar Quick', 'Zoe Quick', '100% Quick']) await aMember(db, name)
  const sorted = ['100% Quick', 'alba Quick', 'Álvaro Quick', 'Óscar Quick', 'Zoe Quick', 'Zoe Quick', 'Zoë Quick']
  expect(await everyName(admin, '/api/v1/admin/users?search=quick&')).toEqual(sorted)
  expect(await everyName(admin, `/api/v1/admin/users?search=${encodeURIComponent('100%')}&`)).toEqual(['100% Quick'])
  expect(await everyName(admin, '/api/v1/admin/users?role=admin&')).toEqual([admin.name])
})

test('a new rank holds with the answer, and the audit says who gave it', async () => {
  const member = await aMember(db)
  expect((await server.ask(member, 'GET', '/api/v1/admin/users')).status).toBe(403)
  const changed = await server.ask(admin, 'PATCH', `/api/v1/admin/users/${member.id}`, { body: { role: 'admin', name: 'Promoted' } })
  expect(changed.json).toMatchObject({ id: member.id, role: 'admin', name: 'Promoted', teaches: false })
  expect((await server.ask(member, 'GET', '/api/v1/admin/users')).status).toBe(200)
  const [entry] = await db.sql`select user_id, action, details from audit_log where entity_id = ${member.id}`
  expect(entry).toEqual({ userId: admin.id, action: 'changed', details: { role: { was: 'client', is: 'admin' }, nameChanged: true } })
  await server.ask(admin, 'PATCH', `/api/v1/admin/users/${member.id}`, { body: { role: 'client' } })
  expect((await server.ask(member, 'GET', '/api/v1/admin/users')).status).toBe(403)
})

test('what an admin changes is decided on the rank they have now, not on the one remembered', async () => {
  const second = await anAdmin(db, 'Bea Second')
  const member = await aMember(db)
  const promote = () => server.ask(second, 'PATCH', `/api/v1/admin/users/${member.id}`, { body: { role: 'trainer' } })
  expect((await promote()).status).toBe(200)
  // Without its triggers nobody is told, as while the connection that listens is down.
  await db.sql`alter table users disable trigger users_announce`
  await db.sql`update users set role = 'client' where id = ${second.id}`
  await db.sql`alter table users enable trigger users_announce`
  expect((await server.ask(second, 'GET', '/api/v1/admin/users')).status).toBe(200)
  expect((await promote()).status).toBe(403)
})

test('the last admin stays one', async () => {
  const { status, problem } = await server.ask(admin, 'PATCH', `/api/v1/admin/users/${admin.id}`, { body: { role: 'client' } })
  expect([status, problem.code]).toEqual([409, 'last-admin'])
})

test('two admins who demote each other at once leave one', async () => {
  const second = await anAdmin(db, 'Bea Second')
  const demote = (id: typeof admin.id) => transact(db, system, {}, tx => changeUser(tx, id, { role: 'client' }))
  const results = await Promise.allSettled([demote(admin.id), demote(second.id)])
  expect(results.map(result => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  const admins = await db.sql`select id from users where role = 'admin'`
  expect(admins).toHaveLength(1)
  await db.sql`update users set role = 'admin' where id = ${admin.id}`
})

test('somebody teaches from their profile on until it is retired, whatever their rank', async () => {
  const member = await aMember(db, 'Tina Teaches')
  const path = `/api/v1/admin/users/${member.id}/trainer-profile`
  expect((await server.ask(admin, 'PUT', path, { body: { bio: 'Lifts.' } })).json).toEqual({ id: member.id, name: 'Tina Teaches', bio: 'Lifts.' })
  expect(await everyName(null, '/api/v1/trainers?')).toContain('Tina Teaches')
  expect((await server.ask(member, 'GET', '/api/v1/me')).json).toMatchObject({ role: 'client', trainerProfile: { bio: 'Lifts.' } })
  expect((await server.ask(admin, 'DELETE', path)).status).toBe(204)
  expect(await everyName(null, '/api/v1/trainers?')).not.toContain('Tina Teaches')
  expect((await server.ask(admin, 'DELETE', path)).problem.code).toBe('not-found')
  // Their words wait for them, should they teach again.
  expect((await server.ask(admin, 'GET', `/api/v1/admin/users/${member.id}`)).json).toMatchObject({ teaches: false, bio: 'Lifts.' })
})

test('a trainer sees the public list, not the users', async () => {
  const trainer = await aTrainer(db)
  expect((await server.ask(trainer, 'GET', '/api/v1/trainers')).status).toBe(200)
  expect((await server.ask(trainer, 'GET', '/api/v1/admin/users')).status).toBe(403)
})
