// A trainer keeps the hours of their 1:1s: what they change is what members find free at once.
import type { Availability, SlotOffer } from '@fitflow/contract/availability.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { aStudio, everySize } from './studio.ts'
import { told } from './told.ts'

const { db, open, person } = await aStudio()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Alex teaches in the morning of a Sunday and is free in its afternoon. */
const today = systemClock.now().toZonedDateTimeISO('Europe/Madrid').toPlainDate()
const sunday = String(today.add({ days: 7 + ((7 - today.dayOfWeek) % 7) }))

async function sundays(page: Page): Promise<string[]> {
  const { items } = await told<{ items: SlotOffer[] }>(page, `/slots?from=${sunday}&to=${sunday}`)
  const own = items.find(offer => offer.name === 'Personal training')
  return (own?.slots ?? []).map(slot => Temporal.Instant.from(slot.startsAt).toZonedDateTimeISO('Europe/Madrid').toPlainTime().toString().slice(0, 5))
}

test.each(everySize)('on the %s hours are added, a day is taken out, and the offer is put aside and brought back', async size => {
  const page = await open('alex', size)
  await page.goto('/staff/one-to-ones')
  await page.getByRole('heading', { name: 'Personal training' }).waitFor()
  await page.getByRole('link', { name: 'Change times of Personal training' }).click()

  await press(page, 'Add hours on Sunday')
  await page.getByLabel('Sunday from').fill('15:30')
  await page.getByLabel('Sunday until').fill('14:00')
  await page.getByText('It ends before it begins.').waitFor()
  expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
  await page.getByLabel('Sunday until').fill('18:00')
  await page.getByText('15:30 · 16:45').waitFor()
  await press(page, 'Save')
  await page.getByText('Saved. What is booked stays as it is.').waitFor()
  expect(await sundays(page)).toEqual(['15:30', '16:45'])

  await press(page, 'Add time away')
  await page.getByLabel('Day of single day 1').fill(sunday)
  await page.getByText('The whole day').waitFor()
  await press(page, 'Save')
  await expect.poll(() => sundays(page)).toEqual([])
  await press(page, 'Remove single day 1')
  await press(page, 'Remove Sunday')
  await page.getByLabel('Hours of notice at least').fill('1.5')
  await press(page, 'Save')
  await expect.poll(async () => (await told<{ items: Availability[] }>(page, '/admin/availabilities')).items[0]).toMatchObject({ noticeMinutes: 90 })

  await press(page, 'Put aside')
  await page.getByRole('dialog').getByRole('button', { name: 'Put aside' }).click()
  await page.getByText('Nobody takes 1:1s yet').waitFor()
  await press(page, 'Put aside')
  await press(page, 'Bring back')
  await page.getByText('Personal training can be booked again.').waitFor()
  await page.getByRole('group', { name: 'Which 1:1s' }).getByRole('button', { name: 'On offer' }).click()
  await page.getByRole('link', { name: 'Change times of Personal training' }).waitFor()
})

test('a trainer offers a new kind of 1:1, from its template to its hours', async () => {
  const page = await open('alex', 'desktop')
  await page.goto('/staff/templates/new')
  await page.getByLabel('What it is', { exact: true }).selectOption('one_to_one')
  await page.getByLabel('Name').fill('Movement check')
  await page.getByLabel('Type', { exact: true }).fill('1:1')
  await page.getByLabel('Minutes').fill('30')
  await press(page, 'Create template')
  await page.waitForURL('**/staff/templates')

  await page.goto('/staff/one-to-ones/new')
  await page.getByLabel('Template', { exact: true }).selectOption({ label: 'Movement check, Alex Moreno' })
  await press(page, 'Add hours on Sunday')
  await page.getByLabel('Sunday from').fill('18:00')
  await page.getByLabel('Sunday until').fill('19:00')
  await page.getByText('18:00 · 18:30').waitFor()
  await press(page, 'Offer these times')
  await page.getByRole('heading', { name: 'Movement check' }).waitFor()
  const { items } = await told<{ items: SlotOffer[] }>(page, `/slots?from=${sunday}&to=${sunday}`)
  expect(items.find(offer => offer.name === 'Movement check')?.slots).toHaveLength(2)
})

test('a client who rings up is booked into a free time, and it is on their list', async () => {
  const caller = await person('member33')
  const page = await open('admin', 'desktop')
  await page.goto('/staff/one-to-ones')
  await press(page, 'Book a client into Personal training')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Day', { exact: true }).fill(String(today.add({ days: 7 + ((8 - today.dayOfWeek) % 7) })))
  await dialog.getByRole('group', { name: 'Free times of this day' }).getByRole('button', { name: '10:00' }).click()
  await dialog.getByLabel('Client’s name or e-mail').fill(caller.name)
  await dialog.getByRole('radio', { name: caller.name }).check()
  await dialog.getByRole('button', { name: 'Book', exact: true }).click()
  await dialog.getByText('Nothing on this account pays', { exact: false }).waitFor()
  await dialog.getByLabel('A gift of the studio', { exact: false }).check()
  await dialog.getByLabel('Reason').fill('A first hour')
  await dialog.getByRole('button', { name: 'Book', exact: true }).click()
  await page.getByText(`${caller.name} has`, { exact: false }).waitFor()
  const rows = await db.sql`select s.kind, b.method from bookings b join class_sessions s on s.id = b.session_id where b.user_id = ${caller.id} and s.kind = 'one_to_one'`
  expect(rows).toEqual([{ kind: 'one_to_one', method: 'complimentary' }])
})
