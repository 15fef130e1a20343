// Being told on a device: asked for with a button, shown by the service worker, and gone with whom it belonged to.
import type { PushSubscription } from '@fitflow/contract/push.ts'
import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aDevice } from '../push-station.ts'
import { aStudio, fillInSignIn } from './studio.ts'
import { told } from './told.ts'

const { open } = await aStudio()
const eventually = { timeout: 20_000 }
const path = '/me/notifications'

/** A browser whose maker's push service is out of reach here: it hands out this subscription, everything else is its own. */
async function withPush(context: BrowserContext, permission: 'granted' | 'denied' = 'granted') {
  const { endpoint, keys } = aDevice()
  await context.addInitScript(`
    const kept = () => sessionStorage.getItem('subscribed') && { endpoint: ${JSON.stringify(endpoint)}, toJSON: () => (${JSON.stringify({ endpoint, keys })}), unsubscribe: async () => (sessionStorage.removeItem('subscribed'), true) }
    PushManager.prototype.getSubscription = async () => kept() || null
    PushManager.prototype.subscribe = async () => (sessionStorage.setItem('subscribed', '1'), kept())
    Object.defineProperty(Notification, 'permission', { get: () => ${JSON.stringify(permission)} })`)
  return endpoint
}

const devices = async (page: Page) => (await told<{ items: PushSubscription[] }>(page, '/me/push-subscriptions')).items
const button = (page: Page, name: string) => page.getByRole('button', { name })

test('a member is told on a device from a button on; a message shows there, a tap opens its page, and with whoever signs out it ends', async () => {
  const page = await open('visitor', 'phone', { serviceWorkers: 'allow' })
  await page.context().grantPermissions(['notifications'])
  await withPush(page.context())
  // Their own way in: the sign-out ends it for every browser that shares it.
  await page.goto(`/sign-in?return=${path}`)
  await fillInSignIn(page, 'member3')
  await page.waitForURL(`**${path}`)
  await button(page, 'Notify me on this device').click()
  await page.getByText('This device is told from now on.').waitFor()
  await page.getByText('It shows what you are told').waitFor()
  expect(await devices(page)).toMatchObject([{ service: 'push.example.test' }])
  const missing = button(page, 'Push: let a device show it')
  await missing.waitFor({ state: 'detached' })
  // Stopped, it is forgotten at once, and the page says what push lacks; then on again.
  await button(page, 'Stop on this device').click()
  await page.getByText('This device is told nothing any more.').waitFor()
  await missing.waitFor()
  expect(await devices(page)).toEqual([])
  await button(page, 'Notify me on this device').click()
  await page.getByText('It shows what you are told').waitFor()
  await missing.waitFor({ state: 'detached' })

  await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null'), eventually).toBe(true)
  await deliver(page, { notification: { title: 'See you tomorrow', body: '07:00', data: { onActionClick: { default: { operation: 'navigateLastFocusedOrOpen', url: '/bookings' } } } } })
  const shown = `navigator.serviceWorker.ready.then(one => one.getNotifications()).then(all => all.map(one => one.title))`
  await expect.poll(() => page.evaluate(shown), eventually).toEqual(['See you tomorrow'])
  const [worker] = page.context().serviceWorkers()
  await worker!.evaluate(`registration.getNotifications().then(([notification]) => void dispatchEvent(new NotificationEvent('notificationclick', { notification })))`)
  await page.waitForURL('**/bookings')

  await page.goto('/me')
  await button(page, 'Sign out').click()
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor()
  expect(await page.evaluate(`sessionStorage.getItem('subscribed')`)).toBeNull()
})

test('a browser that may not, and one that cannot, say so in words', async () => {
  const blocked = await open('member1', 'desktop', { serviceWorkers: 'allow' })
  await withPush(blocked.context(), 'denied')
  await blocked.goto(path)
  await blocked.getByText('Notifications from this studio are blocked in this browser.').waitFor()
  const unable = await open('member1', 'desktop')
  await unable.addInitScript('delete window.Notification')
  await unable.goto(path)
  await unable.getByText('This browser cannot show notifications from here.').waitFor()
  for (const page of [blocked, unable]) expect(await button(page, 'Notify me on this device').count()).toBe(0)
})

/** As the push service's message reaches the browser. */
async function deliver(page: Page, message: object): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const found = new Promise<string>(resolve => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId))
  })
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.deliverPushMessage', { origin: new URL(page.url()).origin, registrationId: await found, data: JSON.stringify(message) })
}
