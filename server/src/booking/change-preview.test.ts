// Guarantees of what staff see before they change a class: the preview is what then happens, to each person.
import { beforeEach, describe, expect, test } from 'vitest'
import type { ChangePreviewQuery } from '@fitflow/contract/session-changes.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, aTrainer, type Person } from '../../test/world.ts'
import type { SessionId } from '../platform/ids.ts'
import type { Problem } from '../platform/problem.ts'
import { readOnly } from '../platform/tx.ts'
import { staffSession } from '../schedule/staff-sessions.ts'
import { previewChange } from './change-preview.ts'
import { editSession } from './edit-session.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
let admin: Person
beforeEach(async () => {
  admin = await anAdmin(db)
})

const preview = (id: SessionId, change: ChangePreviewQuery, as = admin) =>
  readOnly(db, as.context, async tx => previewChange(tx, desk.house, { session: await staffSession(tx, id), change }))
const edit = (id: SessionId, change: ChangePreviewQuery, as = admin) =>
  editSession(desk.house, id, { keyed: keyed(as), context: as.context, change, refuseStale: () => {} })

async function aPayer(name: string, hours = 2000): Promise<Person> {
  const member = await aMember(db, name)
  await aLot(db, member, { validUntil: clock.now().add({ hours }) })
  return member
}

/** Of three: two have booked, one of them with something else two hours later; one holds; one waits. */
async function aClass() {
  const session = await aSession(db, { capacity: 3 })
  const later = await aSession(db, { startsAt: session.startsAt.add({ hours: 2 }) })
  const [busy, free, holder, waiting] = [await aPayer('Busy'), await aPayer('Free', 100), await aPayer('Holder'), await aPayer('Waiting')]
  await desk.book(busy, session)
  await desk.book(busy, later)
  await desk.book(free, session)
  await desk.hold(holder, session)
  await desk.join(waiting, session)
  return { session, busy, free, holder, waiting }
}

/** What each person has in the session now, and what came back to them by the studio's doing. */
async function outcomeOf(id: SessionId) {
  const bookings = await db.sql`
    select u.display_name as name, b.status, b.free_cancel_until is not null as free,
      coalesce((select sum(t.amount)::int from credit_transactions t where t.booking_id = b.id and t.type = 'return'), 0) as returned
    from bookings b join users u on u.id = b.user_id where b.session_id = ${id} order by name`
  const holds = await db.sql`select u.display_name as name, h.status from spot_holds h join users u on u.id = h.user_id
    where h.session_id = ${id} and h.status in ('active', 'released') order by name`
  const entries = await db.sql`select u.display_name as name, e.state from waitlist_entries e join users u on u.id = e.user_id where e.session_id = ${id} order by name`
  return { bookings, holds, entries }
}

const short = (people: Awaited<ReturnType<typeof preview>>['people']) =>
  people.map(({ user, has, fate, creditsReturned }) => [user.name, has, fate, creditsReturned])

