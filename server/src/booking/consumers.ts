// The Waitlist Manager: a spot that is free again, or a member who can be served again, is an offer to make.
import type { Topic } from '@fitflow/contract/events.ts'
import type { Database } from '../platform/db.ts'
import { inLockOrder, type SessionId, type UserId } from '../platform/ids.ts'
import type { Decider, OutboxEvent } from '../platform/consumer.ts'
import { lockSessions, readSessions } from '../schedule/class-sessions.ts'
import { promoteWaiting, type PromotionHouse } from './promote-waiting.ts'
import { openSpots } from './spots.ts'
import { passedOverEntriesOf } from './waitlist-entries.ts'

const topics = [
  'booking.cancelled',
  'booking.noshow',
  'hold.expired',
  'hold.released',
  'session.changed',
  'credit.granted',
  'credit.returned',
  'block.ended',
  'credit.adjusted',
  'credit.transferred',
  'membership.extended',
  'membership.unfrozen',
] as const satisfies readonly Topic[]

interface Touched {
  sessionId?: SessionId
  userId?: UserId
}

// A member waits in few classes; past this many the rest is served when a spot frees there.
const reconsideredMax = 20

/** The consumer that makes offers; it acts on what is true now, whatever the event said. */
export function waitlistManager(house: PromotionHouse): Decider {
  return {
    name: 'waitlist-manager',
    topics,
    async concerns(db, events) {
      const touched = events.map(event => ({ event, ...touchedBy(event) }))
      const sessions = await readSessions(db.sql, touched.flatMap(one => one.sessionId ?? []))
      const waitedFor = new Set(sessions.filter(session => session.waitlistLength > 0).map(session => session.id))
      const passedOver = await passedOverEntriesOf(db.sql, touched.flatMap(one => one.userId ?? []))
      const members = new Set(passedOver.map(entry => entry.userId))
      return touched
        .filter(({ sessionId, userId }) => (sessionId && waitedFor.has(sessionId)) || (userId && members.has(userId)))
        .map(one => one.event)
    },
    sessions: (db, event) => sessionsToServe(db, touchedBy(event)),
    async handle(tx, event, sessionIds) {
      const { userId } = touchedBy(event)
      const spots = openSpots(await lockSessions(tx.sql, sessionIds))
      const reconsidered = new Set(userId ? [userId] : [])
      for (const id of sessionIds) {
        const session = spots.session(id)
        if (session) await promoteWaiting(tx, house, spots, { session, reconsidered })
      }
      spots.write(tx)
    },
  }
}

function touchedBy(event: OutboxEvent): Touched {
  return event.data as object as Touched
}

/** The class of the event, and those where its member was passed over: the reason may have gone with it. */
async function sessionsToServe(db: Database, { sessionId, userId }: Touched): Promise<SessionId[]> {
  const passedOver = userId ? await passedOverEntriesOf(db.sql, [userId]) : []
  const others = passedOver.slice(0, reconsideredMax).map(entry => entry.sessionId)
  return inLockOrder([...(sessionId ? [sessionId] : []), ...others])
}
