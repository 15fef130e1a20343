// Holds past their end give their spots back, whoever comes by first under the session's lock: a request or the sweep.
import type { HoldKind } from '@fitflow/contract/booking.ts'
import type { Fragment, Sql } from '../platform/sql.ts'
import type { EntryId, HoldId, SessionId, UserId } from '../platform/ids.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/tx.ts'
import { endHolds } from './holds.ts'
import { forgetHolds } from './kept-holds.ts'
import type { Spots } from './spots.ts'
import { asleep, endEntries, letSleep, requeueEntries, type WaitlistEntry } from './waitlist-entries.ts'

export interface DueHold {
  id: HoldId
  sessionId: SessionId
  userId: UserId
  kind: HoldKind
  entryId: EntryId | null
  offersExpired: number | null
  asleepUntil: Temporal.Instant | null
}

/** Who acts where nobody asked: time does. */
export const timeItself = (traceId: string): Context => ({ actor: { userId: null, role: 'system', via: 'job' }, traceId })

/** What is due in these sessions, first ended first: whoever waits for two of them is offered the spot that was free first. The sweep keeps the list of all that is due short. */
export function dueHolds(sql: Sql, sessionIds: readonly SessionId[], now: Fragment) {
  return sql<DueHold[]>`
    with due as materialized (
      select id, session_id, user_id, kind, expires_at from spot_holds where status = 'active' and expires_at <= ${now})
    select due.id, due.session_id, due.user_id, due.kind, e.id as entry_id, e.offers_expired, e.asleep_until
    from due left join waitlist_entries e on e.hold_id = due.id and e.state = 'offered'
    where due.session_id = any(${[...sessionIds]}::uuid[])
    order by due.expires_at, due.id`
}

/**
 * Ends due holds under their sessions' locks: the spot is free again, an offer's entry goes to the end once, then for good.
 * Whoever may have been asleep loses nothing by it, but is passed over for the night.
 */
export function releaseDue(tx: Tx, spots: Spots, due: readonly DueHold[]): void {
  if (due.length === 0) return
  const system = tx.as(timeItself(tx.traceId))
  tx.send(endHolds(tx.sql, { ids: due.map(hold => hold.id), status: 'expired', now: tx.now }))
  forgetHolds(tx, due)
  const entries = { asleep: [] as EntryId[], back: [] as EntryId[], out: [] as EntryId[] }
  for (const hold of due) {
    const goes = whereTo(hold)
    if (hold.entryId !== null) entries[goes].push(hold.entryId)
    const stays = hold.entryId !== null && goes !== 'out'
    spots.change(hold.sessionId, { taken: -1, waiting: stays && goes === 'back' ? 1 : 0, waitlistLength: stays ? 1 : 0 })
  }
  if (entries.asleep.length > 0) tx.send(letSleep(tx.sql, entries.asleep, tx.now))
  if (entries.back.length > 0) tx.send(requeueEntries(tx.sql, entries.back, tx.now))
  if (entries.out.length > 0) tx.send(endEntries(tx.sql, { ids: entries.out, state: 'expired', now: tx.now }))
  for (const { id: holdId, sessionId, userId, kind } of due) {
    const version = spots.session(sessionId)?.version ?? 0
    system.emit('hold.expired', { holdId, sessionId, userId, kind, version })
    system.audit({ entityType: 'hold', entityId: holdId, action: 'expired', details: { sessionId, userId, kind } })
  }
}

/** Entries that were read before their offers ran out under the same locks, as `releaseDue` leaves them: waiting again, or no longer there. */
export function asReleased(entries: readonly WaitlistEntry[], due: readonly DueHold[]): WaitlistEntry[] {
  const dueOf = new Map(due.map(hold => [hold.entryId, hold]))
  return entries.flatMap(entry => {
    const hold = dueOf.get(entry.id)
    if (!hold) return entry
    const waits = { ...entry, state: 'waiting' as const, holdId: null }
    const goes = whereTo(hold)
    if (goes === 'asleep') return { ...waits, passedOverReason: asleep }
    return goes === 'back' ? { ...waits, offersExpired: entry.offersExpired + 1 } : []
  })
}

function whereTo({ asleepUntil, offersExpired }: DueHold): 'asleep' | 'back' | 'out' {
  if (asleepUntil !== null) return 'asleep'
  return offersExpired === 0 ? 'back' : 'out'
}
