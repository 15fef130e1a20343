// Each invariant of the house is named when it is broken by hand with the guards off; a sound house is silent.
import { beforeEach, expect, test } from 'vitest'
import { anAvailability } from '../test/availability.ts'
import { aDatabase } from '../test/database.ts'
import { aFrontDesk } from '../test/front-desk.ts'
import { aLot, aMember, aSession, type Person } from '../test/world.ts'
import { newId, type SessionId } from './platform/ids.ts'
import type { ClassSession } from './schedule/class-sessions.ts'
import { brokenInvariants, verifySnapshot } from './verify.ts'

const { db, clock } = await aDatabase({ keepsInvariants: false })
const { sql } = db
const desk = await aFrontDesk(db)
// Whatever keeps these states from coming about is taken away: verify must find them by itself.
await sql.unsafe(`
  alter table class_sessions drop constraint class_sessions_never_overbooked, drop constraint class_sessions_waiting,
    drop constraint class_sessions_trainer_busy;
  alter table waitlist_entries drop constraint waitlist_entries_offer, drop constraint waitlist_entries_reason;
  drop index bookings_hold_id; drop index bookings_one_live; drop index standing_reservations_one_live`)

let session: ClassSession
let later: ClassSession
let [anna, ben, cleo]: Person[] = []

async function aPayer(name: string): Promise<Person> {
  const member = await aMember(db, name)
  await aLot(db, member)
  return member
}

/** A class of two: Anna has booked, Ben holds an offer, Cleo waits; a day later Anna has another. */
beforeEach(async () => {
  await sql.unsafe(`
    set session_replication_role = replica;
    truncate class_sessions, spot_holds, bookings, waitlist_entries, outbox, deliveries, inbox, idempotency_keys, memberships, credit_transactions cascade;
    set session_replication_role = default`)
  ;[anna, ben, cleo] = [await aPayer('Anna'), await aPayer('Ben'), await aPayer('Cleo')]
  session = await aSession(db, { capacity: 2 })
  later = await aSession(db, { startsAt: session.startsAt.add({ hours: 24 }) })
  await desk.book(anna, session)
  await desk.book(anna, later)
  const leaving = await aPayer('Dan')
  const { booking } = await desk.book(leaving, session)
  await desk.join(ben, session)
  clock.advance({ seconds: 1 })
  await desk.join(cleo, session)
  await desk.cancel(leaving, booking)
  await desk.settle()
})

const found = async () => (await brokenInvariants(sql)).join('\n')

test('a sound house is silent, also when it is asked while it is at work', async () => {
  const [state] = await sql`select taken, waiting, waitlist_length from class_sessions where id = ${session.id}`
  expect(state).toEqual({ taken: 2, waiting: 1, waitlistLength: 1 })
  expect(await brokenInvariants(sql)).toEqual([])
  expect(await verifySnapshot(sql)).toEqual([])
})

const counts = (change: string) => () => sql.unsafe(`update class_sessions set ${change} where id = '${session.id}'`)
const offer = (change: string) => () => sql.unsafe(`update spot_holds set ${change} where kind = 'offer'`)
const annas = (change: string) => () => sql.unsafe(`update bookings set ${change} where session_id = '${session.id}' and user_id = '${anna!.id}'`)
const entry = (state: string, change: string) => () => sql.unsafe(`update waitlist_entries set ${change} where state = '${state}'`)

