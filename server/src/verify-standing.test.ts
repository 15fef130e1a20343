// Each invariant of standing reservations is named when it is broken by hand with the guards off; a sound house is silent.
import { beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../test/database.ts'
import { aStandingStage } from '../test/standing.ts'
import { brokenInvariants } from './verify.ts'

const { db, clock } = await aDatabase({ keepsInvariants: false })
const { sql } = db
const stage = await aStandingStage(db, clock)

let booked: { id: string; seriesId: string; userId: string; sessionId: string }
let other: { sessionId: string; seriesId: string }

/** Of a class for one, one has a standing place and one waits; beside it another series. */
beforeEach(async () => {
  await sql.unsafe(`
    set session_replication_role = replica;
    truncate class_series, class_sessions, spot_holds, bookings, waitlist_entries, standing_reservations cascade;
    set session_replication_role = default;
    create unique index if not exists standing_reservations_one_live on standing_reservations (user_id, series_id) where ended_at is null`)
  const { series, session, turnAt } = await stage.aComingSession(1)
  const [first, second] = [await stage.aPayer(), await stage.aPayer()]
  const { id } = await stage.reserve(first, { seriesId: series.id })
  clock.advance({ milliseconds: 1 })
  await stage.reserve(second, { seriesId: series.id })
  clock.set(turnAt)
  await stage.run()
  booked = { id, seriesId: series.id, userId: first.id, sessionId: session.id }
  const beside = await stage.aComingSession(1)
  other = { sessionId: beside.session.id, seriesId: beside.series.id }
})

const found = async () => (await brokenInvariants(sql)).filter(line => line.includes('standing') || line.includes('they wait')).join('\n')

test('a sound house is silent', async () => {
  expect(await found()).toBe('')
})

const reservation = (change: string) => () => sql.unsafe(`update standing_reservations set ${change} where id = '${booked.id}'`)

const breaks: [string, string, () => PromiseLike<unknown>][] = [
  ['a member has two', 'has 2 in series', () => sql.unsafe(`
    drop index standing_reservations_one_live;
    insert into standing_reservations (user_id, series_id, starts_on, created_at)
    select user_id, series_id, starts_on, created_at from standing_reservations where id = '${booked.id}'`)],
  ['one is kept under a series that continues another', 'which continues', () => sql`
    update class_series set continues_id = ${other.seriesId} where id = ${booked.seriesId}`],
  ['it says it booked what is somebody else’s', 'says it booked', () => sql`
    update bookings set user_id = (select user_id from standing_reservations where id <> ${booked.id} limit 1) where session_id = ${booked.sessionId}`],
  ['it says it booked what the member took themselves', 'says it booked', () => sql`update spot_holds set kind = 'public' where kind = 'standing'`],
  ['it booked and no result says so', 'no result says so', () => sql`delete from standing_results where reservation_id = ${booked.id}`],
  ['it says they wait where they do not', 'without an entry', () => sql`delete from waitlist_entries`],
  ['it was decided in a session of another series', 'was decided in session', () => sql`
    update standing_results set session_id = ${other.sessionId} where reservation_id = ${booked.id} and session_id = ${booked.sessionId}`],
  ['it was decided before its first day', 'was decided in session', reservation("starts_on = '2099-01-01'")],
  ['it was decided after its last day', 'was decided in session', reservation("ends_on = starts_on")],
  ['it was decided after it had ended', 'was decided in session', reservation("ended_at = created_at")],
  ['it was decided before it was made', 'was decided in session', reservation("created_at = created_at + interval '1 year'")],
]

test.each(breaks)('%s: it is named (%s)', async (_, named, breakIt) => {
  await breakIt()
  expect(await found()).toContain(named)
})
