// Whose a token is: asked once, remembered, and forgotten the moment it changes.
import { afterAll, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aMember, type Person } from '../../test/world.ts'
import { systemClock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { openPrincipalMemory } from './principal-memory.ts'
import { digestOf, openPrincipals } from './principals.ts'

const { db } = await aDatabase()

/** The same database, counting the statements sent through `sql`. */
let asked = 0
const sql = new Proxy(db.sql, {
  apply: (target, self, statement) => {
    asked++
    return Reflect.apply(target, self, statement) as unknown
  },
})
const counted: Database = { ...db, sql }

const here = await openPrincipals(counted, { demoAllowed: true })
const elsewhere = await openPrincipals(db, { demoAllowed: true })
afterAll(async () => {
  await here.close()
  await elsewhere.close()
})

let made = 0
async function aToken({ id }: Person, life = '1 day'): Promise<string> {
  const token = `token-number-${++made}`
  await db.sql`
    insert into auth_sessions (user_id, token, expires_at, created_at, updated_at)
    values (${id}, ${token}, now() + ${life}::interval, now(), now())`
  return token
}

test('a warm session costs no query', async () => {
  const member = await aMember(db)
  const token = await aToken(member)
  expect(here.recall(token)).toBeUndefined()
  const before = asked
  await here.lookUp(token)
  expect(asked).toBe(before + 1)
  for (let times = 0; times < 1000; times++) expect(here.recall(token)).toMatchObject({ userId: member.id, role: 'client' })
  expect(asked).toBe(before + 1)
})

test('a token that nobody has is nobody, and is not remembered', async () => {
  expect(await here.lookUp('nobody’s')).toBeNull()
  expect(here.recall('nobody’s')).toBeUndefined()
})

test('a session that has run out is nobody', async () => {
  expect(await here.lookUp(await aToken(await aMember(db), '-1 second'))).toBeNull()
})

const changes = {
  'a new rank': ({ id }: Person) => db.sql`update users set role = 'trainer' where id = ${id}`,
  'a revoked session': ({ id }: Person) => db.sql`delete from auth_sessions where user_id = ${id}`,
  'a changed password': ({ id }: Person) => db.sql`update auth_accounts set password = 'new' where user_id = ${id}`,
}

test.each(Object.entries(changes))('%s is forgotten in every process', async (_, change) => {
  const member = await aMember(db)
  const token = await aToken(member)
  await db.sql`
    insert into auth_accounts (user_id, account_id, provider_id, password, created_at, updated_at)
    values (${member.id}, ${member.id}, 'credential', 'old', now(), now())`
  for (const process of [here, elsewhere]) {
    await process.lookUp(token)
    expect(process.recall(token)).toBeDefined()
  }
  await change(member)
  await expect.poll(() => [here.recall(token), elsewhere.recall(token)]).toEqual([undefined, undefined])
})

test('what a lost connection may have missed is forgotten', async () => {
  const token = await aToken(await aMember(db))
  await here.lookUp(token)
  await db.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where query ilike 'listen%' and datname = current_database() and pid <> pg_backend_pid()`
  await expect.poll(() => here.recall(token), { timeout: 10_000 }).toBeUndefined()
})

const client = { userId: 'u' as never, role: 'client', via: 'session', scope: 'write' } as const

test('nothing is trusted for longer than a minute, or than its token lives', () => {
  let nowMs = 0
  const memory = openPrincipalMemory({ ...systemClock, monotonicMs: () => nowMs })
  memory.remember(digestOf('long'), client, 1_000_000)
  memory.remember(digestOf('short'), client, 10)
  nowMs = 9
  expect(memory.get(digestOf('short'))).toBe(client)
  nowMs = 10
  expect(memory.get(digestOf('short'))).toBeUndefined()
  nowMs = 59_999
  expect(memory.get(digestOf('long'))).toBe(client)
  nowMs = 60_000
  expect(memory.get(digestOf('long'))).toBeUndefined()
})

test('an answer that is older than a change is not remembered', async () => {
  const member = await aMember(db)
  const token = await aToken(member)
  const answer = here.lookUp(token)
  here.forgetUser(member.id)
  expect(await answer).toMatchObject({ role: 'client' })
  expect(here.recall(token)).toBeUndefined()
})
