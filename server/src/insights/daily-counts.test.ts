// The counts of a day: what happened, whatever the order and number of its events, and the same when they are made again.
import { afterAll, beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { anotherHandle } from '../../test/handles.ts'
import { aLot, aMember, aSession, aTrainer } from '../../test/world.ts'
import { drainOnce } from '../platform/relay.ts'
import { openSettings } from '../schedule/settings.ts'
import { analytics } from './consumers.ts'
import { countDays, latestCounts, markHistory } from './daily-counts.ts'

const { db, clock, url } = await aDatabase()
const other = anotherHandle({ url, clock })
const settings = await openSettings(db)
const desk = await aFrontDesk(db)
const morning = clock.now()
const { timeZone } = settings.current()
afterAll(() => settings.close())

beforeEach(async () => {
  clock.set(morning)
  await db.sql`truncate daily_counts, uncounted_days`
})

async function drain(zone = timeZone): Promise<void> {
  const consumer = analytics({ current: () => ({ ...settings.current(), timeZone: zone }) })
  while (await drainOnce(db, [consumer]));
}

async function count(): Promise<void> {
  await drain()
  while ((await countDays(db, timeZone)) > 0);
}

async function somebody() {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

/** Oldest first; when they were counted is left out. */
const counts = async () => (await latestCounts(db, 10)).map(row => ({ ...row, day: String(row.day), countedAt: 0 })).toReversed()
const none = { countedAt: 0, holds: 0, holdsConfirmed: 0, holdsExpired: 0, promotions: 0, promotionsTaken: 0, bookings: 0, cancellations: 0, attended: 0, noShows: 0 }

/** One of each, counted after each step: a hold that expires, one given back, three booked; one cancels the next day, of the others one comes. */
async function twoDays(): Promise<void> {
  const trainer = await aTrainer(db)
  const session = await aSession(db, { trainerId: trainer.id, startsAt: morning.add({ hours: 30 }) })
  const people = []
  for (let n = 0; n < 5; n++) people.push(await somebody())
  const [a, b, c, d, e] = people as [typeof people[0], typeof people[0], typeof people[0], typeof people[0], typeof people[0]]
  await desk.hold(a, session)
  await desk.release(b, await desk.hold(b, session))
  const [came, , quit] = [await desk.book(c, session), await desk.book(d, session), await desk.book(e, session)]
  clock.advance({ minutes: 10 })
  await desk.sweep()
  await count()
  clock.advance({ hours: 24 })
  await desk.cancel(e, quit.booking)
  await count()
  clock.set(morning.add({ hours: 30 }))
  await desk.mark(trainer, came.booking, 'present')
  await count()
  clock.advance({ hours: 1 })
  await desk.markNoShows()
  await count()
}

test('a day has the holds of members and how they ended, bookings and cancellations when they were made, and who came to its classes', async () => {
  await twoDays()
  expect(await counts()).toEqual([
    { ...none, day: '2027-01-11', holds: 5, holdsConfirmed: 3, holdsExpired: 1, bookings: 3 },
    { ...none, day: '2027-01-12', cancellations: 1, attended: 1, noShows: 1 },
  ])
})

test('events that come again change nothing, and history gives the same counts when they are made again', async () => {
  await twoDays()
  const made = await counts()
  await markHistory(db, timeZone)
  while ((await countDays(db, timeZone)) > 0);
  expect(await counts()).toEqual(made)
  await db.sql`truncate inbox`
  await db.sql`update outbox set handled_at = null`
  await count()
  expect(await counts()).toEqual(made)
})

test('a promotion counts when it is offered, and is taken when its offer is confirmed', async () => {
  clock.set(morning.add({ hours: 24 * 7 }))
  const session = await aSession(db, { capacity: 1 })
  const [first, second] = [await somebody(), await somebody()]
  const { booking } = await desk.book(first, session)
  await desk.join(second, session)
  await desk.cancel(first, booking)
  await desk.settle()
  const [offer] = await db.sql<{ id: string }[]>`select id from spot_holds where kind = 'offer' and session_id = ${session.id}`
  await desk.confirm(second, offer!)
  await db.sql`truncate inbox`
  await db.sql`update outbox set handled_at = null`
  await count()
  expect((await counts()).at(-1)).toEqual({ ...none, day: '2027-01-18', holds: 1, holdsConfirmed: 1, promotions: 1, promotionsTaken: 1, bookings: 2, cancellations: 1 })
})

test('of many events of one day one is handled, and the day is counted by one worker', async () => {
  clock.set(morning.add({ hours: 24 * 14 }))
  const session = await aSession(db)
  for (let n = 0; n < 4; n++) await desk.hold(await somebody(), session)
  await drain()
  expect(await db.sql`select from uncounted_days`).toHaveLength(1)
  const done = await Promise.all([countDays(db, timeZone), countDays(other, timeZone), countDays(other, timeZone)])
  expect(done.toSorted()).toEqual([0, 0, 1])
  expect((await counts()).at(-1)).toMatchObject({ day: '2027-01-25', holds: 4 })
})

test('a day is the studio’s: what happens after its midnight counts for the next, whatever the day in Greenwich', async () => {
  // 31 January 23:30 in Madrid, and half an hour later the first of February; both the 31st in UTC.
  clock.set(Temporal.Instant.from('2027-01-31T22:30:00Z'))
  const session = await aSession(db)
  await desk.hold(await somebody(), session)
  clock.advance({ minutes: 30 })
  await desk.hold(await somebody(), session)
  await drain('Europe/Madrid')
  while ((await countDays(db, 'Europe/Madrid')) > 0);
  expect((await counts()).map(({ day, holds }) => ({ day, holds }))).toEqual([{ day: '2027-01-31', holds: 1 }, { day: '2027-02-01', holds: 1 }])
})
