// A class that nobody can get into any more lets go of whoever waits for it, and each is told.
import type { Tx } from '../platform/tx.ts'
import type { Spots } from './spots.ts'
import { endEntries, type WaitlistEntry } from './waitlist-entries.ts'

/** Ends live entries under their sessions' locks; `spots` is the caller's to write. The hold of an offer is the caller's to end. `reason` is what members read. */
export function closeEntries(tx: Tx, spots: Spots, entries: readonly WaitlistEntry[], reason?: string): void {
  if (entries.length === 0) return
  tx.send(endEntries(tx.sql, { ids: entries.map(entry => entry.id), state: 'closed', now: tx.now }))
  for (const { id: entryId, sessionId, userId, state, passedOverReason } of entries) {
    // An entry with an offer is counted by its hold.
    if (state === 'waiting') spots.change(sessionId, { waiting: passedOverReason === null ? -1 : 0, waitlistLength: -1 })
    tx.emit('waitlist.closed', { entryId, sessionId, userId, version: spots.session(sessionId)?.version ?? 0, ...(reason ? { reason } : {}) })
    tx.audit({ entityType: 'waitlist_entry', entityId: entryId, action: 'closed', details: { sessionId, userId } })
  }
}
