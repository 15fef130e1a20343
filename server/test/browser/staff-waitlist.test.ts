// The waitlist of a class in staff's hands: its order by keys and by mouse, who is on it, whether it moves, and why somebody was passed over.
import type { WaitlistForStaff, WaitlistPlace } from '@fitflow/contract/booking.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aFrontDesk } from '../front-desk.ts'
import { aLot } from '../world.ts'
import { aClass } from './classes.ts'
import { aStudio, everySize } from './studio.ts'
import { told } from './told.ts'

const { db, open, person } = await aStudio()
const desk = await aFrontDesk(db)
const [alex, booked, ana, bo, cy, poor] = await Promise.all((['alex', 'member31', 'member33', 'member34', 'member35', 'member36'] as const).map(person))
for (const member of [booked, ana, bo, cy]) await aLot(db, member!)
let daysAhead = 8

async function aQueue(name: string) {
  const session = await aClass(db, { name, daysAhead: daysAhead++, trainerId: alex!.id })
  const { booking } = await desk.book(booked!, session)
  for (const member of [ana, bo]) await desk.join(member!, session)
  return { session, booking }
}

const queue = (page: Page) => page.getByRole('list', { name: 'Waiting, in order' }).getByRole('listitem')
const inOrder = async (page: Page, people: readonly { name: string }[]) => {
  await expect.poll(() => queue(page).locator('.who').allInnerTexts(), { timeout: 15_000 }).toEqual(people.map(one => one.name))
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const inDialog = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

test.each(everySize)('on the %s an admin moves somebody up by keys, pauses the list, adds a client and takes one off, each after a look', async size => {
  const { session, booking } = await aQueue(`Queue ${size}`)
  const page = await open('admin', size)
  await page.goto(`/staff/sessions/${session.id}`)
  await inOrder(page, [ana!, bo!])
  await page.getByRole('button', { name: `Move ${bo!.name} up` }).focus()
  await page.keyboard.press('Enter')
  await inOrder(page, [bo!, ana!])
  await page.getByRole('button', { name: `Move ${bo!.name} down` }).waitFor()

  await press(page, 'Add a client')
  await page.getByRole('dialog').getByRole('searchbox').fill(cy!.email)
  await page.getByRole('dialog').getByText(cy!.email).click()
  await inDialog(page, 'Add')
  await page.getByText(`${cy!.name} is 3rd in line.`).waitFor()
  await inOrder(page, [bo!, ana!, cy!])

  await press(page, 'Pause the list')
  await page.getByRole('dialog').getByText('All 3 who wait keep their places.', { exact: false }).waitFor()
  await inDialog(page, 'Pause')
  await page.getByText('Nobody joins and nothing is offered', { exact: false }).first().waitFor()
  await desk.cancel(booked!, booking)
  const own = await open('member37', 'phone')
  await own.goto(`/class/${session.id}`)
  await own.getByText('The waitlist is paused', { exact: false }).waitFor()
  expect(await told<WaitlistForStaff>(page, `/waitlist/${session.id}`)).toMatchObject({ paused: true, length: 3 })

  await press(page, 'Open again')
  await inDialog(page, 'Open')
  const offered = page.getByRole('list', { name: 'On offer' })
  await offered.getByText(bo!.name).waitFor()
  expect(await offered.getByRole('timer').innerText()).toMatch(/^[0-5]:\d\d$/)
  await press(page, `Take ${bo!.name} off the waitlist`)
  await page.getByRole('dialog').getByText('the spot goes to whoever waits next', { exact: false }).waitFor()
  await inDialog(page, 'Take off')
  await offered.getByText(ana!.name).waitFor()
  await inOrder(page, [cy!])
})

test('an admin drags the last to the front with the mouse, and that is whom the next spot goes to', async () => {
  const { session, booking } = await aQueue('Queue dragged')
  const page = await open('admin', 'desktop')
  await page.goto(`/staff/sessions/${session.id}`)
  await inOrder(page, [ana!, bo!])
  const [first, last] = [await queue(page).nth(0).locator('.grip').boundingBox(), await queue(page).nth(1).locator('.grip').boundingBox()]
  await page.mouse.move(last!.x + 10, last!.y + 20)
  await page.mouse.down()
  await page.mouse.move(last!.x + 10, last!.y + 10, { steps: 4 })
  await page.mouse.move(first!.x + 10, first!.y + 4, { steps: 8 })
  await page.mouse.up()
  await inOrder(page, [bo!, ana!])
  await desk.cancel(booked!, booking)
  await page.getByRole('list', { name: 'On offer' }).getByText(bo!.name).waitFor()
  expect(await queue(page).locator('.who').allInnerTexts()).toEqual([ana!.name])
})

test('staff read why somebody was passed over, and so does the member, with the way on', async () => {
  const session = await aClass(db, { name: 'Queue passed over', daysAhead: daysAhead++, trainerId: alex!.id })
  const { booking } = await desk.book(booked!, session)
  await desk.join(poor!, session)
  const [page, own] = [await open('alex', 'desktop'), await open('member36', 'phone')]
  await page.goto(`/staff/sessions/${session.id}`)
  await own.goto(`/class/${session.id}`)
  await own.getByRole('heading', { name: "You're next in line" }).waitFor()
  await desk.cancel(booked!, booking)
  await page.getByText('Nothing to pay with').waitFor()
  await own.getByText('You had nothing to pay for it with.', { exact: false }).waitFor()
  await own.getByRole('link', { name: 'My credits' }).click()
  await own.getByRole('heading', { name: 'Credits', exact: false }).first().waitFor()
  expect(await told<WaitlistPlace>(own, `/waitlist/${session.id}`)).toMatchObject({ position: 1, passedOver: 'insufficient-credits' })
})
