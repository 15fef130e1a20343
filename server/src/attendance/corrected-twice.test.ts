// A no-show that is marked back and forth: strike and block count from the class that was missed, whenever somebody writes them down.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, type Person } from '../../test/world.ts'
import { readOnly } from '../platform/tx.ts'
import { readPenalties } from './read-penalties.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const admin = await anAdmin(db, 'Ada Admin')

async function misses(who: Person) {
  const session = await aSession(db, { startsAt: clock.now().add({ hours: 48 }) })
  const hold = await desk.hold(who, session)
  const { booking } = await desk.confirm(who, hold, { method: 'membership' })
  clock.set(session.startsAt.add({ minutes: 10 }))
  await desk.markNoShows()
  await desk.settle()
  return { session, booking }
}

/** What stands, without the ids that change. */
const standing = (who: Person) =>
  readOnly(db, who.context, async tx => {
    const { items, blocks, blockedUntil } = await readPenalties(tx, who.id, { query: {}, settings: desk.house.settings.current() })
    const strikes = items.filter(item => item.state !== 'waived').map(({ state, createdAt, lapsesAt, receipt }) => ({ state, createdAt, lapsesAt, sentence: receipt.sentence }))
    return { strikes, blocks: blocks.filter(block => !block.lifted).map(({ startsAt, endsAt }) => ({ startsAt, endsAt })), blockedUntil }
  })

test('a mark that is put right twice leaves strike and block exactly as they were, however late', async () => {
  const mia = await aMember(db)
  await aLot(db, mia, { credits: null, name: 'Unlimited', validUntil: clock.now().add({ hours: 400 * 24 }) })
  await misses(mia)
  await misses(mia)
  const { session, booking } = await misses(mia)
  const before = await standing(mia)
  expect(before.strikes[0]).toMatchObject({ createdAt: String(session.startsAt), lapsesAt: String(session.startsAt.add({ hours: 90 * 24 })) })
  expect(before.blocks).toEqual([{ startsAt: String(session.startsAt), endsAt: String(session.startsAt.add({ hours: 14 * 24 })) }])
  const thereAndBack = async () => {
    await desk.mark(admin, booking, 'present')
    await desk.mark(admin, booking, 'absent')
    await desk.settle()
  }
  clock.advance({ hours: 24 })
  await thereAndBack()
  expect(await standing(mia)).toEqual(before)
  clock.set(session.startsAt.add({ hours: 14 * 24 }))
  await db.sql`delete from outbox where topic = 'block.began'`
  await thereAndBack()
  expect(await standing(mia)).toEqual({ ...before, blockedUntil: null })
  expect(await db.sql`select from outbox where topic = 'block.began'`).toHaveLength(0)
})
