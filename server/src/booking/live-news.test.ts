// Live updates over HTTP: who hears of what, from which process, and what somebody gets who was away for a moment.
import type { Hold } from '@fitflow/contract/booking.ts'
import type { LiveMine, LiveSession } from '@fitflow/contract/live.ts'
import { expect, test } from 'vitest'
import { anAvailability } from '../../test/availability.ts'
import { aDatabase } from '../../test/database.ts'
import { anotherHandle } from '../../test/handles.ts'
import { listen, type Heard } from '../../test/listen.ts'
import { aServer } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession, aTrainer, type Person } from '../../test/world.ts'
import { slotOffers } from '../schedule/open-slots.ts'
import { attendedBy } from './attended.ts'

const { db, url, clock } = await aDatabase()
const server = await aServer(db)
const elsewhere = await aServer(anotherHandle({ url, clock }))

const ear = async (person: Person, lastEventId?: string) =>
  listen(`${server.url}/api/v1/live`, { token: await server.tokenOf(person), ...(lastEventId === undefined ? {} : { lastEventId }) })

async function aPayer(): Promise<Person> {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

async function hold(member: Person, sessionId: string, at = server): Promise<Hold> {
  return (await at.ask(member, 'POST', `/api/v1/sessions/${sessionId}/hold`)).json as Hold
}

const aboutSession = (id: string) => (one: Heard) => one.event === 'session' && (one.data as LiveSession).id === id
const aboutHolds = (count: number) => (one: Heard) => one.event === 'mine' && (one.data as LiveMine).holds.length === count

/** Everything that was under way has been told once this is heard. */
async function untilQuiet(of: Awaited<ReturnType<typeof ear>>): Promise<void> {
  const { id } = await aSession(db)
  await hold(await aPayer(), id)
  await of.hears(aboutSession(id))
}

test('whoever begins to listen is told to read what they show, then of each class whose spots change', async () => {
  const [{ id }, member] = [await aSession(db, { capacity: 3 }), await aPayer()]
  const listener = await ear(await aMember(db))
  expect(await listener.hears(() => true)).toMatchObject({ event: 'reset' })
  await hold(member, id)
  const { data } = await listener.hears(aboutSession(id))
  expect(data).toEqual({ id, status: 'published', spotsLeft: 2, waitlistLength: 0, version: expect.any(Number) })
})

test('what happens in another process is heard too', async () => {
  const [{ id }, member] = [await aSession(db), await aPayer()]
  const listener = await ear(await aMember(db))
  await hold(member, id, elsewhere)
  expect((await listener.hears(aboutSession(id))).data).toMatchObject({ id, spotsLeft: 11 })
})

test('a member hears of their own hold and of its end, and nobody else of either', async () => {
  const [{ id }, member] = [await aSession(db), await aPayer()]
  const [own, others] = [await ear(member), await ear(await aMember(db))]
  const made = await hold(member, id)
  expect((await own.hears(aboutHolds(1))).data).toEqual({ holds: [made] })
  await server.ask(member, 'DELETE', `/api/v1/holds/${made.id}`)
  await own.hears(aboutHolds(0))
  await untilQuiet(others)
  expect(others.heard.filter(one => one.event === 'mine')).toEqual([])
})

test('an admin hears whose things changed, a trainer and a member do not', async () => {
  const [{ id }, member] = [await aSession(db), await aPayer()]
  const [admin, trainer] = [await ear(await anAdmin(db)), await ear(await aTrainer(db))]
  await hold(member, id)
  expect((await admin.hears(one => one.event === 'client')).data).toEqual({ id: member.id })
  await untilQuiet(trainer)
  expect(trainer.heard.filter(one => one.event === 'client')).toEqual([])
})

test('an admin hears that somebody was told something, a trainer and a member do not', async () => {
  const [admin, trainer, member] = [await ear(await anAdmin(db)), await ear(await aTrainer(db)), await ear(await aMember(db))]
  server.house.db.signals.send({ messages: true })
  expect((await admin.hears(one => one.event === 'messages')).data).toEqual({})
  for (const one of [trainer, member]) {
    await untilQuiet(one)
    expect(one.heard.filter(({ event }) => event === 'messages')).toEqual([])
  }
})

test('a draft is its trainer’s and the admins’ to hear of, with what is taken of it', async () => {
  const [trainer, member] = [await aTrainer(db), await aPayer()]
  const { id } = await aSession(db, { trainerId: trainer.id, status: 'draft' })
  const [own, admin] = [await ear(trainer), await ear(await anAdmin(db))]
  const others = [await ear(await aTrainer(db)), await ear(member)]
  await server.ask(trainer, 'PATCH', `/api/v1/admin/sessions/${id}`, { body: { capacity: 7 } })
  for (const one of [own, admin]) expect((await one.hears(aboutSession(id))).data).toMatchObject({ status: 'draft', capacity: 7, taken: 0, waiting: 0 })
  for (const one of others) {
    await untilQuiet(one)
    expect(one.heard.filter(aboutSession(id))).toEqual([])
  }
})

test('a 1:1 is its trainer’s to hear of: its client hears of their own hold, everybody that times have changed', async () => {
  const [trainer, member] = [await aTrainer(db), await aPayer()]
  const { id } = await anAvailability(db, { trainer })
  const offers = await slotOffers({ sql: db.sql, now: db.clock.now(), attendedBy }, {}, server.house.settings.current())
  const startsAt = offers.find(one => one.availabilityId === id)?.slots[0]?.startsAt
  const [own, client, stranger] = [await ear(trainer), await ear(member), await ear(await aTrainer(db))]
  const { json } = await server.ask(member, 'POST', `/api/v1/slots/${id}/hold`, { body: { startsAt } })
  const about = aboutSession((json as Hold).sessionId)
  await own.hears(about)
  await client.hears(aboutHolds(1))
  for (const one of [client, stranger]) {
    await untilQuiet(one)
    expect(one.heard.filter(about)).toEqual([])
    expect(one.heard.filter(({ event }) => event === 'slots').map(({ data }) => data)).toEqual([{ availabilityId: id }])
  }
})

test('whoever comes back hears what they missed; whoever was away too long, or elsewhere, is told to read anew', async () => {
  const [{ id }, member, person] = [await aSession(db), await aPayer(), await aMember(db)]
  const [first, stays] = [await ear(person), await ear(await aMember(db))]
  await untilQuiet(first)
  const lastEventId = first.heard.at(-1)?.id ?? ''
  first.close()
  await hold(member, id)
  await stays.hears(aboutSession(id))
  const back = await ear(person, lastEventId)
  await back.hears(aboutSession(id))
  expect(back.heard.filter(one => one.event === 'reset')).toEqual([])
  const stranger = await ear(person, 'elsewhere-1')
  expect(await stranger.hears(() => true)).toMatchObject({ event: 'reset' })
})

test('a stream ends soon after the session behind it', async () => {
  const member = await aMember(db)
  const token = await server.tokenOf(member)
  const listener = await listen(`${server.url}/api/v1/live`, { token })
  await db.sql`delete from auth_sessions where token = ${token}`
  expect(await listener.ended).toBe('ended')
}, 10_000)
