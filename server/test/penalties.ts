// Somebody who did not come, with the strike that it cost.
import { giveStrike } from '../src/credits/give-penalties.ts'
import type { Database } from '../src/platform/db.ts'
import type { BookingId, PenaltyId } from '../src/platform/ids.ts'
import { transact } from '../src/platform/tx.ts'
import { defaultSettings } from '../src/schedule/settings.ts'
import { aFrontDesk } from './front-desk.ts'
import { aLot, aMember, aSession, system } from './world.ts'

/** A strike of a new member for a new class. */
export async function aPenalty(db: Database): Promise<{ id: PenaltyId; bookingId: BookingId }> {
  const [member, desk] = [await aMember(db), await aFrontDesk(db)]
  await aLot(db, member)
  const { booking } = await desk.book(member, await aSession(db))
  const bookingId = booking.id as BookingId
  await db.sql`update bookings set status = 'no_show' where id = ${bookingId}`
  const offence = { userId: member.id, bookingId, cause: 'no-show', deed: 'Did not come', policy: defaultSettings } as const
  await transact(db, system, {}, tx => giveStrike(tx, { ...offence, at: tx.now }))
  const [row] = await db.sql<[{ id: PenaltyId }]>`select id from penalties where booking_id = ${bookingId}`
  return { id: row.id, bookingId }
}
