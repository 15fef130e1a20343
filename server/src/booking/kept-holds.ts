// When which hold runs out, kept where the sweep looks first: what is due is found without asking the database each second.
import type { HoldId, SessionId } from '../platform/ids.ts'
import type { Memory } from '../platform/memory.ts'
import type { Tx } from '../platform/tx.ts'
import type { SpotHold } from './holds.ts'

const holdsKey = (id: SessionId) => `session:{${id}}:holds`
/** Sessions by the end of their next hold: nobody has to look through all of them. */
const dueKey = 'sessions:{due}:holds'

// Beyond a hold's end, for a sweep that comes late.
const graceMs = 60_000
const holdsMax = 1000

/** Keeps the ends of new holds once they are committed. */
export function keepHolds(tx: Tx, holds: readonly SpotHold[]): void {
  tx.afterCommit(async memory => {
    const ends = holds.map(({ id, sessionId, expiresAt }) => ({ id, sessionId, atMs: expiresAt.epochMilliseconds }))
    const keepMs = (atMs: number) => Math.max(0, atMs - tx.now.epochMilliseconds) + graceMs
    const first = [...Map.groupBy(ends, end => end.sessionId)].map(([name, of]) => ({ name, atMs: Math.min(...of.map(end => end.atMs)) }))
    await Promise.all([
      memory.enlist(ends.map(({ id, sessionId, atMs }) => ({ key: holdsKey(sessionId), name: id, atMs, keepMs: keepMs(atMs) }))),
      memory.enlist(first.map(({ name, atMs }) => ({ key: dueKey, name, atMs, keepMs: keepMs(atMs), earlier: true }))),
    ])
  })
}

/** Forgets holds that have ended, once that is committed. */
export function forgetHolds(tx: Tx, holds: readonly { id: HoldId; sessionId: SessionId }[]): void {
  tx.afterCommit(memory => memory.strike(holds.map(({ id, sessionId }) => ({ key: holdsKey(sessionId), name: id }))))
}

/** Up to `limit` sessions in which a hold seems to have run out: the database says whether it has. Throws Away. */
export async function seemDue(memory: Memory, now: Temporal.Instant, limit: number): Promise<SessionId[]> {
  const nowMs = now.epochMilliseconds
  const [listed = []] = await memory.first([dueKey], limit)
  const sessions = listed.filter(({ atMs }) => atMs <= nowMs).map(({ name }) => name as SessionId)
  if (sessions.length === 0) return []
  // Taken off first: a hold that comes meanwhile puts its session back.
  await memory.strike(sessions.map(name => ({ key: dueKey, name })))
  const holds = await memory.first(sessions.map(holdsKey), holdsMax)
  const later = sessions.flatMap((name, at) => {
    const next = holds[at]?.find(({ atMs }) => atMs > nowMs)
    return next ? [{ key: dueKey, name, atMs: next.atMs, keepMs: next.atMs - nowMs + graceMs, earlier: true }] : []
  })
  if (later.length > 0) await memory.enlist(later)
  return sessions.filter((_, at) => holds[at]?.some(({ atMs }) => atMs <= nowMs))
}
