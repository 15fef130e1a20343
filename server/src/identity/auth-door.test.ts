// The sign-in library behind our door: what is let out of it, and that no wrong input brings it down.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aServer } from '../../test/server.ts'
import { aMember } from '../../test/world.ts'

const { db } = await aDatabase()
const server = await aServer(db, { settings: { failedSignInsPerAccountPerMinute: 1_000_000, failedSignInsPerAddressPerMinute: 1_000_000 } })
const member = await aMember(db)

const posts = [
  '/sign-up/email',
  '/sign-in/email',
  '/sign-in/magic-link',
  '/magic-link/verify',
  '/sign-out',
  '/request-password-reset',
  '/reset-password',
  '/change-password',
  '/send-verification-email',
  '/verify-email',
  '/update-user',
  '/revoke-session',
  '/revoke-other-sessions',
]

const raws = [
  '',
  'null',
  '[]',
  '"text"',
  '{',
  '{}',
  '{"__proto__":{"role":"admin"}}',
  String.raw`{"email":"a\u0000@example.test","password":"a\u0000","name":"a\u0000","token":"a\u0000"}`,
  '{"email":{"$ne":1},"password":["x"],"name":{},"token":1,"newPassword":null}',
  `{"email":"${'x'.repeat(10_000)}@example.test","password":"${'x'.repeat(10_000)}","name":"${'x'.repeat(10_000)}","token":"${'x'.repeat(10_000)}","newPassword":"${'x'.repeat(10_000)}","image":"${'x'.repeat(10_000)}"}`,
  `{"email":"' or 1=1 --@example.test","password":"' or 1=1 --","name":"'; drop table users; --","token":"' or 1=1","newPassword":"' or 1=1 --","callbackURL":"https://evil.example","redirectTo":"https://evil.example"}`,
  '{"role":"admin","demo":true,"emailVerified":true,"id":"x"}',
]

test.each(posts)('%s takes wrong input without a fault, and refuses with a problem', async path => {
  for (const raw of raws) {
    for (const as of [null, member]) {
      const told = await server.ask(as, 'POST', `/api/auth${path}`, { raw, key: null })
      expect(told.status, raw).toBeLessThan(500)
      expect(told.status < 400 || told.problem.status === told.status, told.text).toBe(true)
    }
  }
  expect(await db.sql`select id from users where role = 'admin' or demo`).toEqual([])
})

test('a link in a letter leads to our own pages only', async () => {
  const body = { email: member.email, redirectTo: 'https://evil.example/reset' }
  expect((await server.ask(null, 'POST', '/api/auth/request-password-reset', { key: null, body })).status).toBe(403)
})

test.each(['/delete-user', '/verify-password', '/sign-in/social', '/change-email', '/list-accounts', '/update-session', '/nonsense'])(
  '%s of the library is not there',
  async path => {
    for (const method of ['GET', 'POST']) {
      const told = await server.ask(member, method, `/api/auth${path}`, { key: null })
      expect([told.status, told.problem.code]).toEqual([404, 'not-found'])
    }
  },
)

test('nobody is anybody to get-session, and that is no error', async () => {
  const { status, json } = await server.ask(null, 'GET', '/api/auth/get-session')
  expect([status, json]).toEqual([200, null])
})
