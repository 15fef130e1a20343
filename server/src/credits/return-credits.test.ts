// Returns on the real tables: from the debits of a booking to the lots the credits land in, and what is still owed after.
import { beforeEach, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aLot, aMember, type Person } from '../../test/world.ts'
import { newId, type BookingId, type ReceiptId, type TransactionId } from '../platform/ids.ts'
import { transact } from '../platform/tx.ts'
import { debitsOf, lockDebits } from './debits.ts'
import { announceCredits, writeDecisions, type ReceiptDraft } from './decisions.ts'
import { lockLotsById, spendableLots, type Lot } from './lots.ts'
import { returnCredits, type ReturnedCredits } from './return-credits.ts'
import { planReturn, type ReturnCause } from './returns.rule.ts'

const { db, clock } = await aDatabase()
const days = (count: number) => clock.now().add({ hours: 24 * count })
let mia: Person
let bookingId: BookingId

beforeEach(async () => {
  mia = await aMember(db)
  bookingId = newId<BookingId>()
})

const receiptOf = (rows: Pick<ReceiptDraft, 'rule' | 'lines'>): ReceiptDraft => ({
  ...{ id: newId<ReceiptId>(), userId: mia.id, bookingId, version: 1, sentence: 'A test.', facts: {}, actorId: mia.id },
  ...rows,
})

/** Takes credits out of lots for the booking at hand. */
async function spend(...shares: [Lot, number][]): Promise<void> {
  const receipt = receiptOf({ rule: 'credits', lines: [] })
  await transact(db, mia.context, {}, async tx => {
    const locked = new Map((await lockLotsById(tx.sql, shares.map(([lot]) => lot.id))).map(lot => [lot.id, lot]))
    const lines = shares.map(([{ id: membershipId, userId }, credits]) => ({
      ...{ id: newId<TransactionId>(), membershipId, userId, type: 'debit' as const, bookingId, receiptId: receipt.id },
      ...{ amount: -credits, balanceAfter: (locked.get(membershipId)?.creditsBalance ?? 0) - credits },
    }))
    writeDecisions(tx, { newLots: [], receipts: [receipt], lines })
  })
}

function giveBack(credits: number, cause: ReturnCause = 'member'): Promise<ReturnedCredits> {
  return transact(db, mia.context, {}, async tx => {
    const plan = planReturn(await lockDebits(tx.sql, [bookingId]), credits, tx.now, cause)
    const receipt = receiptOf({ rule: 'cancel', lines: [] })
    const returned = returnCredits(plan, { bookingId, receiptId: receipt.id }, tx.now)
    writeDecisions(tx, { newLots: returned.newLots, receipts: [{ ...receipt, lines: returned.receiptLines }], lines: returned.lines })
    announceCredits(tx, returned.lines)
    return returned
  })
}

const owed = async () => (await debitsOf(db.sql, [bookingId])).map(({ lot, credits }) => [lot.id, credits])
const balances = async () => (await spendableLots(db.sql, [mia.id])).map(lot => lot.creditsBalance).sort((a, b) => a - b)

test('a debit over two lots returns to the later one first, and says what each keeps', async () => {
  const [soon, late] = [await aLot(db, mia, { validUntil: days(30) }), await aLot(db, mia, { validUntil: days(60) })]
  await spend([soon, 60], [late, 40])
  const { lines, receiptLines, newLots } = await giveBack(50)
  expect(newLots).toEqual([])
  expect(lines.map(line => [line.membershipId, line.type, line.amount, line.balanceAfter])).toEqual([
    [late.id, 'return', 40, 1000],
    [soon.id, 'return', 10, 950],
    [soon.id, 'forfeit', 0, 950],
  ])
  expect(receiptLines).toEqual([
    { lot: late.id, credits: 40 },
    { lot: soon.id, credits: 10 },
    { lot: soon.id, credits: 0 },
  ])
  expect(await balances()).toEqual([950, 1000])
  expect(await owed()).toEqual([[soon.id, 50]])
})

test('a forfeit of everything leaves its line and moves nothing', async () => {
  const pack = await aLot(db, mia)
  await spend([pack, 100])
  const { lines } = await giveBack(0)
  expect(lines).toMatchObject([{ type: 'forfeit', amount: 0, balanceAfter: 900 }])
  expect(await balances()).toEqual([900])
  expect(await db.sql`select topic from outbox where data ->> 'bookingId' = ${bookingId}`).toEqual([])
})

describe('a lot with under seven days left', () => {
  test('keeps its end: the returned credits alone go to a child of seven days', async () => {
    const ending = await aLot(db, mia, { validUntil: days(3), credits: 500 })
    await spend([ending, 100])
    const { newLots } = await giveBack(100)
    const [child] = await lockLotsById(db.sql, newLots.map(lot => lot.id))
    expect(child).toMatchObject({
      ...{ planType: 'returned', originId: ending.id, name: 'Returned: 10-class pack', userId: mia.id },
      ...{ creditsGranted: 100, creditsBalance: 100, validFrom: clock.now(), validUntil: days(7), createdAt: clock.now() },
    })
    const [origin] = await lockLotsById(db.sql, [ending.id])
    expect(origin).toMatchObject({ creditsBalance: 400, validUntil: days(3) })
    expect(await owed()).toEqual([])
  })

  test('is what a half goes back for: what is still owed is the lot’s, not its child’s', async () => {
    const ending = await aLot(db, mia, { validUntil: days(3) })
    await spend([ending, 100])
    await giveBack(50)
    expect(await owed()).toEqual([[ending.id, 50]])
    const { newLots } = await giveBack(50, 'studio')
    expect(newLots).toMatchObject([{ originId: ending.id, creditsGranted: 50 }])
    expect(await owed()).toEqual([])
  })
})

describe('a child', () => {
  let child: Lot

  beforeEach(async () => {
    await spend([await aLot(db, mia, { validUntil: days(3), credits: 100 }), 100])
    child = (await giveBack(100)).newLots[0] as Lot
    bookingId = newId<BookingId>()
    await spend([child, 100])
    clock.advance({ hours: 24 })
  })

  test('gets its credits back as it is when its member cancels again', async () => {
    const { newLots } = await giveBack(100)
    expect(newLots).toEqual([])
    const [row] = await lockLotsById(db.sql, [child.id])
    expect(row).toMatchObject({ creditsBalance: 100, validUntil: child.validUntil })
    expect(await owed()).toEqual([])
  })

  test('makes a fresh child when the studio returns them', async () => {
    const { newLots } = await giveBack(100, 'studio')
    expect(newLots).toMatchObject([{ originId: child.id, name: 'Returned: 10-class pack', validUntil: days(7) }])
    expect(await owed()).toEqual([])
  })
})

test('bookings keep their debits apart, and one that was never debited owes nothing', async () => {
  const pack = await aLot(db, mia)
  await spend([pack, 100])
  const first = bookingId
  bookingId = newId<BookingId>()
  await spend([pack, 50])
  const both = await debitsOf(db.sql, [first, bookingId])
  expect(new Map(both.map(debit => [debit.bookingId, debit.credits]))).toEqual(new Map([[first, 100], [bookingId, 50]]))
  expect(await debitsOf(db.sql, [newId<BookingId>()])).toEqual([])
})
