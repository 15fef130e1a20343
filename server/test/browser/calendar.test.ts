// The calendar of all trainers: who teaches when, moved by mouse or keys after a look at who is affected, and a list on the phone.
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aFrontDesk } from '../front-desk.ts'
import { aLot } from '../world.ts'
import { aClass, wallTime, type Class } from './classes.ts'
import { aStudio } from './studio.ts'
import { told } from './told.ts'

const { db, open, person } = await aStudio()
const desk = await aFrontDesk(db)
const [alex, first] = await Promise.all([person('alex'), person('member31')])
await aLot(db, first)

const block = (page: Page, { name }: Class) => page.getByRole('link', { name: new RegExp(`^\\d\\d:\\d\\d to \\d\\d:\\d\\d, ${name} with`) })
const startOf = async (page: Page, { id }: Class) => wallTime((await told<StaffSession>(page, `/admin/sessions/${id}`)).startsAt)

async function show(page: Page, { day }: Class, view: 'week' | 'day'): Promise<void> {
  await page.goto(`/staff/calendar?view=${view}&day=${day}`)
  await page.getByRole('region', { name: 'Calendar' }).waitFor()
}

/** By mouse, so many pixels down from its middle. */
async function drag(page: Page, of: Class, downPx: number): Promise<void> {
  await block(page, of).scrollIntoViewIfNeeded()
  const box = await block(page, of).boundingBox()
  if (!box) throw new Error('the block is out of sight')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x, y + downPx / 2)
  await page.mouse.move(x, y + downPx)
  await page.mouse.up()
}

test('an admin drags an empty class to another hour, once they have seen that nobody is affected', async () => {
  const yoga = await aClass(db, { name: 'Dragged yoga', daysAhead: 3, capacity: 9 })
  const page = await open('admin', 'desktop')
  await show(page, yoga, 'week')
  await block(page, yoga).getByText('0/9').waitFor()
  await drag(page, yoga, 80)
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Nobody is affected.').waitFor()
  await dialog.getByText('16:00').waitFor()
  expect(await startOf(page, yoga)).toBe('15:00')
  await dialog.getByRole('button', { name: 'Move session' }).click()
  await page.getByText('Moved to').waitFor()
  await page.getByRole('link', { name: /^16:00 to .*, Dragged yoga with/ }).waitFor()
  expect(await startOf(page, yoga)).toBe('16:00')
})

test('the same is done without a mouse, and leaving it moves nothing', async () => {
  const rowing = await aClass(db, { name: 'Keyed rowing', daysAhead: 3 })
  const page = await open('admin', 'desktop')
  await show(page, rowing, 'week')
  await block(page, rowing).focus()
  await page.keyboard.press('Shift+ArrowDown')
  await page.getByText(/^Keyed rowing to .* 15:15\. Enter moves it, Escape leaves it\.$/).waitFor({ state: 'attached' })
  await page.keyboard.press('Escape')
  await block(page, rowing).focus()
  await page.keyboard.press('Shift+ArrowUp')
  await page.keyboard.press('Shift+ArrowUp')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('14:30').waitFor()
  await dialog.getByRole('button', { name: 'Leave it' }).click()
  expect(await startOf(page, rowing)).toBe('15:00')
})

test('a click on empty time begins a session there, and a click on a class opens it', async () => {
  const boxing = await aClass(db, { name: 'Clicked boxing', daysAhead: 4 })
  const page = await open('admin', 'desktop')
  await show(page, boxing, 'day')
  await block(page, boxing).scrollIntoViewIfNeeded()
  const box = await block(page, boxing).boundingBox()
  if (!box) throw new Error('the block is out of sight')
  await page.mouse.click(box.x + box.width / 2, box.y - 30)
  await page.getByRole('heading', { name: 'New session' }).waitFor()
  expect(await page.getByLabel('Day', { exact: true }).inputValue()).toBe(boxing.day)
  expect(await page.getByLabel('Start', { exact: true }).inputValue()).toBe('14:30')
  await page.goBack()
  await block(page, boxing).click()
  await page.getByRole('heading', { name: boxing.name }).waitFor()
})

test('each trainer has a column of the day, and the week shows only those who are chosen', async () => {
  const hers = await aClass(db, { name: 'Her spinning', daysAhead: 5 })
  const his = await aClass(db, { name: 'His spinning', daysAhead: 5 })
  const page = await open('admin', 'desktop')
  await show(page, hers, 'day')
  for (const { trainer } of [hers, his]) await page.getByRole('heading', { name: trainer }).waitFor()
  await page.getByRole('button', { name: 'Week', exact: true }).click()
  await page.getByRole('button', { name: hers.trainer }).click()
  await expect.poll(() => block(page, his).count()).toBe(0)
  await block(page, hers).waitFor()
})

test('a trainer has their own day as a list on the phone, with who is in it', async () => {
  const own = await aClass(db, { name: 'Own circuit', daysAhead: 6, capacity: 4, trainerId: alex.id })
  const another = await aClass(db, { name: 'Another circuit', daysAhead: 6 })
  await desk.book(first, own)
  const page = await open('alex', 'phone')
  await page.goto(`/staff/calendar?day=${own.day}`)
  await block(page, own).getByText('1/4').waitFor()
  expect(await block(page, another).count()).toBe(0)
  await page.getByRole('button', { name: 'The day after' }).click()
  await expect.poll(() => block(page, own).count()).toBe(0)
  await page.goto(`/staff/calendar?day=${own.day}`)
  await block(page, own).click()
  await page.getByRole('heading', { name: own.name }).waitFor()
})
