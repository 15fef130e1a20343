// What members see of their lots and their ledger, and what lists of clients say of many at once.
import { beforeEach, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aLot, aMember, type Person } from '../../test/world.ts'
import type { Fragment } from '../platform/sql.ts'
import { listClients } from './clients.ts'
import { ledgerPage } from './ledger-page.ts'
import { meansOf } from './means.ts'
import { memberLots } from './member-lots.ts'

const { db, clock } = await aDatabase()
const now = clock.now()
const inHours = (hours: number) => now.add({ hours })
const at = { sql: db.sql, now }
let mia: Person

beforeEach(async () => {
  clock.set(now)
  mia = await aMember(db)
})

describe('a member’s lots', () => {
  test('come in the order they are spent; one that has ended is left out', async () => {
    const late = await aLot(db, mia, { validUntil: inHours(2) })
    const soon = await aLot(db, mia, { validUntil: inHours(1) })
    await aLot(db, mia, { validFrom: inHours(-1), validUntil: now })
    const { items } = await memberLots(at, mia.id)
    expect(items.map(item => item.id)).toEqual([soon.id, late.id])
  })

  test('are summed over what pays today: nothing that ended, nothing that has yet to begin', async () => {
    await aLot(db, mia, { credits: 150, validUntil: inHours(1) })
    await aLot(db, mia, { credits: 1000, validFrom: inHours(1), validUntil: inHours(2) })
    await aLot(db, mia, { credits: 1000, validFrom: inHours(-1), validUntil: now })
    expect(await memberLots(at, mia.id)).toMatchObject({ creditsBalance: 1.5, unlimited: false, items: [{}, {}] })
  })

  test('are unlimited only while a membership runs', async () => {
    await aLot(db, mia, { credits: null, validFrom: inHours(1), validUntil: inHours(2) })
    expect(await memberLots(at, mia.id)).toMatchObject({ unlimited: false })
    await aLot(db, mia, { credits: null, validUntil: inHours(1) })
    expect(await memberLots(at, mia.id)).toMatchObject({ creditsBalance: 0, unlimited: true })
  })

  test('are theirs alone', async () => {
    await aLot(db, await aMember(db, 'Somebody else'))
    expect(await memberLots(at, mia.id)).toEqual({ creditsBalance: 0, unlimited: false, items: [], ended: [] })
  })
})

describe('a member’s ledger', () => {
  test('comes latest first, page by page, with every line once', async () => {
    const lots = [await aLot(db, mia, { credits: 100 }), await aLot(db, mia, { credits: 200 })]
    clock.advance({ seconds: 1 })
    lots.push(await aLot(db, mia, { credits: 300 }))
    await aLot(db, await aMember(db, 'Somebody else'))

    const first = await ledgerPage(db.sql, mia.id, { limit: 2 })
    expect(first.items.map(line => line.amount)).toEqual([3, 2])
    const second = await ledgerPage(db.sql, mia.id, { limit: 2, cursor: first.nextCursor ?? '' })
    expect(second.items.map(line => [line.amount, line.balanceAfter])).toEqual([[1, 1]])
    expect(second.nextCursor).toBeNull()
  })

  test('can be that of one lot', async () => {
    await aLot(db, mia)
    const other = await aLot(db, mia, { name: 'Five classes' })
    const { items } = await ledgerPage(db.sql, mia.id, { membership_id: other.id })
    expect(items).toMatchObject([{ membershipId: other.id, membershipName: 'Five classes', type: 'grant', bookingId: null }])
  })

  test('refuses a cursor it never handed out', async () => {
    const forged = Buffer.from(JSON.stringify(['yesterday', "' or true"])).toString('base64url')
    await expect(ledgerPage(db.sql, mia.id, { cursor: forged })).rejects.toMatchObject({ code: 'invalid-request' })
  })
})

describe('clients', () => {
  test('are listed by name with what they may pay with today', async () => {
    const people = [await aMember(db, 'Zoë Quill'), await aMember(db, 'Émile Quill'), await aMember(db, 'Adam Quill')]
    const [zoe, emile] = people as [Person, Person]
    await aLot(db, zoe, { credits: 150 })
    await aLot(db, zoe, { credits: 100, validUntil: inHours(1) })
    await aLot(db, emile, { credits: null, validUntil: inHours(1) })
    await aLot(db, emile, { credits: null, validUntil: inHours(2) })
    await aLot(db, emile, { credits: null, validFrom: inHours(5), validUntil: inHours(9) })

    const page = await listClients(at, { search: 'quill', limit: 2 })
    expect(page.items.map(({ name, creditsBalance, unlimitedUntil }) => [name, creditsBalance, unlimitedUntil])).toEqual([
      ['Adam Quill', 0, null],
      ['Émile Quill', 0, String(inHours(2))],
    ])
    const rest = await listClients(at, { search: 'quill', limit: 2, cursor: page.nextCursor ?? '' })
    expect(rest.items).toEqual([{ id: zoe.id, name: zoe.name, email: zoe.email, creditsBalance: 2.5, unlimitedUntil: null, blockedUntil: null }])
  })

  test('are found by a part of their address, and a wildcard stands for itself', async () => {
    const { items } = await listClients(at, { search: mia.email.slice(3, 20) })
    expect(items.map(item => item.id)).toEqual([mia.id])
    expect((await listClients(at, { search: '%' })).items).toEqual([])
  })

  test('are those among whom the asker may look', async () => {
    const among: Fragment = db.sql`u.id = any(${[mia.id]}::uuid[])`
    expect((await listClients(at, {}, among)).items.map(item => item.id)).toEqual([mia.id])
  })

  test('who have nothing have nothing', async () => {
    const means = await meansOf(at, [mia.id])
    expect(means(mia.id)).toEqual({ creditsBalance: 0, unlimitedUntil: null })
  })
})
