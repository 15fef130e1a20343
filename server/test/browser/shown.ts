// A page as the look at every page knows it: where it is, and what is done there first.
import type { Page } from 'playwright-core'

export interface Shown {
  name: string
  path: string
  /** What is done there first: a dialog opened, a form unfolded. */
  after?: (page: Page) => Promise<void>
}

/** Presses the first button of this name. */
export const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first().click()
