// Links of sign-in mails: opened by a scanner they change nothing; a person presses the button, or is sent a new one. A demo shows them to its admin.
import { expect, test } from 'vitest'
import { demoAddress, demoPassword } from '../../src/demo/sign-ins.ts'
import { aStudio } from './studio.ts'
import { told } from './told.ts'

const { db, open, server } = await aStudio()
const used = 'This link has been used or is too old'
const latest = (about: string) => server.letters.findLast(one => one.about === about)?.link ?? ''

test('a link to sign in is opened by a scanner, signs its owner in by a press, and then offers a new one', async () => {
  const page = await open('visitor', 'phone')
  const email = demoAddress('member16')
  await page.goto('/sign-in?return=/credits')
  await page.getByRole('link', { name: 'Sign in by mail' }).click()
  await page.getByRole('heading', { name: 'Sign in by mail' }).waitFor()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  const link = latest('magic-link')
  for (const _ of [1, 2]) expect((await page.request.get(link)).status()).toBe(200)
  await page.goto(link)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/credits')
  expect(await told(page, '/me')).toMatchObject({ email })

  const other = await open('visitor', 'desktop')
  await other.goto(link)
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()
  await other.getByRole('heading', { name: used }).waitFor()
  await other.getByLabel('E-mail').fill(email)
  await other.getByRole('button', { name: 'Send the link' }).click()
  await other.getByText(`If there is an account for ${email}, a link to sign in is on its way.`).waitFor()
  expect(latest('magic-link')).not.toBe(link)
})

test('a link to confirm an address is opened by a scanner, confirms it by a press, and a broken one leads to another', async () => {
  const page = await open('visitor', 'phone')
  const email = 'newcomer@example.test'
  await page.request.post('/api/auth/sign-up/email', { data: { email, password: demoPassword, name: 'New Comer' } })
  const confirmed = async () => (await db.sql<{ it: boolean }[]>`select email_verified as it from users where email = ${email}`)[0]?.it
  const link = latest('email-verification')
  await page.goto(`${link}x`)
  await page.getByRole('button', { name: 'Confirm my address' }).click()
  await page.getByRole('heading', { name: used }).waitFor()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()

  const again = latest('email-verification')
  expect((await page.request.get(again)).status()).toBe(200)
  await page.goto(again)
  await page.getByRole('heading', { name: 'Is this your address?' }).waitFor()
  expect(await confirmed()).toBe(false)
  await page.getByRole('button', { name: 'Confirm my address' }).click()
  await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor()
  expect(await confirmed()).toBe(true)
})

test('a demo without a mail server shows its admin whom a sign-in mail is for, what it is about, and its link', async () => {
  const page = await open('admin', 'desktop')
  const email = demoAddress('member17')
  await page.route('**/api/v1/admin/letters', route => route.fulfill({ json: { items: [] } }))
  await page.goto('/staff/messages')
  await page.getByRole('region', { name: 'Messages' }).waitFor()
  expect(await page.getByText('Sign-in mails').count()).toBe(0)

  await page.unroute('**/api/v1/admin/letters')
  const visitor = await open('visitor', 'phone')
  await visitor.request.post('/api/auth/request-password-reset', { data: { email, redirectTo: '/reset-password' } })
  await page.reload()
  await page.getByText('Sign-in mails').click()
  const mail = page.getByRole('listitem').filter({ hasText: email })
  await mail.getByText('Sets a new password: once, for an hour.').waitFor()
  expect(await mail.getByRole('link').getAttribute('href')).toBe(latest('password-reset'))
})
