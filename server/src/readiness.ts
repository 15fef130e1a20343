// Whether this process could do its work now: what a load balancer and an orchestrator ask.
import type { House } from './house.ts'
import { isInStep } from './platform/migrate.ts'

/** Whether the database answers, and whether its schema is this release's. */
export async function readiness({ db, log }: Pick<House, 'db' | 'log'>): Promise<{ database: boolean; schema: boolean }> {
  try {
    return { database: true, schema: await isInStep(db.sql) }
  } catch (error) {
    // Not being ready is an answer here; why is for the log.
    log.warn(error, 'the database does not answer')
    return { database: false, schema: false }
  }
}

/** What this process does without when it must, where it has any of it: Redis. */
export function conveniences({ db }: Pick<House, 'db'>): Record<string, boolean> {
  return db.memory.line ? { redis: db.memory.line.isUp() } : {}
}
