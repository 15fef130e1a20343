// Sending on the real database: once, by one worker, again after what may change, never again after what may not.
import { afterAll, beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { anotherHandle } from '../../test/handles.ts'
import { aTelling } from '../../test/told.ts'
import { aLot, aMember, aSession, aTrainer } from '../../test/world.ts'
import { attemptsMax } from './retry.rule.ts'
import type { Sent } from './channel.ts'
import { sendDue } from './send-messages.ts'

const { db, clock, url } = await aDatabase()
const other = anotherHandle({ url, clock })
const desk = await aFrontDesk(db)
const { settings } = desk.house
const morning = clock.now()
afterAll(() => settings.close())

beforeEach(async () => {
  clock.set(morning)
  await db.sql`update messages set state = 'skipped', skipped = 'outdated' where state = 'waiting'`
})

const refused = (permanent: boolean): Sent => ({ outcome: 'failed', reason: permanent ? '550 no such user' : '450 try later', permanent })

/** Somebody whose booking waits to be told. */
async function somebodyBooked(people = 1) {
  const told = aTelling(db, settings)
  const members = []
  const session = await aSession(db)
  for (let n = 0; n < people; n++) {
    const member = await aMember(db)
    await aLot(db, member)
    members.push({ member, ...(await desk.book(member, session)) })
  }
  await told.hear()
  return { told, session, members, ...members[0]! }
}

test('a message goes out once, and its row says so', async () => {
  const { told, member } = await somebodyBooked()
  await told.send()
  await told.send()
  expect(told.out).toHaveLength(1)
  expect(told.out[0]).toMatchObject({ to: `${member.id}@example.test`, unsubscribeUrl: expect.stringContaining('/api/v1/unsubscribe?token=') })
  expect(await told.rowsOf(member)).toMatchObject([{ kind: 'booking-confirmed', state: 'sent', attempts: 1 }])
})

test('two workers that send at once never send one row twice', async () => {
  const { told } = await somebodyBooked(12)
  told.answer = async () => (await db.sql`select pg_sleep(0.02)`, { outcome: 'sent', reference: null })
  await Promise.all([told.send(), told.send(other), told.send(other)])
  expect(told.out).toHaveLength(12)
  expect(new Set(told.out.map(one => one.id)).size).toBe(12)
})

test('what may change is tried again after 1, 2, 4 … minutes, and after the last attempt it has failed with the reason', async () => {
  const { told, member } = await somebodyBooked()
  told.answer = () => refused(false)
  await told.send()
  expect(await told.rowsOf(member)).toMatchObject([{ state: 'waiting', attempts: 1, lastError: '450 try later' }])
  await told.send()
  expect(told.out).toHaveLength(1)
  clock.advance({ minutes: 1 })
  await told.send()
  clock.advance({ minutes: 1 })
  await told.send()
  expect(told.out).toHaveLength(2)
  for (let n = 0; n < attemptsMax; n++) {
    clock.advance({ hours: 1 })
    await told.send()
  }
  expect(told.out).toHaveLength(attemptsMax)
  expect(new Set(told.out.map(one => one.id)).size).toBe(1)
  expect(await told.rowsOf(member)).toMatchObject([{ state: 'failed', attempts: attemptsMax, lastError: '450 try later' }])
})

test('what was refused for good fails at once', async () => {
  const { told, member } = await somebodyBooked()
  told.answer = () => refused(true)
  await told.send()
  clock.advance({ hours: 2 })
  await told.send()
  expect(told.out).toHaveLength(1)
  expect(await told.rowsOf(member)).toMatchObject([{ state: 'failed', attempts: 1, lastError: '550 no such user' }])
})

test('a worker that died while sending leaves its message to another, who sends it under the same id once the lease is over', async () => {
  const { told, member } = await somebodyBooked()
  // The one who died never hears an answer.
  const hanging = new Promise<Sent>(() => {})
  const died = aTelling(db, settings)
  died.answer = () => hanging
  void died.send(other)
  await expect.poll(() => died.out.length).toBe(1)
  await told.send()
  clock.advance({ seconds: 119 })
  await told.send()
  expect(told.out).toHaveLength(0)
  clock.advance({ seconds: 1 })
  await told.send()
  expect(told.out.map(one => one.id)).toEqual(died.out.map(one => one.id))
  expect(await told.rowsOf(member)).toMatchObject([{ state: 'sent', attempts: 2 }])
})

test('one who comes back with a refusal after the lease was over does not undo what another did meanwhile', async () => {
  const { told, member } = await somebodyBooked()
  let answer: (sent: Sent) => void = () => {}
  const slow = aTelling(db, settings)
  slow.answer = () => new Promise<Sent>(resolve => (answer = resolve))
  const sending = slow.send(other)
  await expect.poll(() => slow.out.length).toBe(1)
  clock.advance({ minutes: 3 })
  told.answer = () => refused(false)
  await told.send()
  answer(refused(true))
  await sending
  expect(await told.rowsOf(member)).toMatchObject([{ state: 'waiting', attempts: 2, lastError: '450 try later' }])
})

test('a message that can end every worker that takes it is given up after the last attempt', async () => {
  const { told, member } = await somebodyBooked()
  await db.sql`update messages set attempts = ${attemptsMax} where user_id = ${member.id}`
  await told.send()
  expect(told.out).toHaveLength(0)
  expect(await told.rowsOf(member)).toMatchObject([{ state: 'failed', lastError: expect.stringContaining('without an answer') }])
})

test('what is no longer so, or no longer wanted, is not sent, and its row says why', async () => {
  const { told, members: [gone, silent] } = await somebodyBooked(2)
  await desk.cancel(gone!.member, gone!.booking)
  await db.sql`
    insert into message_preferences (user_id, language, choices, updated_at)
    values (${silent!.member.id}, 'en', ${db.sql.json({ bookings: { email: false } })}, ${clock.now()})`
  await told.send()
  expect(told.out).toHaveLength(0)
  expect(await told.rowsOf(gone!.member)).toMatchObject([{ state: 'skipped', skipped: 'outdated' }])
  expect(await told.rowsOf(silent!.member)).toMatchObject([{ state: 'skipped', skipped: 'preference' }])
})

test('who has no address any more is not sent anything', async () => {
  const { told, member } = await somebodyBooked()
  told.ways[0]!.addressesOf = () => Promise.resolve(new Map())
  await told.send()
  expect(await told.rowsOf(member)).toMatchObject([{ state: 'skipped', skipped: 'no-address' }])
})

test('each message is noted before the next is handed over: a worker that is killed makes one duplicate at most', async () => {
  const { told } = await somebodyBooked(8)
  const unnoted: number[] = []
  told.answer = async () => {
    const rows = await other.sql`select from messages where state = 'waiting' and id = any(${told.out.map(one => one.id)}::uuid[])`
    unnoted.push(rows.length)
    return { outcome: 'sent', reference: null }
  }
  await told.send()
  expect(unnoted, 'handed over and not noted, this one among them').toEqual(Array.from({ length: 8 }, () => 1))
})

test('nothing is open on the database while the other side answers', async () => {
  const { told } = await somebodyBooked()
  let open = -1
  told.answer = async () => {
    const [row] = await other.sql<[{ count: number }]>`select count(*)::int from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`
    open = row.count
    return { outcome: 'sent', reference: null }
  }
  await told.send()
  expect(open).toBe(0)
})

test('without a mail server the rows themselves are the outbox: more than one round of them is marked, and nothing that is no longer so', async () => {
  const { told, session, members } = await somebodyBooked(3)
  const [first] = members
  await desk.cancel(first!.member, first!.booking)
  await db.sql`update outbox set handled_at = ${clock.now()} where handled_at is null`
  await db.sql`
    insert into messages (id, user_id, kind, channel, reason, facts, session_id, language, due_at, created_at)
    select gen_random_uuid(), m.user_id, m.kind, m.channel, 'again ' || n, m.facts, m.session_id, m.language, m.due_at, m.created_at
    from messages m, generate_series(1, 150) n where m.session_id = ${session.id}`
  const house = { ...told.house, db }
  const outbox = { ...told.ways[0]!, channel: { ...told.ways[0]!.channel, isOutbox: true as const } }
  while (await sendDue(house, outbox));
  expect(told.out).toEqual([])
  const rows = await db.sql`select user_id, state, skipped, count(*)::int as n from messages where session_id = ${session.id} group by 1, 2, 3`
  expect(rows.find(row => row['userId'] === first!.member.id)).toMatchObject({ state: 'skipped', skipped: 'outdated', n: 151 })
  expect(rows.filter(row => row['state'] === 'sent').map(row => row['n'])).toEqual([151, 151])
})

test('one message that cannot be read keeps none of its round waiting, and is tried again', async () => {
  const { told, members } = await somebodyBooked(3)
  await db.sql`update messages set facts = facts || '{"bookingId": "no id"}' where user_id = ${members[1]!.member.id}`
  await told.send()
  expect(told.out.map(one => one.to).toSorted()).toEqual([members[0]!, members[2]!].map(one => `${one.member.id}@example.test`).toSorted())
  expect(await told.rowsOf(members[1]!.member)).toMatchObject([{ state: 'waiting', attempts: 1, lastError: expect.stringContaining('uuid') }])
})

test('the rows of a round say what was sent, not what was true when they were written', async () => {
  const { told, session, members } = await somebodyBooked(3)
  const [row] = await db.sql<{ version: number }[]>`
    update class_sessions set trainer_id = ${(await aTrainer(db, 'Noor Stand-in')).id}, version = version + 7 where id = ${session.id} returning version`
  await told.send()
  for (const { member } of members) expect(await told.rowsOf(member)).toMatchObject([{ state: 'sent', facts: { version: row!.version } }])
})

test('a class that only filled meanwhile has nothing rewritten', async () => {
  const { told, session, member } = await somebodyBooked()
  const [before] = await told.rowsOf(member)
  await db.sql`update class_sessions set version = version + 7 where id = ${session.id}`
  await told.send()
  expect(await told.rowsOf(member)).toMatchObject([{ state: 'sent', facts: before!.facts }])
})

test('a worker that cannot note what it has sent sends nothing more', async () => {
  const { told } = await somebodyBooked(3)
  // No database keeps such a reference.
  told.answer = () => ({ outcome: 'sent', reference: '\u0000' })
  await expect(told.send()).rejects.toThrow('invalid byte sequence')
  expect(told.out).toHaveLength(1)
})

test('a database that dies before it was noted that a message went out makes no duplicate: it is noted once the database is back', async () => {
  const { told, members } = await somebodyBooked(3)
  let refusals = 0
  const reserve = () => (refusals-- > 0 ? Promise.reject(new Error('connect ECONNREFUSED')) : db.sql.reserve())
  const dying = { ...db, sql: new Proxy(db.sql, { get: (pool, name) => (name === 'reserve' ? reserve : Reflect.get(pool, name)) }) }
  told.answer = ({ id }) => {
    refusals = told.out.length === 1 ? 2 : 0
    return { outcome: 'sent', reference: id }
  }
  await told.send(dying)
  clock.advance({ minutes: 5 })
  await told.send()
  expect(told.out).toHaveLength(3)
  for (const { member } of members) expect(await told.rowsOf(member)).toMatchObject([{ state: 'sent', attempts: 1 }])
})
