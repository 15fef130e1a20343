// A bar above everything says when the studio is out of reach, and goes by itself; what was missed meanwhile is then on the page.
import { expect, test } from 'vitest'
import { aFrontDesk } from '../front-desk.ts'
import { aLot } from '../world.ts'
import { aClass, wallTime } from './classes.ts'
import { aStudio } from './studio.ts'

const { db, open, person } = await aStudio()
const desk = await aFrontDesk(db)
const [first, second] = await Promise.all([person('member31'), person('member32')])
for (const payer of [first, second]) await aLot(db, payer)

test('a lost network is said with the time of what is shown, politely; with it back the bar goes and the page is fresh, though it never asks by itself', async () => {
  const two = await aClass(db, { name: 'Rowing ashore', capacity: 2 })
  const page = await open('member33', 'phone')
  await page.addInitScript('const every = window.setInterval; window.setInterval = (does, ms) => ms === 1000 ? every(does, ms) : 0')
  await page.goto(`/class/${two.id}`)
  await page.getByRole('heading', { name: '2 spots left' }).waitFor()
  const bar = page.locator('app-connection-bar [role="status"]')
  expect(await bar.innerText()).toBe('')

  await page.context().setOffline(true)
  const before = wallTime(db.clock.now().toString())
  await bar.getByText('No connection.').waitFor()
  const after = wallTime(db.clock.now().toString())
  expect([before, after]).toContain(/What you see is from (\d\d:\d\d)\./.exec(await bar.innerText())?.[1])
  await desk.hold(first, two)

  await page.context().setOffline(false)
  await bar.getByText('Connected again.').waitFor()
  await page.getByRole('heading', { name: 'The last spot' }).waitFor()
  await expect.poll(() => bar.innerText(), { timeout: 20_000 }).toBe('')
})

test('a stream that is cut is said after five seconds while the page goes on asking; one that is back before is never mentioned', async () => {
  const page = await open('member33', 'desktop')
  await page.clock.install()
  await page.addInitScript(`window.EventSource = class extends EventSource { constructor(at) { super(at); window.stream = this } }`)
  const stream = (event: 'open' | 'error') => page.evaluate(`window.stream.dispatchEvent(new Event('${event}'))`)
  await page.goto('/bookings')
  await expect.poll(() => page.evaluate('window.stream?.readyState'), { timeout: 20_000 }).toBe(1)
  await page.clock.pauseAt((await page.evaluate<number>('Date.now()')) + 10_000)
  const bar = page.locator('app-connection-bar [role="status"]')

  await stream('error')
  await page.clock.runFor(4500)
  expect(await bar.innerText()).toBe('')
  await stream('open')
  await page.clock.runFor(20_000)
  expect(await bar.innerText()).toBe('')

  await stream('error')
  await page.clock.runFor(5100)
  await bar.getByText(/^Not live since \d\d:\d\d\./).waitFor()
  await stream('open')
  await page.clock.runFor(500)
  await bar.getByText('Connected again.').waitFor()
  await page.clock.runFor(3000)
  expect(await bar.innerText()).toBe('')
})

test('on a page that asks for nothing a studio that is gone is said to be out of reach, and it is found soon after it is back', async () => {
  const page = await open('member33', 'phone')
  await page.addInitScript(`window.EventSource = class extends EventSource { constructor(at) { super(at); window.stream = this } }`)
  await page.goto('/me')
  await expect.poll(() => page.evaluate('window.stream?.readyState'), { timeout: 20_000 }).toBe(1)
  const bar = page.locator('app-connection-bar [role="status"]')

  await page.context().route(/\/(api|healthz)/, route => route.abort())
  // As where something stands before the studio and refuses for it: the browser does not come back by itself.
  await page.evaluate(`window.stream.close(), void window.stream.dispatchEvent(new Event('error'))`)
  await bar.getByText('No connection.').waitFor()
  await page.context().unrouteAll()
  await bar.getByText('Connected again.').waitFor({ timeout: 10_000 })
})
