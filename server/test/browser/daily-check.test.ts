// The daily check as an admin meets it: asked for, all right, then something that does not add up, named, and right again once it is mended.
import { expect, test } from 'vitest'
import { aClass } from './classes.ts'
import { press } from './shown.ts'
import { aStudio } from './studio.ts'

const { db, open } = await aStudio()

test('an admin has everything counted at once, reads what does not add up in plain words, and sees it come right', async () => {
  const page = await open('admin', 'phone')
  await page.goto('/staff/daily-check')
  await press('Check now')(page)
  await page.getByText('All sums are right').waitFor()

  const { id } = await aClass(db, { name: 'Rowing, miscounted' })
  await db.sql`update class_sessions set taken = taken + 1 where id = ${id}`
  await press('Check now')(page)
  await page.getByText('One thing does not add up').waitFor()
  const area = page.getByRole('article', { name: 'Spots in classes' })
  await area.getByText('1 wrong').click()
  await area.getByText(`session ${id}: taken 1, recount 0`).waitFor()

  await db.sql`update class_sessions set taken = taken - 1 where id = ${id}`
  await press('Check now')(page)
  await page.getByText('All sums are right').waitFor()
  expect(await page.getByRole('article').count()).toBe(0)
})
