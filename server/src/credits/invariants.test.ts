// Each invariant of credits is named when it is broken by hand with the guards off; a sound ledger is silent.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aLot, aMember, type Person } from '../../test/world.ts'
import { newId, type BookingId } from '../platform/ids.ts'
import { brokenOf, linesOf } from '../platform/invariant.ts'
import { creditsInvariants } from './invariants.ts'
import type { Lot } from './lots.ts'

const { db } = await aDatabase({ keepsInvariants: false })
const { sql } = db
const tables = ['credit_transactions', 'decision_receipts', 'memberships']
let mia: Person
let pack: Lot

beforeEach(async () => {
  mia = await aMember(db)
  pack = await aLot(db, mia)
  for (const table of tables) await sql.unsafe(`alter table ${table} disable trigger user`)
})

afterEach(async () => {
  await sql`truncate credit_transactions, decision_receipts, memberships cascade`
  for (const table of tables) await sql.unsafe(`alter table ${table} enable trigger user`)
})

/** A line that nobody decided; the balance beside the lot follows only where a test says so. */
async function slipIn(line: { type: string; amount: number; balanceAfter: number; bookingId?: BookingId }): Promise<void> {
  await sql`
    insert into credit_transactions (user_id, membership_id, type, amount, balance_after, booking_id, receipt_id, created_at)
    select user_id, membership_id, ${line.type}, ${line.amount}, ${line.balanceAfter}, ${line.bookingId ?? null}, receipt_id, created_at
    from credit_transactions where membership_id = ${pack.id} limit 1`
}

const broken = async () => linesOf(await brokenOf(sql, creditsInvariants))

const setBalance = (balance: number) => sql`update memberships set credits_balance = ${balance} where id = ${pack.id}`

test('a sound ledger breaks nothing, whatever moved', async () => {
  await slipIn({ type: 'debit', amount: -400, balanceAfter: 600 })
  await slipIn({ type: 'forfeit', amount: 0, balanceAfter: 600 })
  await slipIn({ type: 'return', amount: 100, balanceAfter: 700 })
  await setBalance(700)
  expect(await broken()).toEqual([])
})

const breaks: [string, () => PromiseLike<unknown>][] = [
  ['a balance is the sum of its ledger', () => setBalance(999)],
  ['form one chain', () => slipIn({ type: 'debit', amount: -100, balanceAfter: 850 }).then(() => setBalance(900))],
  ['leaves -1 in lot', () => slipIn({ type: 'debit', amount: -1001, balanceAfter: -1 })],
  ['a line that moves nothing', () => slipIn({ type: 'forfeit', amount: 0, balanceAfter: 123 })],
  ['every line of the ledger has its receipt', () => sql`update decision_receipts set booking_id = uuidv7()`],
  ['every line belongs to the member whose lot it moves', () => sql`update credit_transactions set user_id = uuidv7()`],
  ['unlimited access has none', () => sql`update memberships set plan_type = 'unlimited', credits_granted = null`],
  ['gets back more than it was debited', () => slipIn({ type: 'return', amount: 1, balanceAfter: 1001, bookingId: newId() })],
  ['names its origin', () => sql`update memberships set plan_type = 'returned'`],
]

test.each(breaks)('%s: broken, it is named', async (name, breakIt) => {
  await breakIt()
  expect((await broken()).join('\n')).toContain(name)
})

test('a lot whose origin is somebody else’s is named', async () => {
  const other = await aLot(db, await aMember(db, 'Somebody else'))
  await sql`update memberships set plan_type = 'returned', origin_id = ${other.id} where id = ${pack.id}`
  expect((await broken()).join('\n')).toContain('names its origin of the same member')
})

test('of much that is broken, twenty are listed and the rest counted', async () => {
  for (let count = 0; count < 22; count++) await slipIn({ type: 'forfeit', amount: 0, balanceAfter: 123 })
  const found = await broken()
  expect(found).toHaveLength(21)
  expect(found.at(-1)).toContain('and 2 more')
})
