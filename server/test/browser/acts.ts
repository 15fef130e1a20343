// What is done on a page before it is looked at: a button pressed, a dialog opened, something typed that cannot be.
import type { Page } from 'playwright-core'
import { press } from './shown.ts'

/** Presses the first button whose name is like that. */
export const first = (name: RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()

/** Types settings that contradict each other. */
export async function contradict(page: Page): Promise<void> {
  await page.getByLabel('A part comes back until').fill('500')
  await page.getByLabel('Late joining').fill('1')
  await page.getByRole('button', { name: 'From a day on' }).click()
  await page.getByText('1 contradiction, 1 warning').waitFor()
}

/** Makes a template longer, up to the question what becomes of its classes. */
export async function makeLonger(page: Page): Promise<void> {
  await page.getByLabel('Minutes').fill('50')
  await press('Save')(page)
  await page.getByRole('dialog').getByText('change.', { exact: false }).first().waitFor()
}

/** Moves a series, up to the question who is affected. */
export async function changeItsHour(page: Page): Promise<void> {
  await press('Change series')(page)
  await page.getByRole('dialog').getByLabel('Start').fill('05:30')
  await page.getByRole('dialog').getByText('change.', { exact: false }).first().waitFor()
}
