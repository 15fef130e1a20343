// Until when messages are kept, to the tick.
import { afterAll, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aTelling } from '../../test/told.ts'
import { aLot, aMember, aSession } from '../../test/world.ts'
import { forgetMessages } from './forget-messages.ts'
import { remind } from './remind.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const { settings } = desk.house
const told = aTelling(db, settings)
afterAll(() => settings.close())
const tick = { microseconds: 1 }

/** Booked and reminded, both sent. */
async function somebodyTold() {
  const member = await aMember(db)
  await aLot(db, member)
  await desk.book(member, await aSession(db, { startsAt: clock.now().add({ hours: 30 }) }))
  await told.hear()
  clock.advance({ hours: 6 })
  await remind({ db, settings, qr: told.house.qr, ways: told.ways })
  return member
}

test('a reminder is kept for 180 days and what tells of a booking for 550, and neither any longer', async () => {
  const member = await somebodyTold()
  await told.send()
  const kinds = async () => (await forgetMessages(db), (await told.rowsOf(member)).map(row => row.kind))
  clock.advance({ hours: 24 * 180 })
  expect(await kinds()).toEqual(['booking-confirmed', 'reminder-day'])
  clock.advance(tick)
  expect(await kinds()).toEqual(['booking-confirmed'])
  // The booking was told of six hours before.
  clock.advance({ hours: 24 * 370 - 6 })
  clock.set(clock.now().subtract(tick))
  expect(await kinds()).toEqual(['booking-confirmed'])
  clock.advance(tick)
  expect(await kinds()).toEqual([])
})

test('what still waits to be sent stays, however old; what failed for good goes like what was sent', async () => {
  const member = await somebodyTold()
  await db.sql`update messages set state = 'failed' where user_id = ${member.id} and kind = 'reminder-day'`
  clock.advance({ hours: 24 * 1000 })
  await forgetMessages(db)
  expect(await told.rowsOf(member)).toMatchObject([{ kind: 'booking-confirmed', state: 'waiting' }])
})

test('more than one step’s worth goes at once', async () => {
  const member = await aMember(db)
  await db.sql`
    insert into messages (user_id, kind, channel, reason, facts, language, state, sent_at, due_at, created_at, forget_at)
    select ${member.id}, 'reminder-day', 'email', 'a reason ' || n, '{}', 'en', 'sent', ${clock.now()}, ${clock.now()}, ${clock.now()}, ${clock.now()}::timestamptz - interval '1 day'
    from generate_series(1, 10001) n`
  await forgetMessages(db)
  expect(await told.rowsOf(member)).toEqual([])
})
