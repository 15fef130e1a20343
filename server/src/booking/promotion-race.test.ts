// Two relays hand one freed spot on at the same instant: one offer is made, to the first in line.
import { expect, test } from 'vitest'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { aLot, aMember, aSession, system } from '../../test/world.ts'
import type { Database } from '../platform/db.ts'
import type { OutboxEvent } from '../platform/consumer.ts'
import { transact } from '../platform/tx.ts'
import { openSettings } from '../schedule/settings.ts'
import { waitlistManager } from './consumers.ts'

const { held, control } = await aRace({
  racers: 2,
  unconstrained: `
    alter table class_sessions drop constraint class_sessions_never_overbooked, drop constraint class_sessions_waiting;
    drop index spot_holds_one_live`,
})

/** Handles the event as a relay does, but for the note in its inbox: the same event twice, or two of one spot, make no difference here. */
async function promote(db: Database, event: OutboxEvent): Promise<void> {
  const manager = waitlistManager({ db, settings: await openSettings(db) })
  const sessions = await manager.sessions(db, event)
  await transact(db, system, { sessions }, tx => manager.handle(tx, event, sessions))
}

/** One spot, just given back; three wait. */
async function race(lane: Lane) {
  const { db, clock } = lane.stage
  const [desk, session] = [await aFrontDesk(db), await aSession(db, { capacity: 1 })]
  const members = []
  for (let n = 0; n < 4; n++) {
    const member = await aMember(db)
    await aLot(db, member)
    members.push(member)
  }
  const { booking } = await desk.book(members[0]!, session)
  for (const member of members.slice(1)) {
    clock.advance({ seconds: 1 })
    await desk.join(member, session)
  }
  await desk.cancel(members[0]!, booking)
  const data = { bookingId: booking.id, sessionId: session.id, userId: members[0]!.id, cancelKind: 'early', version: 1 } as const
  const event: OutboxEvent = { id: 1, topic: 'booking.cancelled', data, traceId: '', occurredAt: clock.now() }
  await ready(lane)
  await Promise.allSettled(lane.racers.map(racer => promote(racer, event)))
  const [row] = await db.sql`
    select taken, waiting, (select array_agg(user_id) from spot_holds where session_id = s.id and kind = 'offer') as offered
    from class_sessions s where id = ${session.id}`
  return { row, first: members[1]!.id }
}

test.each(held)('%s: one offer is made, to the first in line', async (_, lane) => {
  for (let round = 0; round < 3; round++) {
    const { row, first } = await race(lane)
    expect(row).toEqual({ taken: 1, waiting: 2, offered: [first] })
  }
})

test('control: without any guard one spot is offered twice', async () => {
  const offeredTwice = async () => {
    const { row, first } = await race(control)
    return { ...row, offered: (row?.['offered'] as string[] | undefined)?.map(who => who === first) }
  }
  await expect.poll(offeredTwice, untilTheyMeet).toEqual({ taken: 2, waiting: 1, offered: [true, true] })
})
