// A trainer at the desk and somebody they have never met: found by three letters, booked in, and only then a client.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aLot, aMember } from '../world.ts'
import { aClass } from './classes.ts'
import { aStudio } from './studio.ts'
import { told } from './told.ts'

const { db, open, person } = await aStudio()
const dialog = (page: Page) => page.getByRole('dialog')

test('on the phone a trainer books in a walk-in by three letters of their name, and is offered no spot in that class themselves', async () => {
  const alex = await person('alex')
  const session = await aClass(db, { name: 'Rowing at the desk', capacity: 5, trainerId: alex.id })
  const walkIn = await aMember(db, 'Qzendra Walker')
  await aLot(db, walkIn)
  const page = await open('alex', 'phone')
  await page.goto(`/class/${session.id}`)
  await page.getByRole('heading', { name: 'You teach this class' }).waitFor()
  await page.getByRole('link', { name: 'See who comes' }).click()
  await page.getByRole('button', { name: 'Book a client' }).click()
  await dialog(page).getByLabel('Client’s name or e-mail').fill('qz')
  await dialog(page).getByText('Nobody by that name.', { exact: false }).waitFor()
  await dialog(page).getByLabel('Client’s name or e-mail').fill('qze')
  await dialog(page).getByRole('radio', { name: walkIn.name }).check()
  await dialog(page).getByText('•••@example.test, new to you').waitFor()
  await dialog(page).getByRole('button', { name: 'Book', exact: true }).click()
  await page.getByText(`${walkIn.name} is in.`, { exact: false }).waitFor()
  const found = await told<{ items: unknown[] }>(page, '/admin/walk-ins?search=qzendra')
  expect(found.items).toEqual([{ id: walkIn.id, name: walkIn.name, email: walkIn.email, isOwn: true }])
  await page.goto(`/staff/clients/${walkIn.id}`)
  await page.getByRole('heading', { name: walkIn.name }).waitFor()
})
