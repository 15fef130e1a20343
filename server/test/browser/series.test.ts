// Classes that repeat, and days on which none may be, in staff's hands: each shows what it does before it is done.
import type { Closure } from '@fitflow/contract/closures.ts'
import type { Series, SeriesDetail } from '@fitflow/contract/series.ts'
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { SessionId } from '../../src/platform/ids.ts'
import { aFrontDesk } from '../front-desk.ts'
import { aLot, aSession, aTemplate, aTrainer } from '../world.ts'
import { aClass, dayAhead, wallTime } from './classes.ts'
import { aStudio, everySize } from './studio.ts'
import { told } from './told.ts'

const { db, open, person } = await aStudio()
const desk = await aFrontDesk(db)
const [booker, closedOut] = await Promise.all([person('member33'), person('member34')])
for (const member of [booker, closedOut]) await aLot(db, member)

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const weekday = (day: Temporal.PlainDate) => day.toLocaleString('en-GB', { weekday: 'long' })

test.each(everySize)('on the %s a series is made around a clash, changed from a day on with who is in it, and stopped', async size => {
  const [name, trainer] = [`Kettlebell ${size}`, await aTrainer(db, `Trainer of ${size} kettlebells`)]
  const { id: templateId } = await aTemplate(db, { name, trainerId: trainer.id, defaultCapacity: 9 })
  const [first, second] = [dayAhead(db, 3), dayAhead(db, 10)]
  await aSession(db, { trainerId: trainer.id, startsAt: second.toZonedDateTime({ timeZone: 'Europe/Madrid', plainTime: '18:30' }).toInstant() })

  const page = await open('admin', size)
  await page.goto(`/staff/series/new?template=${templateId}`)
  await page.getByLabel('First day').fill(String(first))
  await page.getByText(`Every ${weekday(first)}`).waitFor()
  await page.getByText('One day is taken').waitFor()
  await page.getByLabel('Start', { exact: true }).fill('16:00')
  await page.getByText(/^8 classes until/).waitFor()
  await press(page, 'Make the series')
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  const { items } = await told<{ items: Series[] }>(page, `/admin/series?templateId=${templateId}`)
  const made = await told<SeriesDetail>(page, `/admin/series/${items[0]?.id}`)
  expect(made.occurrences.map(one => [wallTime(one.startsAt), one.session?.capacity])).toEqual(Array.from({ length: 8 }, () => ['16:00', 9]))

  await page.goto(`/staff/calendar?view=day&day=${String(first)}`)
  await page.getByRole('link', { name: new RegExp(`^16:00 to .*, ${name}`) }).click()
  await page.getByRole('link', { name: 'a series' }).click()
  await page.getByRole('region', { name: 'Coming classes' }).waitFor()

  const booked = made.occurrences[size === 'phone' ? 2 : 3]?.sessionId as SessionId
  await desk.book(booker, { id: booked })
  await press(page, 'Change series')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Nothing differs yet from how it is.').waitFor()
  await dialog.getByLabel('From').selectOption(String(second))
  await dialog.getByLabel('Start').fill('18:00')
  await dialog.getByText('The trainer already teaches “Morning Strength” at that time.').waitFor()
  expect(await dialog.getByRole('button', { name: 'Change the classes' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Start').fill('20:15')
  await dialog.getByText('7 classes change.').waitFor()
  await dialog.getByRole('list', { name: 'Who is affected' }).getByText(booker.name).waitFor()
  await press(page, 'Change the classes')
  await page.getByText('Changed. 1 booking moves along and may be cancelled free.').waitFor()
  await page.getByText('It goes on from', { exact: false }).waitFor()
  expect(await told<StaffSession>(page, `/admin/sessions/${booked}`)).toMatchObject({ booked: 1 })

  await page.getByRole('link', { name: 'how it was before', exact: false }).click()
  await press(page, 'Change series')
  await dialog.getByLabel('Start').fill('16:30')
  await dialog.getByText('it goes on at 20:15 as a series of its own, and stays as it is', { exact: false }).waitFor()
  await press(page, 'Never mind')
  await press(page, 'Stop series')
  await dialog.getByLabel('First day without a class').fill(String(second))
  await dialog.getByText('on already, and that stays.', { exact: false }).waitFor()
  expect(await dialog.getByRole('button', { name: 'Stop the series' }).isDisabled()).toBe(true)
  await press(page, 'Keep it running')
  await page.getByRole('link', { name: 'how it goes on' }).click()

  await press(page, 'Stop series')
  await dialog.getByRole('list', { name: 'What stays' }).getByText('1 booked').waitFor()
  await dialog.getByRole('radio', { name: /^Cancel them all/ }).check()
  await dialog.getByText('7 classes would be cancelled; one person would be told', { exact: false }).waitFor()
  await press(page, 'Stop the series')
  await page.getByText('Stopped', { exact: true }).waitFor()
  expect(await told<StaffSession>(page, `/admin/sessions/${booked}`)).toMatchObject({ status: 'cancelled', booked: 0 })
  expect(await told<StaffSession>(page, `/admin/sessions/${made.occurrences[0]?.sessionId}`)).toMatchObject({ status: 'published' })
})

test.each(everySize)('on the %s the studio is closed for an afternoon: who is in its class is shown first and finds it cancelled; then it opens again', async size => {
  const session = await aClass(db, { name: `Closed out ${size}`, daysAhead: size === 'phone' ? 11 : 12 })
  const { booking } = await desk.book(closedOut, session)
  const page = await open('admin', size)
  await page.goto('/staff/closures/new')
  await press(page, 'By the hour')
  await page.getByLabel('First day').fill(session.day)
  await page.getByLabel('From').fill('14:50')
  await page.getByLabel('Last day').fill(session.day)
  await page.getByLabel('Until').fill('16:10')
  await page.getByText('One class would be cancelled; one person would be told', { exact: false }).waitFor()
  await page.getByRole('list', { name: 'What is cancelled' }).getByText(closedOut.name).waitFor()
  expect(await page.getByRole('button', { name: 'Close the studio' }).isDisabled()).toBe(true)
  await page.getByLabel('Reason').fill(`Works on the roof, ${size}`)
  await press(page, 'Close the studio')
  await page.getByText('Closed. One class is cancelled, and everybody in it is told.').waitFor()
  await page.getByRole('cell', { name: `Works on the roof, ${size}` }).waitFor()

  const own = await open('member34', size)
  await own.goto(`/bookings/${booking.id}`)
  await own.getByText('cancelled', { exact: false }).first().waitFor()
  await own.goto('/credits')
  await own.getByText(`Works on the roof, ${size}`, { exact: false }).first().waitFor({ state: 'attached' })

  // While it stands nobody brings the class back, and what else is made there is refused with the closure's name.
  await page.goto(`/staff/sessions/${session.id}`)
  await press(page, 'Publish again')
  await page.getByRole('dialog').getByText(`The studio is closed then: “Works on the roof, ${size}”`, { exact: false }).waitFor()
  expect(await page.getByRole('dialog').getByRole('button', { name: 'Publish again' }).isDisabled()).toBe(true)
  await press(page, 'Leave it')
  await page.goto(`/staff/sessions/new?day=${session.day}&time=15:00`)
  await press(page, 'Create session')
  await page.getByRole('alert').getByText(`“Works on the roof, ${size}”`, { exact: false }).waitFor()
  await page.getByRole('link', { name: 'See the closures' }).waitFor()
  await page.goto(`/staff/calendar?view=day&day=${session.day}`)
  await page.getByText(`Closed, 14:50 to 16:10: Works on the roof, ${size}`).first().waitFor()
  await page.goto('/staff/closures')

  await page.getByRole('row', { name: new RegExp(`roof, ${size}`) }).getByRole('button').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Open again' }).click()
  await page.getByText('Open again. Series fill', { exact: false }).waitFor()
  const { items } = await told<{ items: Closure[] }>(page, '/admin/closures?past=true')
  expect(items.find(one => one.reason.endsWith(size))?.liftedAt).not.toBe(null)
})

test('on the phone a saved template is given to its classes from a day on, once it is seen who is in them', async () => {
  const name = 'Longer yoga'
  const trainer = await aTrainer(db, 'Trainer of longer yoga')
  const { id: templateId } = await aTemplate(db, { name, trainerId: trainer.id })
  const days = [dayAhead(db, 13), dayAhead(db, 15)]
  const startsAt = days.map(day => day.toZonedDateTime({ timeZone: 'Europe/Madrid', plainTime: '15:00' }).toInstant())
  const [first, second] = [await aSession(db, { templateId, startsAt: startsAt[0]! }), await aSession(db, { templateId, startsAt: startsAt[1]! })]
  await desk.book(booker, second)
  const page = await open('admin', 'phone')
  await page.goto(`/staff/templates/${templateId}`)
  await page.getByLabel('Minutes').fill('75')
  await press(page, 'Save')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('2 classes change.').waitFor()
  await dialog.getByRole('radio', { name: 'Those from a day on' }).check()
  await dialog.getByLabel('From', { exact: true }).fill(String(days[1]))
  await dialog.getByText('1 class changes.').waitFor()
  await dialog.getByRole('list', { name: 'Who is affected' }).getByText(booker.name).waitFor()
  await press(page, 'Change 1 class')
  await page.getByText('Saved, and 1 class changed. 1 booking moves along and may be cancelled free.').waitFor()
  const minutes = async ({ id }: { id: string }) => {
    const session = await told<StaffSession>(page, `/admin/sessions/${id}`)
    return Temporal.Instant.from(session.startsAt).until(session.endsAt).total('minutes')
  }
  expect([await minutes(first), await minutes(second)]).toEqual([60, 75])
})
