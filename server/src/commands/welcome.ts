// What a person reads in the terminal once everything runs.
import type { OpenHouse } from '../house.ts'

/** Prints where to go and how to sign in. */
export function welcome({ config }: OpenHouse): void {
  console.log(`\n  FitFlow is running at ${config.publicUrl}\n`)
}
