// The routes of credits over HTTP: who gets in, what wrong input is told, and that a grant counts once.
import { randomUUID } from 'node:crypto'
import { CreditTransaction, Granted, MyMemberships } from '@fitflow/contract/credits.ts'
import { Page } from '@fitflow/contract/scalars.ts'
import { Compile } from 'typebox/compile'
import { beforeEach, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aServer } from '../../test/server.ts'
import { aLot, aMember, anAdmin, type Person } from '../../test/world.ts'

const { db } = await aDatabase()
const { ask } = await aServer(db)
const [ada, noa] = await Promise.all([anAdmin(db), aMember(db, 'Noa')])
const grant = { credits: 2.5, validUntil: '2027-03-03T11:00:00Z', reason: 'Cold showers' }
const answers = { granted: Compile(Granted), lots: Compile(MyMemberships), ledger: Compile(Page(CreditTransaction)) }
let mia: Person

beforeEach(async () => {
  mia = await aMember(db)
})

const give = (by: Person | null, to: string, asked: Parameters<typeof ask>[3] = { body: grant }) =>
  ask(by, 'POST', `/api/v1/admin/clients/${to}/credits`, asked)
const balanceOf = async (person: Person) =>
  ((await ask(person, 'GET', '/api/v1/memberships/me')).json as MyMemberships).creditsBalance

test('what staff grant, the member sees: the lot, the line and the reason, as the contract shapes them', async () => {
  const { status, json } = await give(ada, mia.id)
  expect([status, answers.granted.Check(json)]).toEqual([201, true])
  const lots = await ask(mia, 'GET', '/api/v1/memberships/me')
  expect(answers.lots.Check(lots.json)).toBe(true)
  expect(lots.json).toMatchObject({ creditsBalance: 2.5, unlimited: false, items: [(json as Granted).membership] })
  const ledger = await ask(mia, 'GET', '/api/v1/credits/transactions')
  expect(answers.ledger.Check(ledger.json)).toBe(true)
  expect(ledger.json).toMatchObject({ items: [{ type: 'grant', amount: 2.5, receipt: (json as Granted).receipt }], nextCursor: null })
})

describe('a grant', () => {
  test('is for staff to give', async () => {
    expect((await give(null, mia.id)).status).toBe(401)
    expect((await give(noa, mia.id)).status).toBe(403)
    expect((await give(ada, mia.id)).status).toBe(201)
    expect(await balanceOf(mia)).toBe(2.5)
  })

  test('is answered byte for byte under its key, and another one under it is refused', async () => {
    const key = randomUUID()
    const first = await give(ada, mia.id, { body: grant, key })
    const again = await give(ada, mia.id, { body: grant, key })
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, first.text, 'true'])
    expect((await give(ada, mia.id, { body: { ...grant, credits: 3 }, key })).problem.code).toBe('idempotency-key-reused')
    expect(await balanceOf(mia)).toBe(2.5)
  })

  const wrong: [string, object, string | undefined][] = [
    ['no credits', { credits: undefined }, 'body/credits'],
    ['nothing', { credits: 0 }, 'body/credits'],
    ['less than nothing', { credits: -1 }, 'body/credits'],
    ['a part of a hundredth', { credits: 0.005 }, 'body/credits'],
    ['more than anybody spends', { credits: 10_000.01 }, 'body/credits'],
    ['credits in words', { credits: '5' }, 'body/credits'],
    ['an end that has passed', { validUntil: '2026-12-31T23:59:59Z' }, 'body/validUntil'],
    ['a day that is none', { validUntil: '2027-02-30T10:00:00Z' }, 'body/validUntil'],
    ['no reason', { reason: undefined }, 'body/reason'],
    ['a reason of blanks', { reason: '     ' }, 'body/reason'],
    ['a reason without end', { reason: 'x'.repeat(501) }, 'body/reason'],
    ['a field nobody knows', { gift: true }, 'body/gift'],
  ]
  test.each(wrong)('of %s is refused, and nothing is written', async (_name, change, path) => {
    const { status, problem } = await give(ada, mia.id, { body: { ...grant, ...change } })
    expect([status, problem.code]).toEqual([400, 'invalid-request'])
    expect(problem.errors?.map(error => error.path)).toContain(path)
    expect(await balanceOf(mia)).toBe(0)
  })

  test('of JSON that is no object, or for an id that is none, is refused', async () => {
    for (const raw of ['null', '[]', '"5"', '{']) {
      expect((await give(ada, mia.id, { raw })).problem).toMatchObject({ status: 400, code: 'invalid-request' })
    }
    expect((await give(ada, 'nobody')).problem).toMatchObject({ status: 400, code: 'invalid-request' })
    expect((await give(ada, randomUUID())).problem).toMatchObject({ status: 404, code: 'not-found' })
    expect((await give(ada, mia.id, { body: grant, key: null })).problem.code).toBe('idempotency-key-required')
  })
})

describe('the ledger', () => {
  test('is one’s own: another’s lot shows nothing', async () => {
    const lot = await aLot(db, mia)
    const path = `/api/v1/credits/transactions?membership_id=${lot.id}`
    expect(((await ask(mia, 'GET', path)).json as { items: unknown[] }).items).toHaveLength(1)
    expect((await ask(noa, 'GET', path)).json).toEqual({ items: [], nextCursor: null })
    expect((await ask(null, 'GET', path)).status).toBe(401)
  })

  test.each(['limit=0', 'limit=201', 'limit=many', 'cursor=e30', 'membership_id=1', 'user_id=me'])('refuses ?%s', async query => {
    const { problem } = await ask(mia, 'GET', `/api/v1/credits/transactions?${query}`)
    expect(problem).toMatchObject({ status: 400, code: 'invalid-request' })
  })
})
