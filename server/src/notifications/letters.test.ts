// Sign-in mails: by the mail server when there is one, by the console otherwise, and in the demo where admins read them; never a row.
import { afterAll, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aPostOffice } from '../../test/post-office.ts'
import { aServer } from '../../test/server.ts'
import { aMember, anAdmin, type Person } from '../../test/world.ts'

const { db } = await aDatabase()
const office = await aPostOffice(afterAll)
const mailed = await aServer(db, { config: { smtpUrl: office.url, demoAllowed: false } })
const demo = await aServer(db, { config: { demoAllowed: true } })
const studio = await aServer(db, { config: { demoAllowed: false } })

type Server = typeof demo
const askForLink = (server: Server, { email }: Person) =>
  server.ask(null, 'POST', '/api/auth/sign-in/magic-link', { key: null, body: { email, callbackURL: '/' }, headers: { origin: server.origin } })

test('a link to sign in goes out by the mail server, and to nobody else', async () => {
  const [member, admin] = [await aMember(db), await anAdmin(db)]
  expect((await askForLink(mailed, member)).status).toBe(200)
  await expect.poll(() => office.taken.length).toBe(1)
  const [{ to, raw }] = office.taken as [typeof office.taken[0]]
  expect(to).toEqual([member.email])
  expect(raw).toMatch(/^Subject: Sign in/m)
  expect(raw.replaceAll('=\r\n', '')).toContain('/api/auth/magic-link/verify?token')
  expect(raw).not.toMatch(/List-Unsubscribe/i)
  expect(mailed.letters).toEqual([])
  expect((await mailed.ask(admin, 'GET', '/api/v1/admin/letters')).json).toEqual({ items: [] })
  expect(await db.sql`select from messages`).toHaveLength(0)
  expect(await db.sql`select from outbox`).toHaveLength(0)
})

test('the mail server being busy is waited for, and nobody who asks can tell', async () => {
  const member = await aMember(db)
  let refusals = 1
  office.refuse = () => (refusals-- > 0 ? 450 : undefined)
  const before = office.taken.length
  expect((await askForLink(mailed, member)).status).toBe(200)
  await expect.poll(() => office.taken.length, { timeout: 5000 }).toBe(before + 1)
})

test('without a mail server it is printed, and only in the demo do admins read it beside the outbox', async () => {
  const [member, admin] = [await aMember(db), await anAdmin(db)]
  for (const server of [demo, studio]) await askForLink(server, member)
  expect([demo.letters, studio.letters].map(letters => letters.map(one => [one.to, one.about]))).toEqual([[[member.email, 'magic-link']], [[member.email, 'magic-link']]])
  expect((await demo.ask(admin, 'GET', '/api/v1/admin/letters')).json).toMatchObject({ items: [{ to: member.email, about: 'magic-link', link: demo.letters[0]!.link }] })
  expect((await studio.ask(admin, 'GET', '/api/v1/admin/letters')).json).toEqual({ items: [] })
})
