// Sign-in mails: by the mail server when there is one, by the console otherwise, and in the demo where admins read them; never a row.
import { afterAll, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aPostOffice } from '../../test/post-office.ts'
import { aServer } from '../../test/server.ts'
import { aMember, anAdmin, type Person } from '../../test/world.ts'
import { english } from './words-en.ts'
import { spanish } from './words-es.ts'

// Other tests may have the machine.
const eventually = { timeout: 10_000 }

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
  await expect.poll(() => office.taken.length, eventually).toBe(1)
  const [{ to, raw }] = office.taken as [typeof office.taken[0]]
  expect(to).toEqual([member.email])
  expect(raw).toMatch(/^Subject: Sign in/m)
  expect(raw.replaceAll('=\r\n', '')).toContain('/sign-in/link?token')
  expect(raw).not.toMatch(/List-Unsubscribe/i)
  expect(mailed.letters).toEqual([])
  expect((await mailed.ask(admin, 'GET', '/api/v1/admin/letters')).json).toEqual({ items: [] })
  expect(await db.sql`select from messages`).toHaveLength(0)
  expect(await db.sql`select from outbox`).toHaveLength(0)
})

const asks = {
  'password-reset': (email: string) => ({ path: '/api/auth/request-password-reset', body: { email, redirectTo: '/' } }),
  'email-verification': (email: string) => ({ path: '/api/auth/send-verification-email', body: { email, callbackURL: '/' } }),
  'magic-link': (email: string) => ({ path: '/api/auth/sign-in/magic-link', body: { email, callbackURL: '/' } }),
} as const
const abouts = Object.keys(asks) as (keyof typeof asks)[]

/** Quoted-printable as it was before. */
const plain = (raw: string) => Buffer.from(raw.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))), 'latin1').toString()

for (const [language, words] of [['en', english], ['es', spanish]] as const) {
  test.each(abouts)(`%s is written in the language of whoever reads it, as text and in the studio’s page: ${language}`, async about => {
    const member = await aMember(db, 'Ana Torres')
    if (about === 'email-verification') await db.sql`update users set email_verified = false where id = ${member.id}`
    expect((await mailed.ask(member, 'PATCH', '/api/v1/me/notification-preferences', { body: { language } })).status).toBe(200)
    const before = office.taken.length
    const { path, body } = asks[about](member.email)
    expect((await mailed.ask(null, 'POST', path, { key: null, body, headers: { origin: mailed.origin } })).status).toBe(200)
    await expect.poll(() => office.taken.length, eventually).toBe(before + 1)
    const [, text, html] = plain(office.taken.at(-1)!.raw).split('Content-Type: text/')
    const { headline, lead, button } = words.letters[about]
    expect(office.taken.at(-1)!.to).toEqual([member.email])
    for (const part of [headline, lead, button, words.notAsked]) {
      expect(text).toContain(part)
      expect(html).toContain(part)
    }
    expect(text).toContain(words.hello('Ana Torres'))
    expect(html).toContain(`<html lang="${language}"`)
    expect(html).toMatch(/href="http[^"]*token/)
    expect(text + html!).not.toContain('/me/notifications')
  })
}

test('the mail server being busy is waited for, and nobody who asks can tell', async () => {
  const member = await aMember(db)
  let refusals = 1
  office.refuse = () => (refusals-- > 0 ? 450 : undefined)
  const before = office.taken.length
  expect((await askForLink(mailed, member)).status).toBe(200)
  await expect.poll(() => office.taken.length, eventually).toBe(before + 1)
})

test('without a mail server it is printed, and only in the demo do admins read it beside the outbox', async () => {
  const [member, admin] = [await aMember(db), await anAdmin(db)]
  for (const server of [demo, studio]) await askForLink(server, member)
  expect([demo.letters, studio.letters].map(letters => letters.map(one => [one.to, one.about]))).toEqual([[[member.email, 'magic-link']], [[member.email, 'magic-link']]])
  expect((await demo.ask(admin, 'GET', '/api/v1/admin/letters')).json).toMatchObject({ items: [{ to: member.email, about: 'magic-link', link: demo.letters[0]!.link }] })
  expect((await studio.ask(admin, 'GET', '/api/v1/admin/letters')).json).toEqual({ items: [] })
})
