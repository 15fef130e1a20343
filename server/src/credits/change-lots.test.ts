// Staff correct, extend and move lots: the ledger, the receipts and the events that this leaves behind.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Granted, Transferred } from '@fitflow/contract/credits.ts'
import { aDatabase } from '../../test/database.ts'
import { keyed } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, type Person } from '../../test/world.ts'
import type { Answer } from '../platform/idempotency.ts'
import { newId, type MembershipId, type UserId } from '../platform/ids.ts'
import { adjustLot } from './adjust-lot.ts'
import { extendLot } from './extend-lot.ts'
import { ledgerPage } from './ledger-page.ts'
import { memberLots } from './member-lots.ts'
import { transferCredits } from './transfer-credits.ts'

const { db, clock } = await aDatabase()
const inMarch = Temporal.Instant.from('2027-03-03T11:00:00Z')
let [ada, mia, noa]: Person[] = []

beforeEach(async () => {
  ;[ada, mia, noa] = [await anAdmin(db), await aMember(db, 'Mia'), await aMember(db, 'Noa')]
})

const by = () => ({ keyed: keyed(ada!), context: ada!.context, timeZone: 'Europe/Madrid' })
const told = <T>(answer: Answer) => JSON.parse(answer.body) as T
const ledgerOf = async ({ id }: Person) => (await ledgerPage(db.sql, id, {})).items
const topicsOf = async ({ id }: Person) => (await db.sql`select topic from outbox where data ->> 'userId' = ${id} order by id`).map(row => row.topic as string)

describe('an adjustment', () => {
  test('stands in the ledger with its reason, both ways', async () => {
    const lot = await aLot(db, mia!, { credits: 300 })
    const more = told<Granted>(await adjustLot(db, lot.id, { credits: 1.5, reason: 'Counted wrong.' }, by()))
    expect([more.membership.creditsBalance, more.receipt.sentence]).toEqual([4.5, 'Added 1.5 credits: Counted wrong.'])
    const less = told<Granted>(await adjustLot(db, lot.id, { credits: -4.5, reason: 'Paid back in cash' }, by()))
    expect([less.membership.creditsBalance, less.receipt.sentence]).toEqual([0, 'Took out 4.5 credits: Paid back in cash.'])
    const adjusted = (await ledgerOf(mia!)).filter(line => line.type === 'adjust')
    expect(adjusted.map(line => line.amount).sort()).toEqual([-4.5, 1.5])
    expect(await topicsOf(mia!)).toEqual(['credit.adjusted', 'credit.adjusted'])
  })

  test('that takes more than there is leaves everything as it was', async () => {
    const lot = await aLot(db, mia!, { credits: 300 })
    await expect(adjustLot(db, lot.id, { credits: -3.01, reason: 'Too much' }, by())).rejects.toMatchObject({ code: 'balance-too-low', facts: { creditsAvailable: 3 } })
    expect((await ledgerOf(mia!)).map(line => line.type)).toEqual(['grant'])
  })

  test('of a lot that is not there is refused', async () => {
    await expect(adjustLot(db, newId<MembershipId>(), { credits: 1, reason: 'Nobody' }, by())).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('an extension moves the end, and its reason is read beside the lot', async () => {
  const lot = await aLot(db, mia!, { validUntil: inMarch })
  const end = inMarch.add({ hours: 24 * 30 })
  const { membership } = told<Granted>(await extendLot(db, lot.id, { validUntil: String(end), reason: 'She was ill' }, by()))
  const sentence = '10-class pack is now valid until 2 April 2027 instead of 3 March 2027: She was ill.'
  expect(membership).toMatchObject({ validUntil: String(end), changes: [{ rule: 'extend', sentence }] })
  expect((await memberLots({ sql: db.sql, now: clock.now() }, mia!.id)).items).toEqual([membership])
  expect(await topicsOf(mia!)).toEqual(['membership.extended'])
})

describe('a transfer', () => {
  test('moves credits into a lot of the receiver’s that ends as theirs did, with a line and a receipt on both sides', async () => {
    const lot = await aLot(db, mia!, { credits: 1000, validUntil: inMarch })
    const moved = told<Transferred>(await transferCredits(db, lot.id, { toUserId: noa!.id, credits: 3, reason: 'Sisters share' }, by()))
    expect(moved.membership).toMatchObject({ id: lot.id, creditsBalance: 7 })
    expect(moved.received).toMatchObject({ planType: 'transferred', originId: lot.id, creditsGranted: 3, creditsBalance: 3, validUntil: String(inMarch) })
    const [given] = await ledgerOf(mia!)
    expect(given).toMatchObject({ type: 'transfer', amount: -3, balanceAfter: 7, receipt: { sentence: 'Moved 3 credits to another member: Sisters share.' } })
    const [received] = await ledgerOf(noa!)
    expect(received).toMatchObject({ type: 'transfer', amount: 3, balanceAfter: 3 })
    expect(received?.receipt.sentence).toBe('Received 3 credits from another member, which expire on 3 March 2027: Sisters share.')
    expect([await topicsOf(mia!), await topicsOf(noa!)]).toEqual([['credit.transferred'], ['credit.transferred']])
  })

  test('names nobody: neither side reads the other’s name', async () => {
    const lot = await aLot(db, mia!)
    await transferCredits(db, lot.id, { toUserId: noa!.id, credits: 1, reason: 'Shared' }, by())
    const sentences = [...(await ledgerOf(mia!)), ...(await ledgerOf(noa!))].map(line => line.receipt.sentence).join(' ')
    expect(sentences).not.toMatch(/Mia|Noa/)
  })

  test('of what no booking has begun begins with the receiver’s first', async () => {
    const lot = await aLot(db, mia!, { activationDays: 30, validUntil: inMarch })
    const { received } = told<Transferred>(await transferCredits(db, lot.id, { toUserId: noa!.id, credits: 2, reason: 'Shared' }, by()))
    expect(received).toMatchObject({ activation: { days: 30, activatedAt: null }, validUntil: String(inMarch) })
  })

  const refusals: [string, () => Promise<unknown>, string][] = [
    ['of more than there is', async () => transferCredits(db, (await aLot(db, mia!, { credits: 299 })).id, { toUserId: noa!.id, credits: 3, reason: 'Too much' }, by()), 'balance-too-low'],
    ['of unlimited access', async () => transferCredits(db, (await aLot(db, mia!, { credits: null })).id, { toUserId: noa!.id, credits: 1, reason: 'Shared' }, by()), 'membership-unlimited'],
    ['to oneself', async () => transferCredits(db, (await aLot(db, mia!)).id, { toUserId: mia!.id, credits: 1, reason: 'Shared' }, by()), 'invalid-request'],
    ['to nobody', async () => transferCredits(db, (await aLot(db, mia!)).id, { toUserId: newId<UserId>(), credits: 1, reason: 'Shared' }, by()), 'not-found'],
  ]
  test.each(refusals)('%s is refused, and nothing moves', async (_name, attempt, code) => {
    await expect(attempt()).rejects.toMatchObject({ code })
    expect((await ledgerOf(mia!)).filter(line => line.type === 'transfer')).toEqual([])
  })
})
