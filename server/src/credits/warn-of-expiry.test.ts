// Warnings before credits end: each once for each end a lot had, whoever asks at the same time.
import { beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aLot, aMember, anAdmin, type Person } from '../../test/world.ts'
import { keyed } from '../../test/front-desk.ts'
import { extendLot } from './extend-lot.ts'
import { memberLots } from './member-lots.ts'
import { warnOfExpiry } from './warn-of-expiry.ts'

const { db, clock } = await aDatabase()
const begin = clock.now()
const days = { firstExpiryWarningDays: 14, lastExpiryWarningDays: 3 }
const inDays = (count: number) => begin.add({ hours: count * 24 })
let mia: Person

beforeEach(async () => {
  await db.sql`delete from expiry_warnings`
  await db.sql`delete from outbox`
  clock.set(begin)
  mia = await aMember(db)
})

const warnings = async (person = mia) => {
  const rows = await db.sql<{ data: { days: number } }[]>`select data from outbox where topic = 'credit.expiring' and data ->> 'userId' = ${person.id} order by id`
  return rows.map(row => row.data.days)
}

test('come 14 and 3 days before the end, each once, and the member sees the last', async () => {
  const lot = await aLot(db, mia, { validUntil: inDays(30) })
  await warnOfExpiry(db, days)
  expect(await warnings()).toEqual([])
  clock.set(inDays(16))
  for (let count = 0; count < 3; count++) await warnOfExpiry(db, days)
  expect(await warnings()).toEqual([14])
  expect((await memberLots({ sql: db.sql, now: inDays(16) }, mia.id)).items).toMatchObject([{ id: lot.id, warnedDays: 14 }])
  clock.set(inDays(27))
  await warnOfExpiry(db, days)
  expect(await warnings()).toEqual([14, 3])
  expect((await memberLots({ sql: db.sql, now: inDays(27) }, mia.id)).items).toMatchObject([{ warnedDays: 3 }])
})

test('workers at once say each once', async () => {
  await aLot(db, mia, { validUntil: inDays(30) })
  clock.set(inDays(20))
  await Promise.all([1, 2, 3, 4].map(() => warnOfExpiry(db, days)))
  expect(await warnings()).toEqual([14])
})

test('come again for a new end', async () => {
  const ada = await anAdmin(db)
  const lot = await aLot(db, mia, { validUntil: inDays(30) })
  clock.set(inDays(20))
  await warnOfExpiry(db, days)
  await extendLot(db, lot.id, { validUntil: String(inDays(60)), reason: 'She was ill' }, { keyed: keyed(ada), context: ada.context, timeZone: 'UTC' })
  expect((await memberLots({ sql: db.sql, now: inDays(20) }, mia.id)).items).toMatchObject([{ warnedDays: null }])
  clock.set(inDays(50))
  await warnOfExpiry(db, days)
  expect(await warnings()).toEqual([14, 14])
})

test('leave nobody out, however many there are', async () => {
  const people = await Promise.all(Array.from({ length: 6 }, () => aMember(db)))
  for (const person of people) await Promise.all(Array.from({ length: 100 }, () => aLot(db, person, { validUntil: inDays(30) })))
  clock.set(inDays(20))
  await warnOfExpiry(db, days)
  for (const person of people) expect(await warnings(person)).toHaveLength(100)
})
