// A spot that comes free: the offer appears on the page that waits for it, and is taken, or passed on to the next.
import type { Booking, Hold, WaitlistPlace } from '@fitflow/contract/booking.ts'
import type { Page as ListPage } from '@fitflow/contract/scalars.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { aFrontDesk } from '../front-desk.ts'
import { aLot } from '../world.ts'
import { aClass, type Class } from './classes.ts'
import { aStudio } from './studio.ts'
import { told } from './told.ts'

const { db, open, person } = await aStudio()
const desk = await aFrontDesk(db)
// Members who have nothing in the demo: neither a class that could overlap nor anything to pay with.
const [inside, next, afterNext] = await Promise.all([person('member31'), person('member32'), person('member33')])
for (const payer of [inside, next, afterNext]) await aLot(db, payer)

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name })

async function join(page: Page, { id }: Class): Promise<void> {
  await page.goto(`/class/${id}`)
  await page.getByRole('button', { name: 'Join the waitlist' }).click()
}

async function cancel(page: Page, bookingId: string): Promise<void> {
  await page.goto(`/bookings/${bookingId}`)
  await page.getByRole('button', { name: 'Cancel booking' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel booking' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

test('when one cancels, the next in line is offered the spot on the open page, and takes it', async () => {
  const full = await aClass(db, { name: 'Rowing, handed on' })
  const { booking } = await desk.book(inside, full)
  const waiting = await open('member32', 'phone')
  await join(waiting, full)
  await heading(waiting, "You're next in line").waitFor()

  await cancel(await open('member31', 'desktop'), booking.id)
  await heading(waiting, 'A spot is yours to take').waitFor()
  const { items: offers } = await told<ListPage<Hold>>(waiting, '/holds/me')
  expect(offers).toMatchObject([{ sessionId: full.id, kind: 'offer', status: 'active' }])
  expect(await waiting.getByRole('timer').innerText()).toMatch(/^[0-5]:\d\d$/)

  await waiting.getByRole('button', { name: 'Take the spot' }).click()
  await heading(waiting, "You're in.").waitFor()
  const { items: upcoming } = await told<ListPage<Booking>>(waiting, '/bookings/me?scope=upcoming')
  expect(upcoming).toMatchObject([{ sessionId: full.id, status: 'confirmed' }])
  expect(await db.sql`select taken, waiting, waitlist_length from class_sessions where id = ${full.id}`).toEqual([
    { taken: 1, waiting: 0, waitlistLength: 0 },
  ])
})

test('two phones at once: one cancels, and within two seconds the offer is on the other by itself, and accepted', async () => {
  const full = await aClass(db, { name: 'Rowing, two phones', daysAhead: 4 })
  const { booking } = await desk.book(inside, full)
  const [leaving, waiting] = [await open('member31', 'phone'), await open('member32', 'phone')]
  await join(waiting, full)
  await heading(waiting, "You're next in line").waitFor()
  await leaving.goto(`/bookings/${booking.id}`)
  await leaving.getByRole('button', { name: 'Cancel booking' }).click()
  const answered = leaving.waitForResponse(answer => answer.url().endsWith('/cancel') && answer.status() === 200)
  await leaving.getByRole('dialog').getByRole('button', { name: 'Cancel booking' }).click()
  await answered
  const from = systemClock.monotonicMs()
  await heading(waiting, 'A spot is yours to take').waitFor()
  expect(systemClock.monotonicMs() - from).toBeLessThan(2000)
  await waiting.getByRole('button', { name: 'Take the spot' }).click()
  await heading(waiting, "You're in.").waitFor()
})

test('an offer that is passed on reaches the one after, who finds it among their bookings', async () => {
  const full = await aClass(db, { name: 'Rowing, passed on', daysAhead: 3 })
  const { booking } = await desk.book(inside, full)
  const [declining, accepting] = [await open('member32', 'desktop'), await open('member33', 'phone')]
  await join(declining, full)
  await heading(declining, "You're next in line").waitFor()
  await join(accepting, full)
  await heading(accepting, 'Your place in line').waitFor()
  await accepting.getByText('of 2 people waiting').waitFor()
  await accepting.goto('/bookings?view=waitlists')
  await accepting.getByText('2 of 2').waitFor()

  await desk.cancel(inside, booking)
  await heading(declining, 'A spot is yours to take').waitFor()
  await accepting.getByText('1 of 1').waitFor()
  await declining.getByRole('button', { name: 'No, pass it on' }).click()
  await accepting.getByText('A spot is yours to take').waitFor()
  expect((await told<ListPage<Hold>>(declining, '/holds/me')).items).toEqual([])
  expect(await told<WaitlistPlace>(declining, `/waitlist/${full.id}`)).toMatchObject({ position: null, offer: null })

  await accepting.getByRole('link', { name: 'Decide' }).click()
  await accepting.getByRole('button', { name: 'Take the spot' }).click()
  await heading(accepting, "You're in.").waitFor()
  await heading(declining, 'This class is full').waitFor()
  expect(await db.sql`select user_id from bookings where session_id = ${full.id} and status = 'confirmed'`).toEqual([{ userId: afterNext.id }])
})
