// What the API tells the person of a page, for a look behind what the page shows.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Reads below `/api/v1` with the page's own cookies. */
export async function told<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(`/api/v1${path}`)
  expect(answer.status(), path).toBe(200)
  return (await answer.json()) as T
}