describe('the preview is the outcome', () => {
  test('of a cancellation', async () => {
    const { session } = await aClass()
    clock.advance({ hours: 40 })
    const shown = await preview(session.id, { status: 'cancelled' })
    expect(short(shown.people)).toEqual([['Busy', 'booking', 'returned', 1], ['Free', 'booking', 'returned', 1], ['Holder', 'hold', 'released', 0], ['Waiting', 'waiting', 'closed', 0]])
    expect(shown.sentence).toBe('2 bookings are cancelled with 2 credits returned, 1 hold ends and 1 person no longer waits.')
    expect(shown.people[1]?.sentence).toMatch(/would be returned to a new lot .* because the one it came from has under 7 days left/)
    await edit(session.id, { status: 'cancelled' })
    const { bookings, holds, entries } = await outcomeOf(session.id)
    expect(bookings).toEqual([{ name: 'Busy', status: 'cancelled', free: false, returned: 100 }, { name: 'Free', status: 'cancelled', free: false, returned: 100 }])
    expect([holds, entries]).toEqual([[{ name: 'Holder', status: 'released' }], [{ name: 'Waiting', state: 'closed' }]])
  })

  test('of a reschedule', async () => {
    const { session } = await aClass()
    const startsAt = String(session.startsAt.add({ hours: 2 }))
    const shown = await preview(session.id, { startsAt })
    expect(short(shown.people)).toEqual([['Busy', 'booking', 'returned', 1], ['Free', 'booking', 'moved', 0], ['Holder', 'hold', 'moved', 0], ['Waiting', 'waiting', 'offered', 0]])
    expect(shown.people[1]).toMatchObject({ freeCancelUntil: startsAt })
    expect(shown.sentence).toBe('1 booking is cancelled with 1 credit returned, 1 booking moves along and may be cancelled free, 1 hold moves along and 1 person who waits is next.')
    await edit(session.id, { startsAt })
    const { bookings, holds } = await outcomeOf(session.id)
    expect(bookings).toMatchObject([{ name: 'Busy', status: 'cancelled', returned: 100 }, { name: 'Free', status: 'confirmed', free: true, returned: 0 }])
    expect(holds).toEqual([{ name: 'Holder', status: 'active' }])
    await desk.settle()
    expect((await outcomeOf(session.id)).entries).toEqual([{ name: 'Waiting', state: 'offered' }])
  })

  test('of more room: whoever waits is next', async () => {
    const { session, waiting } = await aClass()
    expect(short((await preview(session.id, { capacity: 9 })).people)).toEqual([['Waiting', 'waiting', 'offered', 0]])
    expect(await preview(session.id, { capacity: 3 })).toMatchObject({ people: [], sentence: 'Nobody is affected.' })
    await edit(session.id, { capacity: 9 })
    await desk.settle()
    expect(await db.sql`select state from waitlist_entries where user_id = ${waiting.id}`).toEqual([{ state: 'offered' }])
  })

  test('of more room and another time at once: whoever waits and can be served is next, whoever cannot pay or teaches it then is passed over', async () => {
    const [{ session, waiting }, poor, sam] = [await aClass(), await aMember(db, 'Poor'), await aTrainer(db, 'Sam')]
    await aLot(db, sam)
    for (const who of [poor, sam]) await desk.join(who, session)
    await db.sql`update waitlist_entries set rank = rank - 1000000000 where user_id = any(${[poor.id, sam.id]}::uuid[])`
    const change = { startsAt: String(session.startsAt.add({ hours: 1 })), capacity: 9, trainerId: sam.id }
    const fates = new Map((await preview(session.id, change)).people.map(one => [one.user.name, one.fate]))
    expect([fates.get('Waiting'), fates.get('Poor'), fates.get('Sam')]).toEqual(['offered', 'moved', 'moved'])
    await edit(session.id, change)
    await desk.settle()
    const states = await db.sql`select user_id, state from waitlist_entries where user_id = any(${[waiting.id, poor.id, sam.id]}::uuid[]) and state = 'offered'`
    expect(states.map(row => row['userId'])).toEqual([waiting.id])
  })

  test('of a substitute: everybody is told, and who booked a 1:1 may leave it free', async () => {
    const [{ session }, sam] = [await aClass(), await aTrainer(db, 'Sam')]
    const shown = await preview(session.id, { trainerId: sam.id })
    expect(shown.people.map(one => [one.fate, one.freeCancelUntil])).toEqual(Array.from({ length: 4 }, () => ['told', null]))
    const [client, alone] = [await aPayer('Client'), await aSession(db, { capacity: 1, kind: 'one_to_one' })]
    await desk.book(client, alone)
    const free = await preview(alone.id, { trainerId: sam.id })
    expect(free.people[0]).toMatchObject({ fate: 'told', freeCancelUntil: String(alone.startsAt) })
    await edit(session.id, { trainerId: sam.id })
    expect((await outcomeOf(session.id)).bookings.map(one => one.free)).toEqual([false, false])
    await refusal('trainer-busy', edit(alone.id, { trainerId: sam.id }))
    await edit(alone.id, { trainerId: (await aTrainer(db, 'Kim')).id })
    expect((await outcomeOf(alone.id)).bookings.map(one => one.free)).toEqual([true])
  })

  test('of publishing a cancelled class again: those it was cancelled for are told, and stay out of it', async () => {
    const { session } = await aClass()
    const gone = await aPayer('Gone before')
    await desk.join(gone, session)
    await desk.leave(gone, session)
    clock.advance({ minutes: 1 })
    await edit(session.id, { status: 'cancelled' })
    const shown = await preview(session.id, { status: 'published' })
    expect(short(shown.people).sort()).toEqual(['Busy', 'Free', 'Holder', 'Waiting'].map(name => [name, 'cancelled', 'told', 0]))
    await edit(session.id, { status: 'published' })
    expect((await outcomeOf(session.id)).bookings.map(one => one.status)).toEqual(['cancelled', 'cancelled'])
    const [told] = await db.sql`select data from outbox where topic = 'session.published' and data ->> 'sessionId' = ${session.id}`
    expect(told?.data).toMatchObject({ afterCancellation: true })
  })
})

describe('what stands in the way is said before, as the change would say it', () => {
  const codeOf = (id: SessionId, change: ChangePreviewQuery, as = admin) =>
    edit(id, change, as).then(
      () => 'done',
      (error: unknown) => (error as Problem).code,
    )

  test.each([
    ['less room than is taken', { capacity: 2 }, 'capacity-below-taken'],
    ['back to a draft', { status: 'draft' }, 'session-state'],
    ['into the past', { startsAt: '2027-01-01T07:00:00Z' }, 'session-state'],
    ['somebody who does not teach', { trainerId: '01890000-0000-7000-8000-000000000000' }, 'invalid-request'],
  ] as const)('%s', async (_, change, code) => {
    const { session } = await aClass()
    const shown = await preview(session.id, change)
    expect([shown.refusals.map(one => one.code), shown.people]).toEqual([[code], []])
    expect(await codeOf(session.id, change)).toBe(code)
  })

  test('a trainer who teaches then, with every clash', async () => {
    const trainer = await aTrainer(db)
    const [session, other] = [await aSession(db, { trainerId: trainer.id }), await aSession(db, { trainerId: trainer.id, startsAt: clock.now().add({ hours: 72 }) })]
    const change = { startsAt: String(other.startsAt.add({ minutes: 30 })) }
    const shown = await preview(session.id, change)
    expect(shown).toMatchObject({ refusals: [{ code: 'trainer-busy' }], clashes: [{ otherSessionId: other.id, otherName: 'Morning Strength' }] })
    expect(await codeOf(session.id, change)).toBe('trainer-busy')
    const sam = await aTrainer(db, 'Sam')
    // Sam teaches then: that is not for another trainer to learn.
    await aSession(db, { trainerId: sam.id, startsAt: session.startsAt })
    const named = await preview(session.id, { trainerId: sam.id }, trainer)
    expect([named.refusals.map(one => one.code), named.clashes]).toEqual([['forbidden'], []])
    expect(await codeOf(session.id, { trainerId: sam.id }, trainer)).toBe('forbidden')
  })
})
