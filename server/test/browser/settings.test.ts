// An admin decides how the house works: told what does not go together while typing, planning a change, seeing it and taking it back.
import type { Settings } from '@fitflow/contract/settings.ts'
import { expect, test } from 'vitest'
import { aTemplate } from '../world.ts'
import { dayAhead } from './classes.ts'
import { aStudio } from './studio.ts'
import { told } from './told.ts'

const { db, open } = await aStudio()
const sentence = 'The waitlist hands on spots until 45 min before the start'

test('a contradiction is named while it is typed and refused with all that was typed kept; mended, it is planned, listed and withdrawn', async () => {
  const page = await open('admin', 'phone')
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  await page.goto('/staff/settings')
  await page.getByLabel('Free to cancel after promotion').fill('0')
  await page.getByLabel('Cutoff').fill('45')
  await page.getByText(sentence).first().waitFor()
  expect(await page.getByRole('button', { name: 'Free until', exact: true }).count()).toBeGreaterThan(0)
  const groups = page.getByRole('group', { name: 'Go to' })
  expect(await groups.getByTitle('Something does not go together here').count()).toBeGreaterThan(0)
  await press('Save changes')
  await page.getByRole('alert').getByText(sentence).waitFor()
  expect([await page.getByLabel('Cutoff').inputValue(), await page.getByLabel('Free to cancel after promotion').inputValue()]).toEqual(['45', '0'])

  await page.getByLabel('Free to cancel after promotion').fill('15')
  await expect.poll(() => page.getByText(sentence).count()).toBe(0)
  await expect.poll(() => groups.getByTitle('Something does not go together here').count()).toBe(0)
  const converted = 'Amounts are not converted: a price of 18.00 EUR becomes 18.00 USD.'
  await page.getByLabel('Currency').fill('USD')
  await page.getByText(converted).waitFor()
  await page.getByText('1 warning', { exact: true }).waitFor()
  await page.getByLabel('Currency').fill('EUR')
  await expect.poll(() => page.getByText(converted).count()).toBe(0)
  await press('From a day on')
  await page.getByLabel('Day', { exact: true }).fill(String(dayAhead(db, 3)))
  await page.getByLabel('Hour', { exact: true }).fill('06:00')
  await press('Plan it')
  await page.getByRole('link', { name: /A change is planned/ }).click()
  const change = page.getByRole('listitem', { name: /^Planned, from .*06:00/ })
  await change.getByText('45 minutes').waitFor()
  await change.getByText('By Carmen Ibarra').waitFor()
  expect(await told<Settings>(page, '/admin/settings')).toMatchObject({ waitlistCutoffMinutes: 30, promotionFreeCancelMinutes: 30 })

  await change.getByRole('button', { name: /^Withdraw/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw', exact: true }).click()
  await page.getByRole('listitem', { name: /^Withdrawn, from .*06:00/ }).waitFor()
})

test('a template books at once from its waitlist, and says when that is at odds with the settings', async () => {
  const template = await aTemplate(db, { name: 'Short rowing', durationMinutes: 15 })
  const page = await open('admin', 'desktop')
  await page.goto(`/staff/templates/${template.id}`)
  await page.getByText('Spots of no-shows are handed on until 20 min after the start').waitFor()
  await page.getByLabel('When a spot comes free').selectOption({ label: 'Book it at once, where their credits or membership cover it' })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL('/staff/templates')
  await expect.poll(async () => (await db.sql`select waitlist_mode from class_templates where id = ${template.id}`)[0]).toEqual({ waitlistMode: 'auto' })
})
