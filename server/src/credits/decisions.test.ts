// Decisions on the real tables: what one batch writes, what the database keeps by itself, and what it refuses.
import { beforeEach, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aLot, aMember, system, type Person } from '../../test/world.ts'
import { newId, type BookingId, type MembershipId, type ReceiptId, type TransactionId } from '../platform/ids.ts'
import { transact } from '../platform/tx.ts'
import { announceCredits, writeDecisions, type LedgerLine, type ReceiptDraft } from './decisions.ts'
import { lockLots, lockLotsById, spendableLots, type Lot } from './lots.ts'

const { db } = await aDatabase()
let mia: Person
let pack: Lot

beforeEach(async () => {
  mia = await aMember(db)
  pack = await aLot(db, mia)
})

function debitOf(lot: Lot, credits: number, balanceAfter: number): { receipt: ReceiptDraft; line: LedgerLine } {
  const bookingId = newId<BookingId>()
  const receipt: ReceiptDraft = {
    ...{ id: newId<ReceiptId>(), userId: lot.userId, bookingId, rule: 'credits', version: 1, sentence: 'Booked.', actorId: lot.userId },
    ...{ facts: { price: credits }, lines: [{ lot: lot.id, credits: -credits }] },
  }
  const line: LedgerLine = {
    ...{ id: newId<TransactionId>(), membershipId: lot.id, userId: lot.userId, type: 'debit', bookingId, receiptId: receipt.id },
    ...{ amount: -credits, balanceAfter },
  }
  return { receipt, line }
}

const balanceOf = async (id: MembershipId) => (await lockLotsById(db.sql, [id]))[0]?.creditsBalance

test('the balance beside a lot follows its ledger, several lines of one batch included', async () => {
  const ten = await aLot(db, mia)
  const [first, second, third] = [debitOf(pack, 100, 900), debitOf(pack, 50, 850), debitOf(ten, 25, 975)]
  await transact(db, mia.context, {}, async tx => {
    const made = [first, second, third]
    writeDecisions(tx, { newLots: [], receipts: made.map(one => one.receipt), lines: made.map(one => one.line) })
  })
  expect(await balanceOf(pack.id)).toBe(850)
  expect(await balanceOf(ten.id)).toBe(975)
})

test('no index names the balance, so that a debit touches none', async () => {
  const indexes = await db.sql<{ made: string }[]>`select indexdef as made from pg_indexes where tablename = 'memberships'`
  expect(indexes.length).toBeGreaterThan(0)
  expect(indexes.filter(({ made }) => made.includes('credits_balance'))).toEqual([])
})

test('a batch without decisions sends nothing', async () => {
  await transact(db, mia.context, {}, async tx => writeDecisions(tx, { newLots: [], receipts: [], lines: [] }))
  expect(await balanceOf(pack.id)).toBe(1000)
})

test('a lot never goes below zero, whoever forgot to look', async () => {
  const { receipt, line } = debitOf(pack, 1001, -1)
  const spent = transact(db, mia.context, {}, async tx => writeDecisions(tx, { newLots: [], receipts: [receipt], lines: [line] }))
  await expect(spent).rejects.toMatchObject({ constraint_name: 'memberships_never_below_zero' })
  expect(await balanceOf(pack.id)).toBe(1000)
})

test('no line is written without its receipt', async () => {
  const { line } = debitOf(pack, 100, 900)
  const spent = transact(db, mia.context, {}, async tx => writeDecisions(tx, { newLots: [], receipts: [], lines: [line] }))
  await expect(spent).rejects.toMatchObject({ constraint_name: 'credit_transactions_receipt' })
})

describe.each(['credit_transactions', 'decision_receipts'])('%s is append-only', table => {
  const statements: [string, string][] = [
    ['update', `update ${table} set user_id = user_id`],
    ['delete', `delete from ${table}`],
    ['truncate', `truncate ${table} cascade`],
  ]
  test.each(statements)('it refuses %s', async (_kind, statement) => {
    const [before] = await db.sql.unsafe(`select count(*) from ${table}`)
    await expect(db.sql.unsafe(statement)).rejects.toThrow('is append-only')
    expect(await db.sql.unsafe(`select count(*) from ${table}`)).toEqual([before])
  })
})

describe('what a member may pay with', () => {
  test('leaves out what is spent, and keeps what is unlimited', async () => {
    const access = await aLot(db, mia, { credits: null, name: 'Unlimited monthly' })
    const { receipt, line } = debitOf(pack, 1000, 0)
    await transact(db, mia.context, {}, async tx => writeDecisions(tx, { newLots: [], receipts: [receipt], lines: [line] }))
    expect((await spendableLots(db.sql, [mia.id])).map(lot => lot.id)).toEqual([access.id])
    expect((await lockLotsById(db.sql, [pack.id])).map(lot => lot.id)).toEqual([pack.id])
  })

  test('is locked in ascending order, of these members only', async () => {
    const noa = await aMember(db, 'Noa')
    const lots = [await aLot(db, noa), await aLot(db, mia)]
    await aLot(db, await aMember(db, 'Somebody else'))
    const locked = await lockLots(db.sql, [noa.id, mia.id, mia.id])
    expect(locked.map(lot => lot.id)).toEqual([pack.id, ...lots.map(lot => lot.id)].sort())
    expect(locked.find(lot => lot.id === pack.id)).toEqual(pack)
  })
})

describe('what is announced', () => {
  const eventsOf = (userId: string) =>
    db.sql<{ topic: string; data: { transactionIds: string[]; bookingId: string | null } }[]>`
      select topic, data from outbox where data ->> 'userId' = ${userId} order by id`

  test('is one event for each booking, naming all its lines', async () => {
    const ten = await aLot(db, mia)
    const [one, two] = [debitOf(pack, 100, 900), debitOf(ten, 100, 900)]
    const sameBooking = { ...two.line, bookingId: one.line.bookingId, receiptId: one.receipt.id }
    const another = debitOf(pack, 100, 800)
    const lines = [one.line, sameBooking, another.line]
    await transact(db, mia.context, {}, async tx => {
      writeDecisions(tx, { newLots: [], receipts: [one.receipt, another.receipt], lines })
      announceCredits(tx, lines)
    })
    expect(await eventsOf(mia.id)).toEqual([
      { topic: 'credit.used', data: { transactionIds: [one.line.id, sameBooking.id], userId: mia.id, bookingId: one.line.bookingId } },
      { topic: 'credit.used', data: { transactionIds: [another.line.id], userId: mia.id, bookingId: another.line.bookingId } },
    ])
  })

  test('is nothing where nothing moved', async () => {
    await transact(db, system, {}, async tx => announceCredits(tx, [{ ...debitOf(pack, 1, 999).line, type: 'forfeit', amount: 0 }]))
    expect(await eventsOf(mia.id)).toEqual([])
  })
})
