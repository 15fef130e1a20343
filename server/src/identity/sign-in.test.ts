// How people come in and leave: passwords, links, cookies and tokens, and what stops those who guess.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aServer } from '../../test/server.ts'
import { transact } from '../platform/tx.ts'
import { system } from '../../test/world.ts'
import { createUsers } from './create-users.ts'
import { hashPassword } from './password.ts'

const { db } = await aDatabase()
const server = await aServer(db)
const real = await aServer(db, { config: { demoAllowed: false } })
const secure = await aServer(db, { config: { publicUrl: 'https://studio.example' } })
const password = 'correct horse battery'
const passwordHash = await hashPassword(password)

let made = 0
async function anAccount({ demo = false } = {}): Promise<string> {
  const email = `somebody${++made}@example.test`
  await transact(db, system, {}, tx => createUsers(tx, [{ email, name: 'Some Body', role: 'client', passwordHash, demo }]))
  return email
}
const signIn = (email: string, given = password) =>
  server.ask(null, 'POST', '/api/auth/sign-in/email', { key: null, body: { email, password: given } })
const me = (headers: Record<string, string>) => server.ask(null, 'GET', '/api/v1/me', { headers })

test('a sign-in answers token and person, sets the cookie, and names the token in a header', async () => {
  const email = await anAccount()
  const { status, json, headers } = await signIn(email)
  expect(status).toBe(200)
  expect(json).toMatchObject({ token: expect.any(String) as string, user: { id: expect.any(String) as string, name: 'Some Body', email, role: 'client' } })
  const { token } = json as { token: string }
  const signed = headers.get('set-auth-token')!
  const [cookie] = headers.getSetCookie()
  expect(cookie).toMatch(/^fitflow\.session_token=.*; HttpOnly; SameSite=Lax$/)
  expect(cookie).not.toContain('Secure')
  for (const authorization of [`Bearer ${token}`, `Bearer ${signed}`]) {
    expect((await me({ authorization })).json).toMatchObject({ email })
  }
  expect((await me({ cookie: cookie!.split(';')[0]! })).json).toMatchObject({ email })
})

test('a sign-up makes a client, whatever rank it asks for', async () => {
  const body = { email: 'New@Example.test', password, name: 'New Comer', role: 'admin', demo: true }
  const { json } = await server.ask(null, 'POST', '/api/auth/sign-up/email', { key: null, body })
  expect(json).toMatchObject({ user: { role: 'client', email: 'new@example.test' } })
  const rows = await db.sql`select role, demo from users where email = 'new@example.test'`
  expect(rows[0]).toEqual({ role: 'client', demo: false })
})

test.each([
  [{ name: ' ' }, 'body/name'],
  [{ name: 'x'.repeat(101) }, 'body/name'],
  [{ password: 'short' }, 'body/password'],
  [{ email: 'nonsense' }, 'body/email'],
  [{ name: 'a\0b' }, 'body'],
])('a sign-up with %o is refused, and makes nobody', async (wrong, path) => {
  const body = { email: 'refused@example.test', password, name: 'Re Fused', ...wrong }
  const { status, problem } = await server.ask(null, 'POST', '/api/auth/sign-up/email', { key: null, body })
  expect(status).toBe(400)
  expect(problem).toMatchObject({ code: 'invalid-request', errors: [{ path }] })
  expect(await db.sql`select id from users where email = 'refused@example.test'`).toHaveLength(0)
})

test('an address that has an account is refused with its code', async () => {
  const body = { email: await anAccount(), password, name: 'Some Body' }
  const { status, problem } = await server.ask(null, 'POST', '/api/auth/sign-up/email', { key: null, body })
  expect([status, problem.code]).toEqual([409, 'email-taken'])
})

test('a wrong password and an unknown address get the same answer', async () => {
  const { traceId: _, ...wrong } = (await signIn(await anAccount(), 'wrong horse battery')).problem
  const { traceId: __, ...unknown } = (await signIn('nobody@example.test')).problem
  expect(wrong).toMatchObject({ status: 401, code: 'unauthenticated' })
  expect(unknown).toEqual(wrong)
})

test('the eleventh failure in a minute is refused, and even the right password waits; other accounts do not', async () => {
  const email = await anAccount()
  expect((await signIn(email)).status).toBe(200)
  const guesses = await Promise.all(Array.from({ length: 12 }, (_, at) => signIn(email, `guess number ${at}`)))
  const statuses = guesses.map(guess => guess.status).sort()
  expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429])
  const { status, problem } = await signIn(email)
  expect([status, problem.code]).toEqual([429, 'rate-limited'])
  expect((await signIn(await anAccount())).status).toBe(200)
})

test('whoever signs out is out with the answer', async () => {
  const { json } = await signIn(await anAccount())
  const { token } = json as { token: string }
  const authorization = `Bearer ${token}`
  expect((await me({ authorization })).status).toBe(200)
  expect((await server.ask(token, 'POST', '/api/auth/sign-out', { key: null })).status).toBe(200)
  expect((await me({ authorization })).status).toBe(401)
})

test('a reset link sets a new password once, and ends every session of the old one', async () => {
  const email = await anAccount()
  const { token } = (await signIn(email)).json as { token: string }
  await server.ask(null, 'POST', '/api/auth/request-password-reset', { key: null, body: { email } })
  const link = new URL(server.letters.findLast(letter => letter.to === email)!.link)
  expect(link.pathname).toBe('/reset-password')
  const body = { token: link.searchParams.get('token'), newPassword: 'a new horse battery' }
  const reset = () => server.ask(null, 'POST', '/api/auth/reset-password', { key: null, body })
  expect((await reset()).status).toBe(200)
  await expect.poll(async () => (await me({ authorization: `Bearer ${token}` })).status).toBe(401)
  expect((await signIn(email)).status).toBe(401)
  expect((await signIn(email, body.newPassword)).status).toBe(200)
  expect((await reset()).problem).toMatchObject({ code: 'invalid-request', errors: [{ path: 'body/token' }] })
})

