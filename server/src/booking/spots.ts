// The counts of the sessions locked in one transaction, as they change while it decides; written once at its end.
import type { SessionId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { keepCounts } from '../schedule/booked-counts.ts'
import { changeCounts, type ClassSession, type CountChange } from '../schedule/class-sessions.ts'
import { callOffDeserted, isDeserted } from '../schedule/slot-sessions.ts'

export interface Spots {
  /** The session with its counts as of now in this transaction; undefined when there is none. */
  session(id: SessionId): ClassSession | undefined
  /** Moves counts by differences. The session's version goes up once, however many changes it sees. */
  change(id: SessionId, by: Partial<Omit<CountChange, 'sessionId'>>): void
  /** Sends the sum of all changes; a 1:1 whose only hold or booking has ended is called off with it. */
  write(tx: Tx): void
}

/** Takes rows that are locked; they are copied, never changed in place. */
export function openSpots(rows: readonly ClassSession[]): Spots {
  const sessions = new Map(rows.map(row => [row.id, { ...row }]))
  const changes = new Map<SessionId, CountChange>()

  return {
    session: id => sessions.get(id),
    change(id, { taken = 0, waiting = 0, waitlistLength = 0 }) {
      const session = sessions.get(id)
      if (!session) throw new Error(`session ${id} is not locked here`)
      let sum = changes.get(id)
      if (!sum) {
        sum = { sessionId: id, taken: 0, waiting: 0, waitlistLength: 0 }
        changes.set(id, sum)
        session.version += 1
      }
      for (const counts of [session, sum]) {
        counts.taken += taken
        counts.waiting += waiting
        counts.waitlistLength += waitlistLength
      }
    },
    write(tx) {
      if (changes.size === 0) return
      tx.send(changeCounts(tx.sql, [...changes.values()]))
      keepCounts(tx, [...changes.keys()].flatMap(id => sessions.get(id) ?? []))
      for (const { sessionId, taken } of changes.values()) {
        const session = sessions.get(sessionId)
        if (session && taken < 0 && isDeserted(session)) callOffDeserted(tx, session)
      }
    },
  }
}
