// The last credit of a lot, spent by many at once: exactly one gets it. The control takes every guard away, and loses the race.
import { describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { meetingPoint } from '../../test/meeting-point.ts'
import { aLot, aMember, type Person } from '../../test/world.ts'
import { newId, type BookingId, type ReceiptId, type TransactionId } from '../platform/ids.ts'
import type { Database } from '../platform/db.ts'
import type { Sql } from '../platform/sql.ts'
import { Problem } from '../platform/problem.ts'
import { transact, type Plan } from '../platform/tx.ts'
import { allocate } from './allocation.rule.ts'
import { writeDecisions } from './decisions.ts'
import { lockLots, spendableLots } from './lots.ts'

interface Guards {
  /** Rows locked before they are decided about. */
  lock: boolean
  /** SERIALIZABLE. */
  isolation: boolean
}

const asksCount = 8
const sound = await aDatabase()
const bare = await aDatabase({ keepsInvariants: false })
await bare.db.sql`alter table memberships drop constraint memberships_never_below_zero`

/** Decides on what was read, and pays one credit. */
async function spend(db: Database, person: Person, guards: Guards, gate?: () => Promise<void>): Promise<void> {
  const read = (sql: Sql) => ({ lots: guards.lock ? lockLots(sql, [person.id]) : spendableLots(sql, [person.id]) })
  const plan: Plan<ReturnType<typeof read>> = { lock: read, isolation: guards.isolation ? 'serializable' : 'read committed' }
  await transact(db, person.context, plan, async (tx, { lots }) => {
    await gate?.()
    const shares = allocate(lots, 100, { startsAt: tx.now, now: tx.now })
    if (!shares) throw new Problem('insufficient-credits', 'Too late.')
    const receiptId = newId<ReceiptId>()
    const bookingId = newId<BookingId>()
    const of = { userId: person.id, bookingId }
    const lines = shares.map(({ membershipId, credits }) => ({
      ...{ ...of, id: newId<TransactionId>(), membershipId, type: 'debit' as const, receiptId },
      ...{ amount: -credits, balanceAfter: (lots.find(lot => lot.id === membershipId)?.creditsBalance ?? 0) - credits },
    }))
    const receipt = { ...of, id: receiptId, rule: 'credits', version: 1, sentence: 'A race.', facts: {}, lines: [], actorId: null }
    writeDecisions(tx, { newLots: [], receipts: [receipt], lines })
  })
}

async function race(db: Database, guards: Guards) {
  const mia = await aMember(db)
  const lot = await aLot(db, mia, { credits: 100 })
  // Without a lock, all of them have seen the last credit.
  const gate = guards.lock ? undefined : meetingPoint(asksCount)
  const asks = await Promise.allSettled(Array.from({ length: asksCount }, () => spend(db, mia, guards, gate)))
  const [row] = await db.sql`
    select credits_balance as balance, (select count(*)::int from credit_transactions t
      where t.membership_id = m.id and t.type = 'debit') as debits
    from memberships m where id = ${lot.id}`
  return { won: asks.filter(ask => ask.status === 'fulfilled').length, ...row }
}

const once = { won: 1, balance: 0, debits: 1 }

test('with every guard the last credit is spent once, and everybody else is told', async () => {
  expect(await race(sound.db, { lock: true, isolation: true })).toEqual(once)
})

describe('each guard alone holds', () => {
  test('the lock', async () => {
    expect(await race(bare.db, { lock: true, isolation: false })).toEqual(once)
  })

  test('the isolation', async () => {
    expect(await race(bare.db, { lock: false, isolation: true })).toEqual(once)
  })

  test('the constraint', async () => {
    expect(await race(sound.db, { lock: false, isolation: false })).toEqual(once)
  })
})

test('the control: without any of them one credit is spent by all', async () => {
  expect(await race(bare.db, { lock: false, isolation: false })).toEqual({ won: asksCount, balance: -700, debits: asksCount })
})
