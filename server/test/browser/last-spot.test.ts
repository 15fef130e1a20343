// The last spot: who gets it, what the others read, and what somebody finds who is not signed in.
import type { Hold, WaitlistPlace } from '@fitflow/contract/booking.ts'
import type { Page as ListPage } from '@fitflow/contract/scalars.ts'
import type { SessionDetail } from '@fitflow/contract/sessions.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aFrontDesk } from '../front-desk.ts'
import { aLot } from '../world.ts'
import { aClass, wallTime } from './classes.ts'
import { aStudio, everySize, fillInSignIn } from './studio.ts'
import { told } from './told.ts'

const { db, open, person } = await aStudio()
const desk = await aFrontDesk(db)
// Members who have nothing in the demo: neither a class that could overlap nor anything to pay with.
const [first, second, third] = await Promise.all([person('member31'), person('member32'), person('member33')])
for (const payer of [first, second, third]) await aLot(db, payer)

/** Keeps a page's requests for a spot at its door until `opened`; `asked` resolves once one stands there. */
async function door(page: Page, opened: Promise<unknown>): Promise<{ asked: Promise<void> }> {
  const asked = Promise.withResolvers<void>()
  await page.route('**/hold', async route => {
    asked.resolve()
    await opened
    await route.continue()
  })
  return { asked: asked.promise }
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name })
const holdButton = (page: Page) => page.getByRole('button', { name: 'Hold my spot' })
const standing = async ({ id }: { id: string }) => (await db.sql`select taken, waiting from class_sessions where id = ${id}`)[0]

test('of two who reach for the last spot at once one holds it, and the other reads until when and joins the waitlist', async () => {
  const last = await aClass(db, { name: 'Rowing for one' })
  const pages = [await open('member31', 'phone'), await open('member32', 'desktop')]
  const both = Promise.withResolvers<void>()
  const doors = await Promise.all(pages.map(page => door(page, both.promise)))
  for (const page of pages) {
    await page.goto(`/class/${last.id}`)
    await heading(page, 'The last spot').waitFor()
  }
  await Promise.all(pages.map(page => holdButton(page).click()))
  await Promise.all(doors.map(({ asked }) => asked))
  both.resolve()

  const held = (page: Page) => heading(page, 'Your spot is held')
  const winner = await Promise.any(pages.map(page => held(page).waitFor().then(() => page)))
  const loser = pages.find(page => page !== winner)!
  await loser.getByText('Somebody was a moment faster.').waitFor()
  const { items: holds } = await told<ListPage<Hold>>(winner, '/holds/me')
  expect(holds).toMatchObject([{ sessionId: last.id, status: 'active' }])
  expect((await told<ListPage<Hold>>(loser, '/holds/me')).items).toEqual([])
  await heading(loser, `Someone is holding the last spot until ${wallTime(holds[0]!.expiresAt)}`).waitFor()
  expect(await held(loser).count()).toBe(0)

  await loser.getByText('Nobody is waiting: you would be first.').waitFor()
  await loser.getByRole('button', { name: 'Join the waitlist' }).click()
  await heading(loser, "You're next in line").waitFor()
  expect(await told<WaitlistPlace>(loser, `/waitlist/${last.id}`)).toMatchObject({ position: 1, length: 1, offer: null })
  expect(await standing(last)).toEqual({ taken: 1, waiting: 1 })
})

test('who is too late by a moment reads that the class is full', async () => {
  const last = await aClass(db, { name: 'Rowing too late', daysAhead: 3 })
  const page = await open('member31', 'phone')
  const sold = Promise.withResolvers<void>()
  const { asked } = await door(page, sold.promise)
  await page.goto(`/class/${last.id}`)
  await holdButton(page).click()
  await asked
  await desk.book(second, last)
  sold.resolve()
  await page.getByText('Somebody was a moment faster.').waitFor()
  await heading(page, 'This class is full').waitFor()
  await page.getByRole('button', { name: 'Join the waitlist' }).waitFor()
  expect(await standing(last)).toEqual({ taken: 1, waiting: 0 })
})

test.each(everySize)('on the %s a class whose last spot is held is told from a full one, and turns into it by itself', async size => {
  const last = await aClass(db, { name: `Rowing held, ${size}`, daysAhead: size === 'phone' ? 4 : 5 })
  const hold = await desk.hold(third, last)
  const page = await open('member31', size)
  await page.goto(`/class/${last.id}`)
  await heading(page, `Someone is holding the last spot until ${wallTime(hold.expiresAt)}`).waitFor()
  expect(await heading(page, 'This class is full').count()).toBe(0)
  expect(await told<SessionDetail>(page, `/sessions/${last.id}`)).toMatchObject({ spotsLeft: 0, nextReleaseAt: hold.expiresAt })

  await desk.confirm(third, hold)
  await heading(page, 'This class is full').waitFor()
  expect(await heading(page, /Someone is holding/).count()).toBe(0)
  expect(await told<SessionDetail>(page, `/sessions/${last.id}`)).toMatchObject({ spotsLeft: 0, nextReleaseAt: null })
  await page.getByRole('button', { name: 'Join the waitlist' }).waitFor()
})

test.each(everySize)('on the %s somebody who is not signed in browses, and holding leads through the sign-in and back', async size => {
  const { id, name, day } = await aClass(db, { name: `Rowing from outside, ${size}`, daysAhead: size === 'phone' ? 6 : 7, capacity: 2 })
  const page = await open('visitor', size)
  await page.goto(`/?day=${day}`)
  await page.getByRole('link', { name }).click()
  await heading(page, '2 spots left').waitFor()
  await page.getByRole('button', { name: 'Sign in to hold a spot' }).click()
  await heading(page, 'Welcome back').waitFor()
  await fillInSignIn(page, 'member32')
  await holdButton(page).click()
  await heading(page, 'Your spot is held').waitFor()
  expect(new URL(page.url()).pathname).toBe(`/class/${id}`)
  expect(await told<SessionDetail>(page, `/sessions/${id}`)).toMatchObject({ mine: 'held', spotsLeft: 1 })

  await page.getByRole('button', { name: 'Let it go' }).click()
  await heading(page, '2 spots left').waitFor()
  expect(await standing({ id })).toEqual({ taken: 0, waiting: 0 })
})

const ways = [
  { way: 'told of it, though it never asks', daysAhead: 3, prepare: (page: Page) => page.addInitScript('window.setInterval = () => 0') },
  { way: 'asking, though it is told nothing', daysAhead: 4, prepare: (page: Page) => page.route('**/api/v1/live', route => route.abort()) },
]

test.each(ways)('an open page shows that a spot is gone: $way', async ({ way, daysAhead, prepare }) => {
  const two = await aClass(db, { name: `Rowing, ${way}`, capacity: 2, daysAhead })
  const page = await open('member33', 'phone')
  await prepare(page)
  await page.goto(`/class/${two.id}`)
  await heading(page, '2 spots left').waitFor()
  await desk.hold(first, two)
  await heading(page, 'The last spot').waitFor()
  expect(await standing(two)).toEqual({ taken: 1, waiting: 0 })
})
