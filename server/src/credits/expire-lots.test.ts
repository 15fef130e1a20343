// Lots that end: what is left goes out once, with its receipt, however many workers look.
import { beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aLot, aMember, type Person } from '../../test/world.ts'
import { expireLots } from './expire-lots.ts'
import { ledgerPage } from './ledger-page.ts'
import { memberLots } from './member-lots.ts'

const { db, clock } = await aDatabase()
const begin = clock.now()
const timeZone = 'Europe/Madrid'
const threeMonths = Temporal.Instant.from('2027-04-11T08:00:00Z')
let mia: Person

beforeEach(async () => {
  // What the test before left running ends here.
  clock.set(threeMonths.add({ hours: 24 }))
  while ((await expireLots(db, timeZone)) > 0);
  clock.set(begin)
  mia = await aMember(db)
})

const lotRow = async (id: string) => (await db.sql`select credits_balance, expired_at from memberships where id = ${id}`)[0]
const eventsOf = (person: Person) => db.sql`select topic, data from outbox where data ->> 'userId' = ${person.id} and topic = 'credit.expired'`

test('four credits go out as the pack ends, with the sentence that says so', async () => {
  const lot = await aLot(db, mia, { credits: 400, validUntil: threeMonths })
  clock.set(threeMonths)
  expect(await expireLots(db, timeZone)).toBe(1)
  expect(await lotRow(lot.id)).toEqual({ creditsBalance: 0, expiredAt: threeMonths })
  const [line] = (await ledgerPage(db.sql, mia.id, {})).items
  expect(line).toMatchObject({ type: 'expire', amount: -4, balanceAfter: 0 })
  expect(line?.receipt).toMatchObject({ rule: 'expiry', sentence: '4 credits expired on 11 April 2027: 10-class pack was valid for 3 months.' })
  expect(await eventsOf(mia)).toEqual([{ topic: 'credit.expired', data: { transactionIds: [line?.id], userId: mia.id, bookingId: null } }])
})

test('a moment earlier nothing goes', async () => {
  const lot = await aLot(db, mia, { validUntil: threeMonths })
  clock.set(threeMonths.subtract({ milliseconds: 1 }))
  expect(await expireLots(db, timeZone)).toBe(0)
  expect(await lotRow(lot.id)).toEqual({ creditsBalance: 1000, expiredAt: null })
})

test('empty lots and unlimited access end without a line', async () => {
  const lots = [await aLot(db, mia, { credits: null, validUntil: threeMonths }), await aLot(db, mia, { credits: 100, validUntil: threeMonths })]
  await db.sql`
    with r as (insert into decision_receipts (user_id, rule, rule_version, sentence, facts, lines, decided_at)
      values (${mia.id}, 'adjust', 1, 'All out.', '{}', '[]', ${begin}) returning id)
    insert into credit_transactions (user_id, membership_id, type, amount, balance_after, receipt_id, created_at)
    select ${mia.id}, ${lots[1]!.id}, 'adjust', -100, 0, id, ${begin} from r`
  clock.set(threeMonths)
  expect(await expireLots(db, timeZone)).toBe(2)
  for (const lot of lots) expect((await lotRow(lot.id))?.expiredAt).toEqual(threeMonths)
  expect(await eventsOf(mia)).toEqual([])
})

test('workers at once end each lot once', async () => {
  for (let count = 0; count < 12; count++) await aLot(db, count % 2 ? mia : await aMember(db), { credits: 100, validUntil: threeMonths })
  clock.set(threeMonths)
  const ended = await Promise.all([1, 2, 3].map(() => expireLots(db, timeZone)))
  expect(ended.reduce((sum, count) => sum + count, 0)).toBe(12)
  const [lines] = await db.sql`select count(*)::int as count from credit_transactions where type = 'expire' and created_at = ${threeMonths} and user_id = ${mia.id}`
  expect(lines?.count).toBe(6)
})

test('what comes back into a lot after it ended goes out again', async () => {
  const lot = await aLot(db, mia, { credits: 100, validUntil: threeMonths })
  clock.set(threeMonths)
  await expireLots(db, timeZone)
  await db.sql`
    with r as (insert into decision_receipts (user_id, rule, rule_version, sentence, facts, lines, decided_at)
      values (${mia.id}, 'cancel-full', 1, 'Back.', '{}', '[]', ${threeMonths}) returning id)
    insert into credit_transactions (user_id, membership_id, type, amount, balance_after, receipt_id, created_at)
    select ${mia.id}, ${lot.id}, 'return', 50, 50, id, ${threeMonths} from r`
  expect((await lotRow(lot.id))?.expiredAt).toBeNull()
  expect(await expireLots(db, timeZone)).toBe(1)
  expect((await lotRow(lot.id))?.creditsBalance).toBe(0)
})

test('a member sees what ended apart from what pays', async () => {
  const lot = await aLot(db, mia, { validUntil: threeMonths })
  const later = await aLot(db, mia, { validUntil: threeMonths.add({ hours: 1 }) })
  clock.set(threeMonths)
  await expireLots(db, timeZone)
  const mine = await memberLots({ sql: db.sql, now: threeMonths }, mia.id)
  expect(mine.items.map(item => item.id)).toEqual([later.id])
  expect(mine.ended).toMatchObject([{ id: lot.id, creditsBalance: 0, expiredAt: String(threeMonths) }])
})
