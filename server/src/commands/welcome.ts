// What a person reads in the terminal once everything runs.
import type { House } from '../house.ts'
import { setupLink } from '../identity/first-admin.ts'
import { tellDemo } from './seed.ts'

/** Prints where to go, in the demo how to sign in, and to a studio without an admin the one-time link that makes the first. */
export async function welcome(house: House): Promise<void> {
  const { config, db, secret } = house
  console.log(`\n  FitFlow is running at ${config.publicUrl}`)
  await tellDemo(house)
  const link = await setupLink(db.sql, secret, config.publicUrl)
  if (link !== null) console.log(`\n  There is no admin yet. Whoever opens this link first becomes one:\n  ${link}`)
  console.log()
}
