// A server that dies in the middle of a rush: whatever it answered is there after the restart, and nothing is half-written.
import { expect, test } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { verifySnapshot } from '../../src/verify.ts'
import { aCrowd, type Signed } from '../crowd.ts'
import { aDatabase } from '../database.ts'
import { aProcess, ask, type Process } from '../fleet.ts'
import { aSession } from '../world.ts'

const { db, url } = await aDatabase({ startsAt: systemClock.now() })
const crowd = await aCrowd(db, 600)

/** Each holds and confirms; what they were told before the connection broke is written down. */
async function journey(api: Process, who: Signed, sessionId: string, told: { holds: string[]; bookings: string[] }): Promise<void> {
  const hold = await ask(api, who, `POST /sessions/${sessionId}/hold`)
  if (hold.status !== 201) return
  told.holds.push(hold.body.id)
  const confirmed = await ask(api, who, `POST /holds/${hold.body.id}/confirm`, { body: { method: 'credits' } })
  if (confirmed.status === 201) told.bookings.push((confirmed.body as unknown as { booking: { id: string } }).booking.id)
}

test('kill -9 in mid-rush: every 201 that a client saw is there after the restart', async () => {
  const session = await aSession(db, { capacity: crowd.length })
  const told = { holds: [] as string[], bookings: [] as string[] }
  const api = await aProcess('api', url)
  const journeys = crowd.map(who => journey(api, who, session.id, told).then(() => 'told', () => 'cut off'))
  while (told.bookings.length < 20) await new Promise(setImmediate)
  await api.kill()
  expect(await Promise.all(journeys), 'the crash came in mid-rush').toContain('cut off')

  const after = await aProcess('api', url)
  const holds = await db.sql<{ id: string }[]>`select id from spot_holds where id = any(${told.holds}::uuid[])`
  const bookings = await db.sql<{ id: string }[]>`select id from bookings where id = any(${told.bookings}::uuid[]) and status = 'confirmed'`
  expect(holds).toHaveLength(told.holds.length)
  expect(bookings).toHaveLength(told.bookings.length)
  expect(await verifySnapshot(db.sql)).toEqual([])
  const [one] = crowd
  expect((await ask(after, one as Signed, `GET /bookings/me`)).status).toBe(200)
})
