// Bookings that nobody held: paid, counted and told like any other.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { refusal } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, type Person } from '../../test/world.ts'
import { lockLots } from '../credits/lots.ts'
import { lockMembers } from '../identity/lock-members.ts'
import { transact } from '../platform/tx.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { defaultSettings } from '../schedule/settings.ts'
import { bookOutright, type OutrightMeans } from './book-outright.ts'
import { openSpots } from './spots.ts'

const { db } = await aDatabase()

function book(session: ClassSession, member: Person, of: { by: Person; means: OutrightMeans }) {
  return transact(db, of.by.context, { sessions: [session.id] }, async tx => {
    const spots = openSpots(await lockSessions(tx.sql, [session.id]))
    await lockMembers(tx.sql, [member.id])
    const lots = await lockLots(tx.sql, [member.id])
    const locked = spots.session(session.id) as ClassSession
    const wish = { session: locked, userId: member.id, kind: 'staff', lots, settings: defaultSettings } as const
    const made = bookOutright(tx, spots, { ...wish, className: 'Yoga', means: of.means, freeCancelUntil: null })
    spots.write(tx)
    return made
  })
}

test('staff book for a member, who pays with what ends first', async () => {
  const [admin, member, session] = [await anAdmin(db), await aMember(db), await aSession(db)]
  const lot = await aLot(db, member)
  const { booking, receipt } = await book(session, member, { by: admin, means: { method: 'any' } })
  expect(booking).toMatchObject({ method: 'credits', creditsUsed: 100, bookedBy: admin.id })
  expect(receipt.lines).toEqual([{ lot: lot.id, credits: -100 }])
  const [row] = await db.sql`select taken from class_sessions where id = ${session.id}`
  expect(row).toEqual({ taken: 1 })
})

test('a gift takes nothing and says why', async () => {
  const [admin, member, session] = [await anAdmin(db), await aMember(db), await aSession(db)]
  const { booking, receipt } = await book(session, member, { by: admin, means: { method: 'complimentary', reason: 'A friend of the house' } })
  expect(booking).toMatchObject({ method: 'complimentary', creditsUsed: 0 })
  expect(receipt.facts).toMatchObject({ reason: 'A friend of the house' })
})

test('a member with nothing to pay with is refused, and nothing is taken', async () => {
  const [admin, member, session] = [await anAdmin(db), await aMember(db), await aSession(db)]
  await refusal('insufficient-credits', book(session, member, { by: admin, means: { method: 'any' } }))
  const [row] = await db.sql`select taken from class_sessions where id = ${session.id}`
  expect(row).toEqual({ taken: 0 })
})
