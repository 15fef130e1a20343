// The pages behind the links of sign-in mails, before and after a link that does not hold is tried, and where a demo shows these mails.
import type { Page } from 'playwright-core'
import { press, type Shown } from './shown.ts'

const tried = (button: string) => async (page: Page) => {
  await press(button)(page)
  await page.getByRole('heading', { name: 'This link has been used or is too old' }).waitFor()
}

export const linkPages: Shown[] = [
  { name: 'a link to sign in', path: '/sign-in/link?token=none' },
  { name: 'a link to sign in that is used', path: '/sign-in/link?token=none', after: tried('Sign in') },
  { name: 'a link to confirm', path: '/confirm?token=none' },
  { name: 'a link to confirm that is too old', path: '/confirm?token=none', after: tried('Confirm my address') },
]

/** What is told to the page only: the house sends none here, and each is a way in. */
export async function withSignInMails(page: Page): Promise<void> {
  const items = (['magic-link', 'password-reset', 'email-verification'] as const).map(about => ({ to: `${about}-of-a-long-name@demo.fitflow.test`, about, link: `/sign-in/link?token=${about}`, at: '2026-06-01T10:00:00Z' }))
  await page.route('**/api/v1/admin/letters', route => route.fulfill({ json: { items } }))
  await page.reload()
  await page.locator('app-sign-in-mails summary').click()
}
