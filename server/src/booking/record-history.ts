// A studio's past comes into the house: what its members did before, with every row that would be there had they done it here.
import { writeDecisions } from '../credits/decisions.ts'
import { lockLots } from '../credits/lots.ts'
import { lockMembers } from '../identity/lock-members.ts'
import { inLockOrder } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import { settingsRows, timelineOf } from '../schedule/settings.ts'
import type { BookingRow } from './bookings.ts'
import { insertPastBookings, insertPastEntries, insertPastHolds } from './history-rows.ts'
import { penaliseHistory } from './penalise-history.ts'
import { replayHistory, type Happening } from './replay-history.ts'

/**
 * Records what happened, told in the order of time, in classes that nobody has a part in yet. Announces nothing: nobody is to be
 * told of what is long past. Answers the bookings as they stand. Throws the problem that a happening would have met.
 */
export async function recordHistory(tx: Tx, happenings: readonly Happening[]): Promise<BookingRow[]> {
  const { sql, now } = tx
  const sessionIds = inLockOrder(happenings.map(happening => happening.sessionId))
  const userIds = inLockOrder(happenings.map(happening => happening.userId))
  const [sessions, , lots] = await Promise.all([lockSessions(sql, sessionIds), lockMembers(sql, userIds), lockLots(sql, userIds)])
  const begun = sessions.find(session => session.taken + session.waitlistLength > 0)
  if (begun) throw new Error(`class ${begun.id} has its people already`)
  const classes = [...(await sessionCards(sql, sessionIds)).values()]
  const settings = timelineOf(await settingsRows(sql))
  const { spots, ...told } = replayHistory(happenings, { classes, lots, settings, now })
  const bookings = [...told.bookings.values()]
  tx.send(insertPastHolds(sql, [...told.holds.values()]))
  tx.send(insertPastBookings(sql, bookings))
  tx.send(insertPastEntries(sql, [...told.entries.values()]))
  writeDecisions(tx, told)
  spots.write(tx)
  await penaliseHistory(tx, { bookings, classes, settings })
  for (const { id: entityId, sessionId, userId, status } of bookings) {
    tx.audit({ entityType: 'booking', entityId, action: 'recorded', details: { sessionId, userId, status } })
  }
  return bookings
}
