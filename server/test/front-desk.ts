// A desk at which tests hold, confirm, cancel and wait, by the use cases themselves; every request has a key of its own.
import { randomUUID } from 'node:crypto'
import type { AttendanceMarked, CheckedIn } from '@fitflow/contract/attendance.ts'
import type { Cancelled, Confirm, Confirmed, Hold, WaitlistPlace } from '@fitflow/contract/booking.ts'
import { eventShapes, type Topic } from '@fitflow/contract/events.ts'
import Value from 'typebox/value'
import { expect } from 'vitest'
import { policyEnforcer } from '../src/attendance/consumers.ts'
import { markAttendance } from '../src/attendance/mark-attendance.ts'
import { markNoShows } from '../src/attendance/mark-no-shows.ts'
import type { Mark } from '../src/attendance/mark.rule.ts'
import { attendedBy } from '../src/booking/attended.ts'
import { openAdmissionDesk } from '../src/booking/admission-desk.ts'
import { cancelBooking, previewCancellation } from '../src/booking/cancel-booking.ts'
import { waitlistManager } from '../src/booking/consumers.ts'
import { joinWaitlist } from '../src/booking/join-waitlist.ts'
import { leaveWaitlist } from '../src/booking/leave-waitlist.ts'
import { openQrTokens } from '../src/booking/qr-token.ts'
import { releaseHold } from '../src/booking/release-hold.ts'
import { sweepHolds } from '../src/booking/sweep-holds.ts'
import { closeWaitlists, wakeSleepers } from '../src/booking/sweep-waitlists.ts'
import type { Database } from '../src/platform/db.ts'
import type { Answer, Keyed } from '../src/platform/idempotency.ts'
import type { BookingId, HoldId, SessionId } from '../src/platform/ids.ts'
import { Problem } from '../src/platform/problem.ts'
import { openExactLimiter } from '../src/platform/rate-limit.ts'
import { drainOnce } from '../src/platform/relay.ts'
import { openSecret } from '../src/platform/secret.ts'
import { newTraceId } from '../src/platform/trace.ts'
import { openSettings } from '../src/schedule/settings.ts'
import type { Person } from './world.ts'

export const keyed = ({ id: userId }: Person, key: string = randomUUID()): Keyed => ({ userId, key, fingerprint: 'test' })
const body = <T>(answer: Answer) => JSON.parse(answer.body || 'null') as T

/** Opens the desk; holds are not limited unless told. */
export async function aFrontDesk(db: Database, { holdsPerMinute = 1e9 } = {}) {
  const settings = await openSettings(db)
  const secret = openSecret({ secret: 'x'.repeat(32), previousSecret: null, dataDirectory: '/nowhere' })
  const house = { db, settings, attendedBy, holdLimit: openExactLimiter({ memory: db.memory.atBest, nameOf: String }, () => holdsPerMinute), qr: openQrTokens(secret) }
  const desk = openAdmissionDesk(house)
  const consumers = [waitlistManager(house), policyEnforcer(house)]
  const command = (who: Person) => ({ keyed: keyed(who), context: who.context })
  return {
    house,
    desk,
    async hold(who: Person, session: { id: SessionId }): Promise<Hold> {
      return body(await desk.hold({ sessionId: session.id, ...command(who) }))
    },
    async confirm(who: Person, hold: { id: string }, choice: Confirm = { method: 'credits' }): Promise<Confirmed> {
      return body(await desk.confirm({ holdId: hold.id as HoldId, choice, ...command(who) }))
    },
    async book(who: Person, session: { id: SessionId }): Promise<Confirmed> {
      return this.confirm(who, await this.hold(who, session))
    },
    release: (who: Person, hold: { id: string }) => releaseHold(db, hold.id as HoldId, command(who)),
    async cancel(who: Person, booking: { id: string }, choice = {}): Promise<Cancelled> {
      return body(await cancelBooking(house, booking.id as BookingId, { ...command(who), choice }))
    },
    preview: (who: Person, booking: { id: string }) =>
      previewCancellation(house, booking.id as BookingId, { userId: who.id, context: who.context }),
    async join(who: Person, session: { id: SessionId }): Promise<WaitlistPlace> {
      return body(await joinWaitlist(house, session.id, command(who)))
    },
    leave: (who: Person, session: { id: SessionId }) => leaveWaitlist(db, session.id, command(who)),
    async mark(staff: Person, booking: { id: string }, mark: Mark): Promise<AttendanceMarked & Partial<CheckedIn>> {
      return body(await markAttendance(house, booking.id as BookingId, { ...command(staff), mark }))
    },
    markNoShows: () => markNoShows(house, newTraceId()),
    sweep: () => sweepHolds(db, newTraceId()),
    wake: () => wakeSleepers(house, newTraceId()),
    closeLists: () => closeWaitlists(house, newTraceId()),
    /** Lets every event be handled, and looks whether each is as the contract says. */
    async settle() {
      do {
        const events = await db.sql<{ topic: Topic; data: unknown }[]>`select topic, data from outbox where handled_at is null`
        expect(events.filter(({ topic, data }) => !Value.Check(eventShapes[topic], data)), 'events unlike their shape').toEqual([])
      } while (await drainOnce(db, consumers))
    },
  }
}

/** Expects a refusal with this code; answers its facts. */
export async function refusal(code: string, attempt: Promise<unknown>): Promise<Problem> {
  const no = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(no, `a refusal with ${code}`).toBeInstanceOf(Problem)
  expect((no as Problem).code).toBe(code)
  return no as Problem
}
