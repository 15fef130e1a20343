// What a person reads in the terminal once everything runs.
import type { House } from '../house.ts'
import { setupLink } from '../identity/first-admin.ts'

/** Prints where to go; to a studio without an admin also the one-time link that makes the first. */
export async function welcome({ config, db, secret }: House): Promise<void> {
  console.log(`\n  FitFlow is running at ${config.publicUrl}`)
  const link = await setupLink(db.sql, secret, config.publicUrl)
  if (link !== null) console.log(`\n  There is no admin yet. Whoever opens this link first becomes one:\n  ${link}`)
  console.log()
}
