// Grants: who gets what, once for each key, with a reason the member reads.
import { randomUUID } from 'node:crypto'
import type { Granted, NewGrant } from '@fitflow/contract/credits.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aMember, anAdmin, type Person } from '../../test/world.ts'
import { newId, type UserId } from '../platform/ids.ts'
import { grantCredits } from './grant-credits.ts'
import { ledgerPage } from './ledger-page.ts'
import { memberLots } from './member-lots.ts'

const { db, clock } = await aDatabase()
const inMarch = '2027-03-03T11:00:00Z'
let ada: Person
let mia: Person

beforeEach(async () => {
  ada = await anAdmin(db)
  mia = await aMember(db)
})

const keyedBy = (person: Person, key: string = randomUUID()) => ({ userId: person.id, key, fingerprint: 'the same request' })

async function grant(wish: Partial<NewGrant>, { userId = mia.id, keyed = keyedBy(ada) } = {}) {
  const wanted = { credits: 5, validUntil: inMarch, reason: 'Cold showers', ...wish }
  const answer = await grantCredits(db, userId, wanted, { keyed, context: ada.context, timeZone: 'Europe/Madrid' })
  return { ...answer, granted: JSON.parse(answer.body) as Granted }
}

const owns = (person: Person) => memberLots({ sql: db.sql, now: clock.now() }, person.id)
const eventsOf = (person: Person) => db.sql`select topic, data from outbox where data ->> 'userId' = ${person.id}`

test('credits come as a lot of their own, with their line and a receipt that says why', async () => {
  const { status, granted } = await grant({ credits: 1.5 })
  expect(status).toBe(201)
  expect(granted.membership).toMatchObject({
    ...{ planType: 'complimentary', name: 'Complimentary credits', creditsGranted: 1.5, creditsBalance: 1.5, originId: null },
    ...{ validFrom: String(clock.now()), validUntil: inMarch },
  })
  expect(granted.receipt).toEqual({
    ...{ rule: 'grant', version: 1, sentence: 'Granted 1.5 credits that expire on 3 March 2027: Cold showers.' },
    ...{ lines: [{ lot: granted.membership.id, credits: 1.5 }], decidedAt: String(clock.now()) },
  })
  const { items } = await ledgerPage(db.sql, mia.id, {})
  expect(items).toMatchObject([{ type: 'grant', amount: 1.5, balanceAfter: 1.5, receipt: granted.receipt }])
  expect(await owns(mia)).toEqual({ creditsBalance: 1.5, unlimited: false, items: [granted.membership], ended: [] })
})

test('unlimited access has no ledger, and is announced all the same', async () => {
  const { granted } = await grant({ credits: null })
  expect(granted.membership).toMatchObject({ planType: 'unlimited', creditsGranted: null, creditsBalance: null })
  expect(granted.receipt.sentence).toBe('Granted unlimited access until 3 March 2027: Cold showers.')
  expect((await ledgerPage(db.sql, mia.id, {})).items).toEqual([])
  expect(await owns(mia)).toMatchObject({ creditsBalance: 0, unlimited: true })
  expect(await eventsOf(mia)).toEqual([
    { topic: 'credit.granted', data: { transactionIds: [], userId: mia.id, bookingId: null } },
  ])
})

test('who granted what is announced and audited, without the reason: it may be about a person', async () => {
  const { granted } = await grant({})
  const [line] = (await ledgerPage(db.sql, mia.id, {})).items
  expect(await eventsOf(mia)).toEqual([
    { topic: 'credit.granted', data: { transactionIds: [line?.id], userId: mia.id, bookingId: null } },
  ])
  expect(await db.sql`select action, user_id, details from audit_log where entity_id = ${granted.membership.id}`).toEqual([
    {
      ...{ action: 'granted', userId: ada.id },
      details: { userId: mia.id, creditsGranted: 500, validUntil: inMarch, transactionId: line?.id },
    },
  ])
})

test('the same key grants once, twins at once included', async () => {
  const keyed = keyedBy(ada)
  const answers = await Promise.all([grant({}, { keyed }), grant({}, { keyed }), grant({}, { keyed })])
  expect(new Set(answers.map(answer => answer.body)).size).toBe(1)
  expect(answers.filter(answer => answer.replayed)).toHaveLength(2)
  expect((await owns(mia)).creditsBalance).toBe(5)
})

describe('refused, with nothing written, is', () => {
  const refusals: [string, Partial<NewGrant>, object][] = [
    ['an end that is now', { validUntil: '2027-01-11T09:00:00Z' }, { code: 'invalid-request' }],
    ['an end that has passed', { validUntil: '2027-01-11T08:59:59.999Z' }, { code: 'invalid-request' }],
  ]
  test.each(refusals)('%s', async (_name, wish, refusal) => {
    await expect(grant(wish)).rejects.toMatchObject({
      ...refusal,
      facts: { errors: [{ path: 'body/validUntil', message: 'must lie in the future' }] },
    })
    expect(await owns(mia)).toMatchObject({ items: [] })
  })

  test('a client who is not there', async () => {
    await expect(grant({}, { userId: newId<UserId>() })).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('the earliest end is the next instant', async () => {
  const { status } = await grant({ validUntil: '2027-01-11T09:00:00.000001Z' })
  expect(status).toBe(201)
})
