// How often somebody in this place got in: what counts as a case, what as got in, and from how many on it is told.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aQueue, placeOf } from '../../test/queues.ts'
import { aMember, aSession } from '../../test/world.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import { oddsOf, oddsQuery } from './waitlist-odds.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const someone = await aMember(db)

/** Entries of the past that were joined in this place, the first to end first. */
async function past(session: ClassSession, position: number, states: readonly string[]): Promise<void> {
  const now = db.clock.now()
  await db.sql`
    insert into waitlist_entries (session_id, template_id, user_id, rank, state, joined_position, created_at, ended_at)
    select ${session.id}, ${session.templateId}, ${someone.id}, n, s.state, ${position}, ${now}, ${now}::timestamptz - (1000 - n) * interval '1 minute'
    from unnest(${[...states]}::text[]) with ordinality as s (state, n)`
}

const times = (n: number, state: string) => Array.from({ length: n }, () => state)
const odds = (session: ClassSession, position: number) => oddsOf(db.sql, [{ templateId: session.templateId, position }])

test('19 cases say nothing, 20 do; leaving is no case, and got in is who was booked', async () => {
  const session = await aSession(db)
  await past(session, 4, [...times(12, 'accepted'), ...times(3, 'declined'), ...times(2, 'expired'), ...times(2, 'closed'), ...times(30, 'left')])
  expect(await odds(session, 4)).toEqual([null])
  await past(session, 4, ['closed'])
  expect(await odds(session, 4)).toEqual([{ gotIn: 12, of: 20 }])
  expect(await odds(session, 3)).toEqual([null])
  expect(await odds(await aSession(db), 4)).toEqual([null])
})

test('the last 200 cases count', async () => {
  const session = await aSession(db)
  await past(session, 1, [...times(50, 'closed'), ...times(200, 'accepted')])
  expect(await odds(session, 1)).toEqual([{ gotIn: 200, of: 200 }])
})

test('a member sees the odds of their own place, also in the answer to joining', async () => {
  const { session, waiting } = await aQueue({ db, clock, desk }, { length: 2 })
  await past(session, 2, [...times(31, 'accepted'), ...times(13, 'closed')])
  expect(await placeOf(db, waiting[1]!, session)).toMatchObject({ position: 2, odds: { gotIn: 31, of: 44 } })
  expect(await placeOf(db, waiting[0]!, session)).toMatchObject({ position: 1, odds: null })
})

test('whoever does not wait yet sees the odds of the place they would have', async () => {
  const { session } = await aQueue({ db, clock, desk }, { length: 2 })
  await past(session, 3, [...times(7, 'accepted'), ...times(13, 'closed')])
  expect(await placeOf(db, someone, session)).toEqual({ position: null, length: 2, odds: { gotIn: 7, of: 20 }, passedOver: null, offer: null })
})

test('the odds are read from their index, however many have waited before', async () => {
  const session = await aSession(db)
  for (let place = 1; place <= 40; place++) await past(session, place, times(250, place % 2 ? 'accepted' : 'closed'))
  await db.sql`analyze waitlist_entries`
  const rows = await db.sql<Record<string, string>[]>`explain ${oddsQuery(db.sql, [{ templateId: session.templateId, position: 3 }])}`
  const plan = rows.map(row => Object.values(row)[0]).join('\n')
  expect(plan).toContain('waitlist_entries_odds')
  expect(plan).not.toContain('Seq Scan on waitlist_entries')
})
