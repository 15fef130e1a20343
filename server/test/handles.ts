// Another process's way into a test file's database: pools, signals and guards of its own.
import { afterAll } from 'vitest'
import type { Clock } from '../src/platform/clock.ts'
import { openDatabase, type Database } from '../src/platform/db.ts'
import { allGuards, type Guards } from '../src/platform/guards.ts'
import { openLog } from '../src/platform/log.ts'

const log = openLog('silent')

/** Call it at the top of a test file, after `aDatabase`; guards may be taken away from it. */
export function anotherHandle({ url, clock, redisUrl = null }: { url: string; clock: Clock; redisUrl?: string | null }, missing: Partial<Guards> = {}): Database {
  const db = openDatabase({ url, clock, log, redisUrl, guards: { ...allGuards, ...missing } })
  afterAll(() => db.close())
  return db
}
