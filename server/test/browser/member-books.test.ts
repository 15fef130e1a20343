// A member's whole way: find a class, hold a spot, book it, show the code, cancel it, and read why; on the phone and at a desk.
import type { BookingDetail, Hold } from '@fitflow/contract/booking.ts'
import type { CreditTransaction, MyMemberships } from '@fitflow/contract/credits.ts'
import type { Page as ListPage } from '@fitflow/contract/scalars.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aClass } from './classes.ts'
import { readQr } from './qr.ts'
import { aStudio, type Size } from './studio.ts'
import { told } from './told.ts'

const { db, open } = await aStudio()

const place = (page: Page, name: string) => page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name })
const secondsLeft = async (page: Page) => {
  const [minutes, seconds] = (await page.getByRole('timer').innerText()).split(':').map(Number)
  return minutes! * 60 + seconds!
}

test.each<[Size, number]>([
  ['phone', 2],
  ['desktop', 4],
])('on the %s a member finds, holds, books, shows, cancels and reads it', async (size, daysAhead) => {
  const { name, day, trainer, id } = await aClass(db, { name: `Rowing ${size}`, daysAhead, capacity: 5 })
  const page = await open('member1', size)

  // Browse and filter.
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Days' }).locator(`a[href*="day=${day}"]`).click()
  await page.getByLabel('Trainer').selectOption({ label: trainer })
  const cards = page.locator('app-session-card')
  await expect.poll(() => cards.allInnerTexts(), { timeout: 10_000 }).toEqual([expect.stringContaining(name)])
  await page.getByLabel('Time of day').selectOption('Evening')
  await page.getByText('Nothing like that on this day').waitFor()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await cards.nth(2).waitFor()
  await page.getByLabel('Type of class').selectOption('Rowing')
  await page.getByRole('link', { name }).click()

  // Hold; the countdown survives a reload.
  const before = (await told<MyMemberships>(page, '/memberships/me')).creditsBalance
  await page.getByRole('heading', { name: '5 spots left' }).waitFor()
  await page.getByRole('button', { name: 'Hold my spot' }).click()
  await page.getByRole('heading', { name: 'Your spot is held' }).waitFor()
  const left = await secondsLeft(page)
  const { items: holds } = await told<ListPage<Hold>>(page, '/holds/me')
  expect(holds).toMatchObject([{ sessionId: id, kind: 'public', status: 'active' }])
  await page.reload()
  await page.getByRole('heading', { name: 'Your spot is held' }).waitFor()
  const leftThen = await secondsLeft(page)
  expect(leftThen).toBeLessThanOrEqual(left)
  expect(leftThen).toBeGreaterThan(left - 60)

  // Book with credits.
  await page.getByText(`${before} now, ${before - 1} after`).waitFor()
  await page.getByRole('button', { name: 'Confirm booking' }).click()
  await page.getByRole('heading', { name: "You're in." }).waitFor()
  const bookingId = new URL(page.url()).pathname.split('/').at(-1)
  const booking = await told<BookingDetail>(page, `/bookings/${bookingId}`)
  expect(booking).toMatchObject({ sessionId: id, status: 'confirmed', creditsUsed: 1, method: 'credits' })
  expect((await told<MyMemberships>(page, '/memberships/me')).creditsBalance).toBe(before - 1)

  // The code, off the screen and as a picture.
  const code = page.getByAltText('Your code for the door')
  await expect.poll(async () => readQr(await code.screenshot()), { timeout: 10_000 }).toBe(booking.qr?.token)
  expect(readQr(await (await page.request.get(booking.qr?.pngUrl ?? '')).body())).toBe(booking.qr?.token)

  // My bookings, and the way out with its consequence first.
  await place(page, 'Bookings').click()
  await page.getByRole('link', { name }).click()
  await page.getByRole('button', { name: 'Cancel booking' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/^Cancelling now is .* more than 24 h, so the whole credit would be returned/).waitFor()
  expect((await told<BookingDetail>(page, `/bookings/${bookingId}`)).status).toBe('confirmed')
  await dialog.getByRole('button', { name: 'Cancel booking' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('Cancelled', { exact: true }).waitFor()
  const cancelled = await told<BookingDetail>(page, `/bookings/${bookingId}`)
  expect(cancelled).toMatchObject({ status: 'cancelled', cancelKind: 'early', qr: null })

  // Why, in the ledger.
  await place(page, 'Credits').click()
  const { items: moves } = await told<ListPage<CreditTransaction>>(page, '/credits/transactions')
  const returns = moves.filter(move => move.bookingId === bookingId && move.type === 'return')
  // What two lots had paid comes back to both.
  expect(returns.reduce((sum, { amount }) => sum + amount, 0)).toBe(1)
  const line = page.locator('app-ledger-line').first()
  await line.getByText('Came back').click()
  await line.getByText(returns[0]?.receipt.sentence ?? '').waitFor()
  expect((await told<MyMemberships>(page, '/memberships/me')).creditsBalance).toBe(before)
})

test('a key is told once, lets a program read as its owner and change nothing, and opens nothing once it is ended', async () => {
  const page = await open('member5', 'phone')
  await page.goto('/me/keys')
  await page.getByText('No key yet').waitFor()
  await page.getByLabel('What it is for').fill('My watch')
  await page.getByRole('button', { name: 'Make the key' }).click()
  const key = await page.getByRole('status').locator('code').innerText()
  const asked = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${key}`, 'idempotency-key': crypto.randomUUID(), 'content-type': 'application/json' }
    return (await fetch(new URL(`/api/v1${path}`, page.url()), { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })).status
  }
  expect(await asked('GET', '/me')).toBe(200)
  expect(await asked('POST', '/me/api-keys', { name: 'Another', scope: 'read' })).toBe(403)

  await page.reload()
  await page.getByText('My watch').waitFor()
  expect(await page.locator('body').innerText()).not.toContain(key)
  await page.getByRole('button', { name: 'End My watch' }).click()
  await page.getByText('The key opens nothing any more.').waitFor()
  expect(await asked('GET', '/me')).toBe(401)
})
