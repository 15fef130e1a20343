// A member on a phone takes a time with a trainer, gives it back, takes another and has it.
import type { Booking } from '@fitflow/contract/booking.ts'
import type { SlotOffer } from '@fitflow/contract/availability.ts'
import type { Page as ListPage } from '@fitflow/contract/scalars.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aStudio } from './studio.ts'
import { told } from './told.ts'

const { db, open } = await aStudio()

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name })
const times = (page: Page) => page.getByRole('region', { name: 'Open times' }).getByRole('button')
const offersOf = async (page: Page) => (await told<{ items: SlotOffer[] }>(page, '/slots')).items

test('a time is held with one tap, given back, and open again; another is booked and offered to nobody any more', async () => {
  const page = await open('member2', 'phone')
  await page.goto('/')
  await page.getByRole('link', { name: /One to one/ }).click()
  await heading(page, 'One to one').waitFor()
  await page.getByRole('button', { name: /Personal training/ }).click()
  const name = await times(page).first().getAttribute('aria-label')
  await times(page).first().click()

  await heading(page, 'Personal training').waitFor()
  await page.getByRole('timer').waitFor()
  await page.getByRole('button', { name: 'Let it go' }).click()
  await page.getByText('You gave the time back.').waitFor()
  expect(await times(page).first().getAttribute('aria-label')).toBe(name)

  await times(page).first().click()
  await page.getByRole('button', { name: 'Confirm booking' }).click()
  await heading(page, "You're in.").waitFor()
  const { items } = await told<ListPage<Booking>>(page, '/bookings/me?scope=upcoming')
  const booked = items.find(one => one.session.name === 'Personal training')
  expect(await db.sql`select status, taken, capacity from class_sessions where id = ${booked!.sessionId}`).toEqual([{ status: 'published', taken: 1, capacity: 1 }])

  const other = await open('member3', 'desktop')
  await other.goto('/one-to-one')
  await heading(other, 'One to one').waitFor()
  const stillOpen = (await offersOf(other)).flatMap(offer => (offer.name === 'Personal training' ? offer.slots : []))
  expect(stillOpen.map(slot => slot.startsAt)).not.toContain(booked!.session.startsAt)
})
