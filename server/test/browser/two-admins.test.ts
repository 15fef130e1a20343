// Two admins change one thing at once: the second reads what the first changed before anything of theirs is saved, and nothing that they typed is lost.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aFrontDesk } from '../front-desk.ts'
import { anAvailability } from '../availability.ts'
import { aSeries } from '../series.ts'
import { aLot, anAdmin, aTemplate } from '../world.ts'
import { transact } from '../../src/platform/tx.ts'
import { changeSettings } from '../../src/schedule/change-settings.ts'
import { aClass } from './classes.ts'
import { aStudio } from './studio.ts'

const { db, open, person } = await aStudio()
const desk = await aFrontDesk(db)
const { sql } = db

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Presses; reads what the other changed, which is not saved over; presses again. */
async function second(page: Page, button: string, theirs: string) {
  await press(page, button)
  await page.getByRole('alert').getByText('Somebody changed this meanwhile').waitFor()
  await page.getByRole('list', { name: 'What they changed' }).getByText(theirs).waitFor()
  await press(page, button)
}

test('of a class: a booking in between bothers nobody, another size is read first, and what was typed goes on top of it', async () => {
  const session = await aClass(db, { name: 'Of two minds', daysAhead: 9, capacity: 4 })
  const page = await open('admin', 'phone')
  await page.goto(`/staff/sessions/${session.id}`)
  await press(page, 'Capacity')
  await page.getByLabel('People at most').fill('7')
  const member = await person('member33')
  await aLot(db, member)
  await desk.book(member, session)
  await press(page, 'Set capacity')
  await page.getByText('Capacity set.').waitFor()

  await press(page, 'Capacity')
  await page.getByLabel('People at most').fill('8')
  await sql`update class_sessions set capacity = 6, version = version + 1 where id = ${session.id}`
  await second(page, 'Set capacity', '7 → 6')
  await expect.poll(async () => (await sql`select capacity from class_sessions where id = ${session.id}`)[0]).toEqual({ capacity: 8 })
})

test('of a series: changed and stopped', async () => {
  const { series } = await aSeries(db, { rrule: 'FREQ=WEEKLY' })
  const page = await open('admin', 'desktop')
  const other = (capacity: number) => sql`update class_series set capacity = ${capacity}, version = version + 1 where id = ${series.id}`
  await page.goto(`/staff/series/${series.id}`)
  await press(page, 'Change series')
  await page.getByText('All that are ahead').click()
  await page.getByLabel('Start', { exact: true }).fill('21:15')
  await page.getByText(/class(es)? changes?\./).waitFor()
  await other(5)
  await second(page, 'Change the classes', '12 → 5')
  await page.getByText('Changed.', { exact: false }).waitFor()
  // The size that was not typed is theirs, and stays.
  expect((await sql`select wall_time::text as hour, capacity from class_series where id = ${series.id}`)[0]).toEqual({ hour: '21:15:00', capacity: 5 })

  await press(page, 'Stop series')
  await page.getByRole('dialog').getByText('would be cancelled', { exact: false }).waitFor()
  await other(6)
  await second(page, 'Stop the series', '5 → 6')
  await page.getByText('Stopped', { exact: true }).waitFor()
})

test('of a template, of 1:1 hours and of the settings', async () => {
  const page = await open('admin', 'desktop')
  const template = await aTemplate(db, { name: 'Twice edited' })
  await page.goto(`/staff/templates/${template.id}`)
  await page.getByLabel('Name').fill('Edited by me')
  await sql`update class_templates set description = 'Theirs', version = version + 1 where id = ${template.id}`
  await second(page, 'Save', 'Theirs')
  await page.waitForURL('/staff/templates')
  expect((await sql`select name, description from class_templates where id = ${template.id}`)[0]).toEqual({ name: 'Edited by me', description: 'Theirs' })

  const hours = await anAvailability(db)
  await page.goto(`/staff/one-to-ones/${hours.id}`)
  await page.getByLabel('Minutes kept free around it').fill('10')
  await sql`update availabilities set horizon_days = 14, version = version + 1 where id = ${hours.id}`
  await second(page, 'Save', '14 days ahead')
  await page.getByText('Saved. What is booked stays as it is.').waitFor()
  expect((await sql`select buffer_minutes, horizon_days from availabilities where id = ${hours.id}`)[0]).toEqual({ bufferMinutes: 10, horizonDays: 14 })

  await page.goto('/staff/settings')
  await page.getByLabel('Cutoff').fill('25')
  await transact(db, (await anAdmin(db)).context, {}, tx => changeSettings(tx, { waitlistCutoffMinutes: 35 }, () => undefined))
  await second(page, 'Save changes', '35')
  await page.getByText('Saved. In force from now on.').waitFor()
})
