// Guarantees of a block: it stops holds, joins and offers until its very end, leaves bookings alone, and its end is an occasion.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, aSession, system, type Person } from '../../test/world.ts'
import { insertBlock } from '../credits/blocks.ts'
import { insertPenalties, type Penalty } from '../credits/penalties.ts'
import { undoPenalties } from '../credits/undo-penalties.ts'
import { newId, type BlockId, type BookingId, type PenaltyId, type ReceiptId } from '../platform/ids.ts'
import { transact } from '../platform/tx.ts'
import { writeDecisions } from '../credits/decisions.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)

async function aMemberWithCredits() {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

/** A block that three strikes brought about; answers their bookings. */
async function block(member: Person): Promise<BookingId[]> {
  const blockId = newId<BlockId>()
  const bookingIds = [1, 2, 3].map(() => newId<BookingId>())
  await transact(db, system, {}, async tx => {
    const { now } = tx
    await insertBlock(tx.sql, { id: blockId, userId: member.id, startsAt: now, endsAt: now.add({ hours: 14 * 24 }), strikesMax: 3 })
    const strikes = bookingIds.map((bookingId): Penalty => ({
      ...{ id: newId<PenaltyId>(), userId: member.id, bookingId, kind: 'strike', cause: 'no-show', blockId, waivedAt: null },
      ...{ amountCents: null, currency: null, lapsesAt: now.add({ hours: 90 * 24 }), receiptId: newId<ReceiptId>(), createdAt: now },
    }))
    writeDecisions(tx, {
      ...{ lines: [], newLots: [] },
      receipts: strikes.map(({ receiptId: id, userId, bookingId }) => ({
        ...{ id, userId, bookingId, rule: 'strike', version: 0, sentence: 'A strike.', facts: {}, lines: [], actorId: null },
      })),
    })
    await insertPenalties(tx.sql, strikes)
  })
  return bookingIds
}

const undo = (bookingId: BookingId | undefined) =>
  transact(db, system, {}, tx => undoPenalties(tx, bookingId ? [bookingId] : [], { rule: 'waive', reason: 'we were wrong', timeZone: 'UTC' }))

test('a blocked member gets no hold and no place in a queue, and is told until when', async () => {
  const member = await aMemberWithCredits()
  const [free, full] = [await aSession(db), await aSession(db, { capacity: 1, startsAt: clock.now().add({ hours: 60 }) })]
  await desk.hold(await aMemberWithCredits(), full)
  await block(member)
  const no = await refusal('member-blocked', desk.hold(member, free))
  expect(no.facts).toEqual({ until: String(clock.now().add({ hours: 14 * 24 })) })
  await refusal('member-blocked', desk.join(member, full))
  await refusal('session-held', desk.hold(member, full))
})

test('the block ends at its instant, and a booking made before it stands', async () => {
  const member = await aMemberWithCredits()
  const session = await aSession(db, { startsAt: clock.now().add({ hours: 24 * 20 }) })
  const other = await aSession(db, { startsAt: clock.now().add({ hours: 24 * 21 }) })
  const { booking } = await desk.book(member, session)
  await block(member)
  expect(await db.sql`select status from bookings where id = ${booking.id}`).toEqual([{ status: 'confirmed' }])
  const endsAt = clock.now().add({ hours: 14 * 24 })
  clock.set(endsAt.subtract({ milliseconds: 1 }))
  await refusal('member-blocked', desk.hold(member, other))
  clock.set(endsAt)
  await desk.hold(member, other)
})

test('who waits and is blocked is passed over, and is offered the spot when the block is lifted', async () => {
  const [owner, member] = [await aMemberWithCredits(), await aMemberWithCredits()]
  const session = await aSession(db, { capacity: 1 })
  const { booking } = await desk.book(owner, session)
  await desk.join(member, session)
  const [bookingId] = await block(member)
  await desk.cancel(owner, booking)
  await desk.settle()
  const entry = () => db.sql`select state, passed_over_reason from waitlist_entries where user_id = ${member.id}`
  expect(await entry()).toEqual([{ state: 'waiting', passedOverReason: 'member-blocked' }])
  await undo(bookingId)
  await desk.settle()
  expect(await entry()).toEqual([{ state: 'offered', passedOverReason: null }])
})

test('a strike is taken back once, with a receipt, and a block with too few strikes left is lifted with it', async () => {
  const member = await aMemberWithCredits()
  const [bookingId] = await block(member)
  expect(await undo(bookingId)).toHaveLength(1)
  expect(await undo(bookingId)).toEqual([])
  const left = await db.sql`select block_id, waived_at is null as stands from penalties where user_id = ${member.id} order by waived_at nulls last`
  expect(left).toMatchObject([{ stands: false }, { stands: true, blockId: null }, { stands: true, blockId: null }])
  const receipts = await db.sql`select sentence from decision_receipts where booking_id = ${bookingId ?? null} and rule = 'undo-strike'`
  const day = clock.now().toZonedDateTimeISO('UTC').toPlainDate().toLocaleString('en-GB', { dateStyle: 'long' })
  expect(receipts).toEqual([{ sentence: `Strike of ${day} taken back: we were wrong.` }])
  await desk.hold(member, await aSession(db))
})
