// How many spots of each session are taken, kept where all processes look: for people to see, never to decide about a spot.
import type { Memory } from '../platform/memory.ts'
import type { SessionId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { ClassSession } from './class-sessions.ts'

type Counts = Pick<ClassSession, 'id' | 'taken' | 'waiting' | 'waitlistLength' | 'version'>

const keyOf = (id: SessionId) => `session:{${id}}:booked_count`

// Twice as long as a day of the schedule: a card never outlives the counts that have changed since it was written.
const keepMs = 10 * 60_000

/** Keeps the counts as this transaction leaves them. An older version never takes the place of a newer one. */
export function keepCounts(tx: Tx, sessions: readonly Counts[]): void {
  tx.afterCommit(memory => writeCounts(memory, sessions))
}

/** Keeps counts as they were read. */
export function writeCounts(memory: Memory, sessions: readonly Counts[]): Promise<void> {
  return memory.writeFigures(
    sessions.map(({ id, version, taken, waiting, waitlistLength }) => ({ key: keyOf(id), version, figures: { booked: taken, waiting, waitlist: waitlistLength }, keepMs })),
  )
}

/** The same sessions with their counts as they are now; null when those of any are not known. Throws Away. */
export async function withCounts<Session extends Counts>(memory: Memory, sessions: readonly Session[]): Promise<Session[] | null> {
  const found = await memory.readFigures(sessions.map(session => keyOf(session.id)))
  if (found.includes(null)) return null
  return sessions.map((session, at) => {
    const { version = 0, booked: taken = 0, waiting = 0, waitlist: waitlistLength = 0 } = found[at] ?? {}
    return version > session.version ? { ...session, version, taken, waiting, waitlistLength } : session
  })
}
