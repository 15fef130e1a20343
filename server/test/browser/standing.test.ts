// A place in every class of a series: looked at before, reserved, booked by the worker, seen by staff, ended; and a drop that opens by itself.
import type { Standing } from '@fitflow/contract/standing.ts'
import { expect, test } from 'vitest'
import { aSeries, sessionsOf } from '../series.ts'
import { aLot, aSession, aTrainer } from '../world.ts'
import { dayAhead } from './classes.ts'
import { aStudio } from './studio.ts'
import { told } from './told.ts'

const { db, open, person } = await aStudio()

/** A class for two, once a week from the day after tomorrow, in the afternoon in which the demo rests. */
async function aWeekly(name: string) {
  const { id: trainerId } = await aTrainer(db, `Trainer of ${name}`)
  const wish = { template: { name, type: 'Rowing', trainerId, defaultCapacity: 2 }, startsOn: dayAhead(db, 2).toString(), wallTime: '15:00' }
  const { series } = await aSeries(db, { ...wish, rrule: 'FREQ=WEEKLY' })
  const [first] = await sessionsOf(db, series.id)
  return { series, first: first! }
}

test('on the phone a member reserves every week, sees each class booked or in its turn, and ends it; staff see who has a place', async () => {
  const { series, first } = await aWeekly('Rowing every week')
  const pack = await aLot(db, await person('member5'), { name: 'Pack for Rowing' })
  const page = await open('member5', 'phone')
  await page.goto(`/class/${first.id}`)
  await page.getByRole('link', { name: /Reserve every week/ }).click()
  await page.getByRole('heading', { name: 'What would happen' }).waitFor()
  await page.getByText(/classes are booked at once for \d credits/).waitFor()
  await page.getByLabel('How long').selectOption({ label: 'For a number of classes' })
  await page.getByLabel('Classes', { exact: true }).fill('2')
  await page.getByText('2 classes are booked at once for 2 credits.').waitFor()
  await page.getByLabel('How long').selectOption({ label: 'Until I end it' })
  await page.getByLabel('Pays first').selectOption(pack.id)
  await page.getByRole('button', { name: 'Reserve my place' }).click()

  // The worker books what is open; the page shows it by itself.
  await page.getByRole('heading', { name: 'Standing reservations' }).waitFor()
  const classes = page.locator('app-standing-card', { hasText: 'Rowing every week' }).locator('app-standing-classes li')
  await classes.first().getByText('Booked Rowing every week with 1 credit').waitFor()
  await page.getByRole('button', { name: /Show all/ }).click()
  await classes.last().getByText(/Books itself/).waitFor()
  const [mine] = (await told<{ items: Standing[] }>(page, '/standing/me')).items
  expect(mine).toMatchObject({ seriesId: series.id, endedAt: null, endsOn: null, paysFirst: { id: pack.id } })
  await page.getByText('Pack for Rowing pays first.').waitFor()
  expect(mine?.coming[0]).toMatchObject({ sessionId: first.id, state: 'booked' })

  // Staff see the place, and give a second one.
  const desk = await open('admin', 'desktop')
  await desk.goto(`/staff/series/${series.id}`)
  const places = desk.locator('app-series-standing')
  await places.getByText(/\d booked/).waitFor()
  await places.getByRole('button', { name: 'Reserve for a client' }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByLabel('Client’s name or e-mail').fill('member6@demo')
  await dialog.getByRole('radio').first().check()
  await dialog.getByRole('button', { name: 'Reserve', exact: true }).click()
  await expect.poll(() => places.locator('summary').count()).toBe(2)

  // Ended: what is booked stays.
  await page.getByRole('button', { name: 'End it' }).click()
  await page.getByText(/booked classes stay yours/).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
  await page.getByText('No standing reservation yet').waitFor()
  await page.goto(`/class/${first.id}`)
  await page.getByRole('heading', { name: "You're in" }).waitFor()
  await page.getByRole('link', { name: /Reserve every week/ }).waitFor()
})

test('a class whose booking opens in a moment counts down to it, and can be booked from then on without a reload', async () => {
  const { id: trainerId } = await aTrainer(db, 'Trainer of the drop')
  const { id } = await aSession(db, { trainerId, startsAt: db.clock.now().add({ hours: 30 * 24, seconds: 12 }) })
  // Somebody with nothing else at that hour, whatever hour it is.
  await aLot(db, await person('member39'))
  const page = await open('member39', 'phone')
  await page.goto(`/class/${id}`)
  await page.getByRole('heading', { name: /^Booking opens Today/ }).waitFor()
  expect(await page.getByRole('timer').innerText()).toMatch(/^0:(0\d|1[0-2])$/)
  await page.getByRole('button', { name: 'Hold my spot' }).click()
  await page.getByRole('heading', { name: 'Your spot is held' }).waitFor()
})
