// Whether this process could do its work now: what a load balancer and an orchestrator ask.
import type { House } from './house.ts'
import { isInStep } from './platform/migrate.ts'

// Who asks has a time limit of their own, and an answer that never comes says less than a no.
const lookMsMax = 2000

/** Whether the database answers, and whether its schema is this release's. */
export async function readiness({ db, log }: Pick<House, 'db' | 'log'>): Promise<{ database: boolean; schema: boolean }> {
  try {
    const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('the database did not answer in time')), lookMsMax).unref())
    return { database: true, schema: await Promise.race([isInStep(db.sql), late]) }
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
