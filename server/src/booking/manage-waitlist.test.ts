// What staff may do to a queue: put somebody elsewhere, take off, put on, pause; and how long it may get.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aPayer, aQueue, holdsOf, placeOf, countsOf } from '../../test/queues.ts'
import { anAdmin, aSession, aTrainer, system, type Person } from '../../test/world.ts'
import type { EntryId } from '../platform/ids.ts'
import { transact } from '../platform/tx.ts'
import { changeSettings } from '../schedule/change-settings.ts'
import { addToWaitlist } from './join-waitlist.ts'
import { pauseWaitlist, removeFromWaitlist, reorderWaitlist } from './manage-waitlist.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const stage = { db, clock, desk }
const admin = await anAdmin(db)
const any = () => undefined
const command = (who: Person) => ({ keyed: keyed(who), context: who.context })

async function entriesOf(session: { id: string }): Promise<EntryId[]> {
  const rows = await db.sql<{ id: EntryId }[]>`
    select id from waitlist_entries where session_id = ${session.id} and state in ('waiting', 'offered') order by state, rank, id`
  return rows.map(row => row.id)
}

async function orderAfter(length: number, from: number, before: number | null) {
  const { session } = await aQueue(stage, { length })
  const entries = await entriesOf(session)
  const wish = { entryId: entries[from]!, before: before === null ? null : entries[before]! }
  await reorderWaitlist(db, session.id, { ...command(admin), wish })
  return (await entriesOf(session)).map(id => entries.indexOf(id))
}

test.each([
  ['to the front', 2, 0, [2, 0, 1, 3]],
  ['between two', 3, 1, [0, 3, 1, 2]],
  ['one back', 0, 2, [1, 0, 2, 3]],
  ['to the end', 0, null, [1, 2, 3, 0]],
  ['where they are', 1, 2, [0, 1, 2, 3]],
  ['before themselves', 1, 1, [0, 1, 2, 3]],
])('staff put somebody %s', async (_, from, before, expected) => {
  expect(await orderAfter(4, from, before)).toEqual(expected)
})

test('a reorder is kept: the next spot goes to whom staff put first, and whoever joins later is last', async () => {
  const { session, booked, waiting } = await aQueue(stage, { length: 3 })
  const entries = await entriesOf(session)
  await reorderWaitlist(db, session.id, { ...command(admin), wish: { entryId: entries[2]!, before: entries[0]! } })
  await reorderWaitlist(db, session.id, { ...command(admin), wish: { entryId: entries[0]!, before: null } })
  const late = await aPayer(db)
  clock.advance({ seconds: 1 })
  await desk.join(late, session)
  expect(await placeOf(db, late, session)).toMatchObject({ position: 4 })
  expect(await placeOf(db, waiting[0]!, session)).toMatchObject({ position: 3 })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  expect(await holdsOf(db, waiting[2]!)).toHaveLength(1)
})

test('there is always room between two, a hundred times over, and where two share a rank', async () => {
  const { session } = await aQueue(stage, { length: 3 })
  await db.sql`update waitlist_entries set rank = 1 where session_id = ${session.id}`
  const [a, b, c] = await entriesOf(session)
  await reorderWaitlist(db, session.id, { ...command(admin), wish: { entryId: c!, before: b! } })
  expect(await entriesOf(session)).toEqual([a, c, b])
  for (let n = 0; n < 50; n++) {
    await reorderWaitlist(db, session.id, { ...command(admin), wish: { entryId: b!, before: c! } })
    await reorderWaitlist(db, session.id, { ...command(admin), wish: { entryId: c!, before: b! } })
  }
  expect(await entriesOf(session)).toEqual([a, c, b])
})

test('whoever has an offer, or waits elsewhere, is not to be moved', async () => {
  const { session, booked } = await aQueue(stage, { length: 2 })
  const [first, second] = await entriesOf(session)
  const other = await entriesOf((await aQueue(stage, { length: 1 })).session)
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  await refusal('not-found', reorderWaitlist(db, session.id, { ...command(admin), wish: { entryId: first!, before: second! } }))
  await refusal('not-found', reorderWaitlist(db, session.id, { ...command(admin), wish: { entryId: second!, before: other[0]! } }))
})

test('taken off by staff, an offer goes to the next', async () => {
  const { session, booked, waiting } = await aQueue(stage, { length: 2 })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  const [entryId = '' as EntryId] = await entriesOf(session)
  await removeFromWaitlist(db, { sessionId: session.id, entryId }, command(admin))
  await desk.settle()
  expect(await holdsOf(db, waiting[0]!)).toEqual([])
  expect(await holdsOf(db, waiting[1]!)).toHaveLength(1)
  await refusal('not-found', removeFromWaitlist(db, { sessionId: session.id, entryId }, command(admin)))
})

test('staff put a client of theirs on the list; a trainer does nothing to another’s', async () => {
  const { session } = await aQueue(stage, { length: 1 })
  const client = await aPayer(db)
  const wish = { sessionId: session.id, userId: client.id }
  const stranger = await aTrainer(db)
  await refusal('not-found', addToWaitlist(desk.house, wish, command(stranger)))
  await refusal('not-found', pauseWaitlist(db, session.id, { ...command(stranger), paused: true }))
  const answer = await addToWaitlist(desk.house, wish, command(admin))
  expect(JSON.parse(answer.body)).toMatchObject({ length: 2, paused: false, items: [{}, { user: { id: client.id }, position: 2 }] })
  await refusal('already-waiting', addToWaitlist(desk.house, wish, command(admin)))
})

test('while a list is paused nobody joins and nothing is offered, and the public does not jump it; opened again it moves on', async () => {
  const { session, booked, waiting } = await aQueue(stage, { length: 1 })
  await pauseWaitlist(db, session.id, { ...command(admin), paused: true })
  expect((await refusal('waitlist-closed', desk.join(await aPayer(db), session))).facts).toEqual({ reason: 'paused' })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  expect(await holdsOf(db, waiting[0]!)).toEqual([])
  expect((await refusal('session-full', desk.hold(await aPayer(db), session))).facts).toMatchObject({ canJoinWaitlist: false })
  await pauseWaitlist(db, session.id, { ...command(admin), paused: false })
  await desk.settle()
  expect(await holdsOf(db, waiting[0]!)).toHaveLength(1)
})

test('a list takes as many as the studio says, and says so to the next', async () => {
  const { session } = await aQueue(stage, { length: 2 })
  await transact(db, system, {}, tx => changeSettings(tx, { waitlistMax: 2 }, any))
  expect((await refusal('waitlist-full', desk.join(await aPayer(db), session))).facts).toEqual({ waitlistLength: 2, waitlistMax: 2 })
  expect((await refusal('session-full', desk.hold(await aPayer(db), session))).facts).toMatchObject({ canJoinWaitlist: false })
  clock.advance({ seconds: 1 })
  await transact(db, system, {}, tx => changeSettings(tx, { waitlistMax: 3 }, any))
  await desk.join(await aPayer(db), session)
  await transact(db, system, {}, tx => changeSettings(tx, { waitlistMax: 0 }, any))
  expect(await countsOf(db, session)).toMatchObject({ waitlistLength: 3 })
})

test('a 1:1 has no waitlist', async () => {
  const session = await aSession(db, { capacity: 1 })
  await db.sql`update class_sessions set kind = 'one_to_one' where id = ${session.id}`
  await desk.book(await aPayer(db), session)
  await refusal('waitlist-closed', desk.join(await aPayer(db), session))
})