test('asking for a reset tells nobody who has an account, and is held back like a failed sign-in', async () => {
  const email = await anAccount()
  const ask = (address: string) => server.ask(null, 'POST', '/api/auth/request-password-reset', { key: null, body: { email: address } })
  expect((await ask(email)).text).toBe((await ask('nobody@example.test')).text)
  for (let times = 1; times < 10; times++) await ask(email)
  expect((await ask(email)).status).toBe(429)
})

test('a changed password signs out every other session', async () => {
  const email = await anAccount()
  const [here, elsewhere] = [await signIn(email), await signIn(email)].map(({ json }) => (json as { token: string }).token)
  expect((await server.ask(elsewhere!, 'GET', '/api/v1/me')).status).toBe(200)
  const body = { currentPassword: password, newPassword: 'a new horse battery' }
  expect((await server.ask(here!, 'POST', '/api/auth/change-password', { key: null, body })).status).toBe(200)
  await expect.poll(async () => (await server.ask(elsewhere!, 'GET', '/api/v1/me')).status).toBe(401)
})

/** What scans mails does with a link: it opens what is there, and more than once. */
async function scan(link: URL): Promise<void> {
  for (const path of [link.pathname, '/api/auth/magic-link/verify', '/api/auth/verify-email']) {
    for (let times = 1; times <= 2; times++) await server.ask(null, 'GET', path + link.search)
  }
}

test('a magic link that was scanned still signs in, and once', async () => {
  const email = await anAccount()
  await server.ask(null, 'POST', '/api/auth/sign-in/magic-link', { key: null, body: { email, callbackURL: '/bookings' } })
  const link = new URL(server.letters.findLast(letter => letter.about === 'magic-link')!.link)
  expect([link.pathname, link.searchParams.get('return')]).toEqual(['/sign-in/link', '/bookings'])
  await scan(link)
  const follow = () => server.ask(null, 'POST', '/api/auth/magic-link/verify', { key: null, body: { token: link.searchParams.get('token') } })
  const [first, second] = [await follow(), await follow()]
  expect([first.status, second.headers.getSetCookie()]).toEqual([200, []])
  expect((await me({ authorization: `Bearer ${first.headers.get('set-auth-token')}` })).json).toMatchObject({ email })
  expect(second.problem).toMatchObject({ code: 'invalid-request', errors: [{ path: 'body/token' }] })
})

test('a magic link to an address without an account says so, and signs nobody in', async () => {
  await server.ask(null, 'POST', '/api/auth/sign-in/magic-link', { key: null, body: { email: 'stranger@example.test' } })
  const link = new URL(server.letters.findLast(letter => letter.to === 'stranger@example.test')!.link)
  const { problem, headers } = await server.ask(null, 'POST', '/api/auth/magic-link/verify', { key: null, body: { token: link.searchParams.get('token') } })
  expect([problem.code, problem['reason'], headers.getSetCookie()]).toEqual(['forbidden', 'no-account', []])
})

test('a link that confirms an address does so by its token alone, and not by being scanned', async () => {
  const email = 'unproven@example.test'
  await server.ask(null, 'POST', '/api/auth/sign-up/email', { key: null, body: { email, password, name: 'Un Proven' } })
  const link = new URL(server.letters.findLast(letter => letter.about === 'email-verification')!.link)
  const confirmed = async () => (await db.sql<{ it: boolean }[]>`select email_verified as it from users where email = ${email}`)[0]?.it
  const follow = (token: string | null) => server.ask(null, 'POST', '/api/auth/verify-email', { key: null, body: { token } })
  expect(link.pathname).toBe('/confirm')
  await scan(link)
  expect((await follow('none')).problem).toMatchObject({ code: 'invalid-request', errors: [{ path: 'body/token' }] })
  expect(await confirmed()).toBe(false)
  expect((await follow(link.searchParams.get('token'))).status).toBe(200)
  expect(await confirmed()).toBe(true)
})

test('a page elsewhere cannot use the cookie for signing out', async () => {
  const { headers } = await signIn(await anAccount())
  const cookie = headers.getSetCookie()[0]!.split(';')[0]!
  const leave = (origin: string) => server.ask(null, 'POST', '/api/auth/sign-out', { key: null, headers: { cookie, origin } })
  expect((await leave('https://evil.example')).status).toBe(403)
  expect((await me({ cookie })).status).toBe(200)
  expect((await leave(server.origin)).status).toBe(200)
})

test('demo accounts sign in where the demo is allowed, and nowhere else', async () => {
  const email = await anAccount({ demo: true })
  const { token } = (await signIn(email)).json as { token: string }
  const body = { email, password }
  expect((await real.ask(null, 'POST', '/api/auth/sign-in/email', { key: null, body })).status).toBe(403)
  expect((await real.ask(token, 'GET', '/api/v1/me')).status).toBe(401)
  expect((await server.ask(token, 'GET', '/api/v1/me')).status).toBe(200)
})

test('behind https the cookie goes nowhere else', async () => {
  const body = { email: await anAccount(), password }
  const { headers } = await secure.ask(null, 'POST', '/api/auth/sign-in/email', { key: null, body })
  const [cookie = ''] = headers.getSetCookie()
  expect(cookie).toMatch(/^__Secure-fitflow\.session_token=.*; Secure/)
  expect((await secure.ask(null, 'GET', '/api/v1/me', { headers: { cookie: cookie.split(';')[0]! } })).status).toBe(200)
})