const breaks: [string, string, () => PromiseLike<unknown>][] = [
  ['a spot too many is counted', 'taken 3, recount 2', counts('taken = 3')],
  ['a spot too few is counted', 'taken 1, recount 2', counts('taken = 1')],
  ['more are in than fit', 'recount 2, capacity 1', counts('capacity = 1')],
  ['a no-show’s spot was given away and still counts', 'taken 2, recount 1', annas("status = 'no_show', spot_released_at = now()")],
  ['a claim is not counted', 'waiting 0 of 1, recount 1 of 1', counts('waiting = 0')],
  ['somebody passed over claims a spot', 'recount 0 of 1', entry('waiting', "passed_over_reason = 'insufficient-credits'")],
  ['the length of the list is wrong', 'waiting 1 of 5', counts('waitlist_length = 5')],
  ['a cancelled class still has somebody in it', 'nobody keeps anything in a class that was cancelled: booking', counts("status = 'cancelled'")],
  ['a cancelled class still has an offer', 'nobody keeps anything in a class that was cancelled: hold', counts("status = 'cancelled'")],
  ['a cancelled class still has somebody waiting', 'nobody keeps anything in a class that was cancelled: entry', counts("status = 'cancelled'")],
  ['a member is in two places', 'nobody has two live bookings that overlap', () => sql`
    update bookings set starts_at = ${session.startsAt.add({ minutes: 59 })}, ends_at = ${session.endsAt.add({ minutes: 59 })} where session_id = ${later.id}`],
  ['a trainer is in two places', 'no trainer teaches two live sessions at once', () => sql`
    update class_sessions set trainer_id = ${session.trainerId}, starts_at = ${session.endsAt.subtract({ minutes: 1 })} where id = ${later.id}`],
  ['a slot that nobody is in still stands', 'stands only as long as somebody is in it', async () => {
    const [slots, empty] = [await anAvailability(db), await aSession(db)]
    await sql`update class_sessions set availability_id = ${slots.id} where id = ${empty.id}`
  }],
  ['a booking kept the time of before the class was moved', 'the time of their session: booking', annas("ends_at = ends_at + interval '1 minute'")],
  ['a hold kept the time of before the class was moved', 'the time of their session: hold', offer("starts_at = starts_at - interval '1 minute'")],
  ['a confirmed hold has no booking', 'is confirmed and has 0 bookings', offer("status = 'confirmed', ended_at = now()")],
  ['a hold became two bookings', 'is confirmed and has 2 bookings', () => sql`
    update bookings set hold_id = (select hold_id from bookings where session_id = ${later.id}) where session_id = ${session.id} and status = 'confirmed'`],
  ['a booking comes from a hold that was given back', 'is released and has 1 bookings', () => sql`
    update spot_holds set status = 'released' where session_id = ${later.id}`],
  ['an offer has no entry', 'an entry on offer has a live offer', entry('offered', "state = 'left', ended_at = now()")],
  ['an entry has no offer', 'an entry on offer has a live offer', entry('waiting', "state = 'offered'")],
  ['an offer is somebody else’s', 'an entry on offer has a live offer', () => sql`update spot_holds set user_id = ${cleo!.id} where kind = 'offer'`],
  ['an offer is for another class', 'an entry on offer has a live offer', () => sql`update spot_holds set session_id = ${later.id} where kind = 'offer'`],
  ['a live hold has an end', 'is active and ended at', offer('ended_at = now()')],
  ['an ended hold has none', 'is confirmed and ended at', () => sql`update spot_holds set ended_at = null where status = 'confirmed'`],
  ['a waiting entry has an end', 'is waiting and ended at', entry('waiting', 'ended_at = now()')],
  ['a booking says it cost more than was debited', 'credits used 200, ledger 100', annas('credits_used = 200')],
  ['a booking says it was paid and no line does', 'every booking was paid as it says', () => sql`
    insert into bookings (session_id, user_id, hold_id, status, method, credits_used, settings_version, starts_at, ends_at, created_at)
    select session_id, ${cleo!.id}, id, 'confirmed', 'credits', 100, 0, starts_at, ends_at, created_at from spot_holds where kind = 'offer'`],
  ['an event was never handed on', 'has waited since', () => sql`
    insert into outbox (topic, data, trace_id, occurred_at) values ('hold.created', '{}', 'x', now() - interval '61 seconds')`],
  ['a consumer gave up on an event', 'has not handled event', () => sql`
    insert into deliveries (consumer, event_id, due_at, dead_at, last_error) select 'a', id, now(), now(), 'down' from outbox limit 1`],
  ['a handled event is still to do', 'and still has it to do', () => sql`
    with due as (insert into deliveries (consumer, event_id, due_at) select 'a', id, now() from outbox limit 1 returning consumer, event_id)
    insert into inbox select consumer, event_id, now() from due`],
  ['a refusal is kept as the answer of a key', 'has status 409', () => sql`
    insert into idempotency_keys values (${anna!.id}, 'a key', 'f', 409, '', now())`],
  ['a balance is not that of its ledger', 'a balance is the sum of its ledger', () => sql`
    update memberships set credits_balance = 999 where user_id = ${ben!.id}`],
]

test.each(breaks)('%s: it is named (%s)', async (_, named, breakIt) => {
  await breakIt()
  expect(await found()).toContain(named)
})

test('an event younger than a minute is on its way', async () => {
  await sql`insert into outbox (topic, data, trace_id, occurred_at) values ('hold.created', '{}', 'x', now() - interval '50 seconds')`
  expect(await brokenInvariants(sql)).toEqual([])
})

test('of much that is broken, twenty are listed and the rest counted', async () => {
  const ids = Array.from({ length: 23 }, () => newId<SessionId>())
  await sql`
    insert into class_sessions (id, template_id, trainer_id, starts_at, ends_at, capacity, taken, status, price_credits, created_at)
    select id, ${session.templateId}, ${session.trainerId}, now(), now() + interval '1 hour', 5, 1, 'draft', 100, now() from unnest(${ids}::uuid[]) as id`
  const rows = await brokenInvariants(sql)
  expect(rows).toHaveLength(21)
  expect(rows.at(-1)).toContain('and 3 more')
})
