// One class and its people in staff's hands: each change shows who it affects before it is made, and members find it so.
import type { Roster } from '@fitflow/contract/booking.ts'
import type { MyMemberships } from '@fitflow/contract/credits.ts'
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aFrontDesk } from '../front-desk.ts'
import { aLot } from '../world.ts'
import { aClass, wallTime } from './classes.ts'
import { aStudio, type Size } from './studio.ts'
import { told } from './told.ts'

const { db, open, person } = await aStudio()
const desk = await aFrontDesk(db)
const [alex, mover, leaver, caller, friend, waiting] = await Promise.all(
  (['alex', 'member33', 'member34', 'member35', 'member36', 'member37'] as const).map(person),
)
for (const member of [mover, leaver, caller, friend, waiting]) await aLot(db, member!)

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const sizes: Size[] = ['desktop', 'phone']
let daysAhead = 8

async function theClass(name: string, capacity = 4) {
  return aClass(db, { name, daysAhead: daysAhead++, capacity, trainerId: alex!.id })
}

test.each(sizes)('an admin moves a booked class on the %s, and its member then cancels free', async size => {
  const session = await theClass(`Moving ${size}`)
  await desk.book(mover!, session)
  const page = await open('admin', size)
  await page.goto(`/staff/sessions/${session.id}`)
  await press(page, 'Reschedule')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Start').fill('16:30')
  await dialog.getByText('1 booking moves along and may be cancelled free.').waitFor()
  await dialog.getByRole('list', { name: 'Who is affected' }).getByText(mover!.name).waitFor()
  await press(page, 'Move the class')
  await page.getByText('Moved. 1 booking moves along and may be cancelled free.').waitFor()
  const moved = await told<StaffSession>(page, `/admin/sessions/${session.id}`)
  expect([wallTime(moved.startsAt), moved.booked]).toEqual(['16:30', 1])

  const own = await open('member33', 'phone')
  const [booking] = (await told<{ items: { id: string; sessionId: string; freeCancelUntil: string }[] }>(own, '/bookings/me?scope=upcoming')).items.filter(
    one => one.sessionId === session.id,
  )
  expect(booking).toMatchObject({ freeCancelUntil: moved.startsAt })
  await own.goto(`/bookings/${booking?.id}`)
  await own.getByRole('button', { name: 'Cancel booking' }).first().click()
  await own.getByText('free to cancel until', { exact: false }).waitFor()
})

test.each(sizes)('an admin cancels a class on the %s: its member finds everything returned; then it takes place after all', async size => {
  const session = await theClass(`Ending ${size}`)
  await desk.book(leaver!, session)
  const page = await open('admin', size)
  await page.goto(`/staff/sessions/${session.id}`)
  await press(page, 'Cancel class')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('Alex is ill')
  await dialog.getByText('1 booking is cancelled with 1 credit returned.').waitFor()
  await press(page, 'Cancel the class')
  await page.getByText('Cancelled. 1 booking is cancelled with 1 credit returned.').waitFor()
  await page.getByText('Cancelled', { exact: true }).waitFor()

  const own = await open('member34', 'phone')
  expect((await told<MyMemberships>(own, '/memberships/me')).creditsBalance).toBe(10)
  await own.goto('/credits')
  await own.getByText('The studio cancelled', { exact: false }).first().waitFor({ state: 'attached' })
  await press(page, 'Publish again')
  await dialog.getByRole('list', { name: 'Who is affected' }).getByText(leaver!.name).waitFor()
  await dialog.getByRole('button', { name: 'Publish again' }).click()
  await page.getByText('Published again. 1 person is told.').waitFor()
  expect(await told<StaffSession>(page, `/admin/sessions/${session.id}`)).toMatchObject({ status: 'published', taken: 0 })
})

test.each(sizes)('an admin books a client who rings up, squeezes in a friend when the class is full, and cancels for them, on the %s', async size => {
  const session = await theClass(`Desk ${size}`, 1)
  const page = await open('admin', size)
  await page.goto(`/staff/sessions/${session.id}`)
  const dialog = page.getByRole('dialog')
  const choose = async (who: typeof caller) => {
    await dialog.getByLabel('Client’s name or e-mail').fill(who!.email)
    await dialog.getByRole('radio', { name: new RegExp(who!.name) }).check()
  }
  await press(page, 'Book a client')
  await choose(caller)
  await dialog.getByRole('radio', { name: /10-class pack/ }).check()
  await dialog.getByRole('button', { name: 'Book' }).click()
  await page.getByText(`${caller!.name} is in.`, { exact: false }).waitFor()

  await press(page, 'Book a client')
  await choose(friend)
  await dialog.getByRole('radio', { name: /A gift of the studio/ }).check()
  await dialog.getByLabel('Reason').fill('Brought a friend')
  await dialog.getByRole('button', { name: 'Book' }).click()
  await dialog.getByText('No spot of this class is free.').waitFor()
  await dialog.getByRole('button', { name: 'Squeeze in' }).click()
  await page.getByText('There is now room for 2.', { exact: false }).waitFor()
  const { entries, capacity } = await told<Roster>(page, `/admin/sessions/${session.id}/roster`)
  expect([capacity, entries.map(entry => entry.user.id)]).toEqual([2, [caller!.id, friend!.id]])

  await page.getByRole('button', { name: `Cancel the booking of ${caller!.name}` }).click()
  await dialog.getByRole('radio', { name: /As the studio/ }).check()
  await dialog.getByText('Everything comes back', { exact: false }).first().waitFor()
  await dialog.getByLabel('Reason').fill('Rang again')
  await dialog.getByRole('button', { name: 'Cancel booking' }).click()
  await page.getByText('The studio cancelled the booking', { exact: false }).waitFor()
  expect(await told<StaffSession>(page, `/admin/sessions/${session.id}`)).toMatchObject({ booked: 1, capacity: 2 })
})

test.each(sizes)('an admin lets somebody else teach, and releases a hold, on the %s', async size => {
  const session = await theClass(`Other ${size}`)
  const other = await theClass(`Busy ${size}`)
  await desk.hold(waiting!, session)
  const page = await open('admin', size)
  await page.goto(`/staff/sessions/${session.id}`)
  await page.getByRole('button', { name: `Release the spot of ${waiting!.name}` }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Release' }).click()
  await page.getByText('The spot is free again.').waitFor()
  await press(page, 'Substitute')
  const { items } = await told<{ items: { id: string; name: string }[] }>(page, '/trainers?limit=200')
  const stand = items.find(one => one.id !== alex!.id)!
  await dialog.getByLabel(/Who teaches instead/).selectOption(stand.id)
  await dialog.getByText('Nobody is affected.').waitFor()
  await dialog.getByRole('button', { name: 'Substitute' }).click()
  await page.getByText('Substituted.', { exact: false }).waitFor()
  expect(await told<StaffSession>(page, `/admin/sessions/${session.id}`)).toMatchObject({ trainer: { id: stand.id }, held: 0 })
  expect(other.trainerId).toBe(alex!.id)
})
