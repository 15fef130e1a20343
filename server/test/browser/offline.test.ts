// The code for the door where there is no network: it opens all the same, and is gone with whom it belonged to.
import type { Booking, BookingDetail } from '@fitflow/contract/booking.ts'
import type { Page as ListPage } from '@fitflow/contract/scalars.ts'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readQr } from './qr.ts'
import { aStudio, fillInSignIn, type Size } from './studio.ts'
import { told } from './told.ts'

const { open } = await aStudio()
const eventually = { timeout: 20_000 }

/** Addresses below `/api/v1/bookings` that the browser keeps for later. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(`(async () => {
    const stores = await Promise.all((await caches.keys()).map(name => caches.open(name)))
    const requests = (await Promise.all(stores.map(store => store.keys()))).flat()
    return requests.map(request => new URL(request.url).pathname).filter(path => path.startsWith('/api/v1/bookings/'))
  })()`)
}

/** Opens the list of bookings once the service worker looks after the page, and waits until the first code is kept. */
async function keepFirst(page: Page): Promise<BookingDetail> {
  await page.goto('/bookings')
  await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null'), eventually).toBe(true)
  await page.reload()
  const { items } = await told<ListPage<Booking>>(page, '/bookings/me?scope=upcoming')
  const path = `/api/v1/bookings/${items[0]!.id}`
  await expect.poll(() => kept(page), eventually).toEqual(expect.arrayContaining([path, `${path}/qr.svg`]))
  return told<BookingDetail>(page, `/bookings/${items[0]!.id}`)
}

test.each<[Size, 'light' | 'dark']>([
  ['phone', 'light'],
  ['desktop', 'dark'],
])('on the %s, with the %s theme, the code of a booking opens and can be read without a network', async (size, colorScheme) => {
  const page = await open('member1', size, alsoOffline({ colorScheme }))
  const booking = await keepFirst(page)

  await page.context().setOffline(true)
  const later = await page.context().newPage()
  await later.goto(`/bookings/${booking.id}`)
  await later.getByRole('heading', { name: booking.session.name }).waitFor()
  const code = later.getByAltText('Your code for the door')
  await expect.poll(async () => readQr(await code.screenshot()), eventually).toBe(booking.qr?.token)
  expect(await later.evaluate(`fetch('/healthz').then(answer => answer.ok, () => false)`), 'the server within reach').toBe(false)
})

test('who signs out leaves no code behind', async () => {
  const page = await open('visitor', 'phone', alsoOffline())
  await page.goto('/sign-in?return=/bookings')
  // Their own way in: the sign-out ends it for every browser that shares it.
  await fillInSignIn(page, 'member1')
  await page.waitForURL('**/bookings')
  await keepFirst(page)
  await page.goto('/me')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor()
  await expect.poll(() => kept(page), eventually).toEqual([])
})

function alsoOffline(look: BrowserContextOptions = {}): BrowserContextOptions {
  return { ...look, serviceWorkers: 'allow' }
}
