// After a commit: what changed goes where all processes look, then everybody is told that something changed.
import type { Database } from './db.ts'
import { Away, type Memory } from './memory.ts'
import type { Staged } from './staged.ts'

/** Gone whenever the schedule itself has changed, not only how many spots of it are taken: what was kept of it before is void. */
export const scheduleGeneration = 'schedule:{generation}'

/** What a card of the schedule is made of. */
const ofSchedule = new Set(['class_session', 'class_template', 'class_series', 'user', 'trainer_profile'])

/** Tells of a transaction that has been committed. Nobody waits for it, and no failure is worse than a moment's delay. */
export function announce(db: Database, staged: Staged): void {
  const kept = db.memory.line === null ? Promise.resolve(false) : keep(db.memory.common, staged)
  if (staged.events.length === 0) return
  const facts = staged.events.map(event => event.data as { sessionId?: string; userId?: string })
  const changed = {
    sessions: facts.flatMap(data => data.sessionId ?? []),
    users: facts.flatMap(data => data.userId ?? []),
    events: true,
  }
  db.signals.send(changed, kept)
}

/** Whether all of it is there now. */
async function keep(memory: Memory, { kept, events, audits }: Staged): Promise<boolean> {
  const isOther = events.some(({ topic }) => topic.startsWith('session.')) || audits.some(({ entityType }) => ofSchedule.has(entityType))
  try {
    await Promise.all([...kept.map(write => write(memory)), ...(isOther ? [memory.drop([scheduleGeneration])] : [])])
    return true
  } catch (error) {
    // Whoever hears of it asks the database then.
    if (error instanceof Away) return false
    throw error
  }
}
