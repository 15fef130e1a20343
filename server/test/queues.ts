// Full classes with people who wait, and how tests look at them.
import { listHolds } from '../src/booking/my-holds.ts'
import { readPlace } from '../src/booking/waitlist-place.ts'
import type { HandClock } from '../src/platform/clock.ts'
import type { Database } from '../src/platform/db.ts'
import type { SessionId } from '../src/platform/ids.ts'
import type { aFrontDesk } from './front-desk.ts'
import { aLot, aMember, aSession, aTemplate, type Person, type SessionWish } from './world.ts'

interface Stage {
  db: Database
  clock: HandClock
  desk: Awaited<ReturnType<typeof aFrontDesk>>
}

interface QueueWish extends SessionWish {
  length: number
  mode?: 'offer' | 'auto'
}

/** Somebody with a pack of ten. */
export async function aPayer(db: Database): Promise<Person> {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

/** A class whose spots (one, unless told) are booked, and members who wait for one, each a second after the one before. */
export async function aQueue({ db, clock, desk }: Stage, { length, mode = 'offer', ...wish }: QueueWish) {
  const template = await aTemplate(db)
  await db.sql`update class_templates set waitlist_mode = ${mode} where id = ${template.id}`
  const session = await aSession(db, { capacity: 1, ...wish, templateId: template.id })
  const booked = []
  for (let n = 0; n < session.capacity; n++) {
    const member = await aPayer(db)
    booked.push({ member, ...(await desk.book(member, session)) })
  }
  const waiting: Person[] = []
  for (let n = 0; n < length; n++) {
    clock.advance({ seconds: 1 })
    const member = await aPayer(db)
    await desk.join(member, session)
    waiting.push(member)
  }
  return { session, booked, waiting }
}

/** How a member sees the waitlist. */
export function placeOf(db: Database, who: Person, session: { id: SessionId }) {
  return readPlace(db, session.id, { userId: who.id, context: who.context })
}

/** A member's live offers and holds. */
export async function holdsOf(db: Database, who: Person) {
  return (await listHolds(db, { userId: who.id, context: who.context })).items
}

/** The counts on the session's row. */
export async function countsOf(db: Database, session: { id: SessionId }) {
  const [row] = await db.sql<[{ taken: number; waiting: number; waitlistLength: number }]>`
    select taken, waiting, waitlist_length from class_sessions where id = ${session.id}`
  return row
}
