// Sessions as they are told of while they change: what they are is remembered here, how many are in them is read where all processes keep it.
import { scheduleGeneration } from '../platform/after-commit.ts'
import { openCache } from '../platform/cache.ts'
import type { Database } from '../platform/db.ts'
import type { SessionId } from '../platform/ids.ts'
import { Away } from '../platform/memory.ts'
import { withCounts } from './booked-counts.ts'
import { readSessions, type ClassSession } from './class-sessions.ts'

export interface SeenSessions {
  /** Those that there are, in no order. For people to see, never to decide. */
  read(ids: readonly SessionId[]): Promise<ClassSession[]>
  /** The next read asks the database: something changed that the others may not have kept. */
  distrust(): void
}

interface Seen {
  session: ClassSession
  generation: string
  readMs: number
}

const sessionsMax = 5000
// As long as a mistake may last that somebody left who died between commit and keeping.
const freshMs = 10_000

/** Opens the way to sessions: with a shared memory a busy class is read from the database once in ten seconds, not ten times a second. */
export function openSeenSessions(db: Database): SeenSessions {
  const memory = db.memory.common
  const seen = openCache<Seen>({ entriesMax: sessionsMax })

  const viaMemory = async (ids: readonly SessionId[]): Promise<ClassSession[]> => {
    const [generation] = await memory.read([scheduleGeneration])
    const nowMs = db.clock.monotonicMs()
    const known = ids.flatMap(id => {
      const one = seen.get(id)
      return one && one.generation === generation && nowMs - one.readMs < freshMs ? one.session : []
    })
    const counted = known.length === ids.length ? await withCounts(memory, known) : null
    if (counted) return counted
    const rows = await readSessions(db.sql, ids)
    // Without a generation nothing can be told of what is remembered: the schedule makes one when it is read.
    if (generation) for (const session of rows) seen.set(session.id, { session, generation, readMs: nowMs })
    return rows
  }
  return {
    async read(ids) {
      if (db.memory.line === null || ids.length === 0) return readSessions(db.sql, ids)
      try {
        return await viaMemory(ids)
      } catch (error) {
        // The database knows it all.
        if (error instanceof Away) return readSessions(db.sql, ids)
        throw error
      }
    },
    distrust: () => seen.clear(),
  }
}
