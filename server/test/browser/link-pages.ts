// The pages behind the links of sign-in mails, before and after a link that does not hold is tried.
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
