// Guarantees when the studio cancels classes: everything comes back, nobody keeps anything in them, each is told once.
import { beforeEach, describe, expect, test } from 'vitest'
import { aCrowd } from '../../test/crowd.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, aTemplate, type Person } from '../../test/world.ts'
import { writeDecisions } from '../credits/decisions.ts'
import { insertPenalties } from '../credits/penalties.ts'
import { newId, type BookingId, type PenaltyId, type ReceiptId, type SessionId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import { transact } from '../platform/tx.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import { cancelByStudio } from './cancel-by-studio.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
let admin: Person
beforeEach(async () => {
  admin = await anAdmin(db)
})

const cancel = (ids: SessionId[], reason = 'Alex is ill') =>
  transact(db, admin.context, { sessions: ids, lock: (sql: Sql) => ({ sessions: lockSessions(sql, ids) }) }, (tx, { sessions }) =>
    cancelByStudio(tx, desk.house, { sessions, reason }),
  )

async function aPayer(wish = {}): Promise<Person> {
  const member = await aMember(db)
  await aLot(db, member, wish)
  return member
}

const balances = (who: Person) => db.sql`
  select plan_type, credits_balance, valid_until from memberships where user_id = ${who.id} order by created_at, id`
const bookingOf = async (who: Person) =>
  (await db.sql`select status, cancel_kind, credits_used from bookings where user_id = ${who.id}`)[0]
const receiptOf = async (who: Person) =>
  (await db.sql`select rule, sentence, facts from decision_receipts where user_id = ${who.id} and rule = 'cancel-studio'`)[0]

describe('a class that is cancelled by the studio', () => {
  test('a cancelled class cancels its bookings: everything comes back an hour before the start, and the receipt says who did it', async () => {
    const [member, session] = [await aPayer(), await aSession(db)]
    await desk.book(member, session)
    clock.set(session.startsAt.subtract({ hours: 1 }))
    await cancel([session.id])
    expect(await bookingOf(member)).toEqual({ status: 'cancelled', cancelKind: 'studio', creditsUsed: 0 })
    expect(await balances(member)).toMatchObject([{ planType: 'pack', creditsBalance: 1000 }])
    const receipt = await receiptOf(member)
    expect(receipt?.sentence).toMatch(/^The studio cancelled Morning Strength \(Alex is ill\), so the whole credit was returned to the lot/)
    expect(receipt?.facts).toMatchObject({ reason: 'Alex is ill', was: 'confirmed' })
  })

  test('gives back what its running session had already: attended bookings too, and a no-show whose spot was given away', async () => {
    const [attended, absent, session] = [await aPayer(), await aPayer(), await aSession(db, { capacity: 2 })]
    const first = await desk.book(attended, session)
    const second = await desk.book(absent, session)
    clock.set(session.startsAt.add({ minutes: 15 }))
    await db.sql`update bookings set status = 'attended' where id = ${first.booking.id}`
    await db.sql`update bookings set status = 'no_show', spot_released_at = ${clock.now()} where id = ${second.booking.id}`
    await db.sql`update class_sessions set status = 'in_progress', taken = 1 where id = ${session.id}`
    await cancel([session.id])
    expect(await balances(attended)).toMatchObject([{ creditsBalance: 1000 }])
    expect(await balances(absent)).toMatchObject([{ creditsBalance: 1000 }])
    const [row] = await db.sql`select status, taken from class_sessions where id = ${session.id}`
    expect(row).toEqual({ status: 'cancelled', taken: 0 })
  })

  test('makes a fresh week for a credit whose lot has under seven days left, even out of such a week', async () => {
    const member = await aPayer({ validUntil: clock.now().add({ hours: 72 }) })
    const sessions = await Promise.all([aSession(db), aSession(db)])
    await desk.book(member, sessions[0])
    await cancel([sessions[0].id])
    const week = () => clock.now().add({ hours: 168 })
    expect(await balances(member)).toMatchObject([{ creditsBalance: 900 }, { planType: 'returned', creditsBalance: 100, validUntil: week() }])
    await db.sql`update memberships set valid_until = ${clock.now().add({ hours: 1 })} where user_id = ${member.id} and plan_type = 'pack'`
    clock.advance({ hours: 24 })
    await desk.book(member, sessions[1])
    await cancel([sessions[1].id])
    expect((await balances(member)).at(-1)).toMatchObject({ planType: 'returned', creditsBalance: 100, validUntil: week() })
  })

  test('has nothing to give back to an unlimited member, and says so', async () => {
    const [member, session] = [await aPayer({ credits: null }), await aSession(db)]
    await desk.confirm(member, await desk.hold(member, session), { method: 'membership' })
    await cancel([session.id], '')
    expect(await bookingOf(member)).toMatchObject({ cancelKind: 'studio', creditsUsed: 0 })
    expect((await receiptOf(member))?.sentence).toBe('The studio cancelled Morning Strength: no credits had been taken.')
  })

  test('leaves no hold, no offer and nobody waiting, and tells each once', async () => {
    const session = await aSession(db, { capacity: 2 })
    const [booker, holder, offered, waiting] = await Promise.all([aPayer(), aPayer(), aPayer(), aPayer()])
    const { booking } = await desk.book(booker, session)
    const hold = await desk.hold(holder, session)
    await desk.join(offered, session)
    clock.advance({ seconds: 1 })
    await desk.join(waiting, session)
    await desk.release(holder, hold)
    await desk.settle()
    const before = await db.sql`select count(*)::int as n from outbox`
    await cancel([session.id])
    await desk.settle()
    const told = await db.sql`select topic, data ->> 'userId' as user_id from outbox order by id offset ${before[0]?.n}`
    expect(told.map(one => one.topic).sort()).toEqual(['booking.cancelled', 'credit.returned', 'hold.released', 'session.cancelled', 'waitlist.closed', 'waitlist.closed'])
    expect(told.find(one => one.topic === 'hold.released')).toMatchObject({ userId: offered.id })
    expect(await db.sql`select state from waitlist_entries where session_id = ${session.id}`).toEqual([{ state: 'closed' }, { state: 'closed' }])
    const [row] = await db.sql`select taken, waiting, waitlist_length from class_sessions where id = ${session.id}`
    expect(row).toEqual({ taken: 0, waiting: 0, waitlistLength: 0 })
    const [audit] = await db.sql`select user_id, details from audit_log where entity_id = ${booking.id} and action = 'cancelled'`
    expect(audit).toMatchObject({ userId: admin.id, details: { rule: 'studio', creditsReturned: 100, reason: 'Alex is ill' } })
  })

  test('takes back what a missed class was penalised with, exactly', async () => {
    const [absent, session] = [await aPayer({ credits: null }), await aSession(db)]
    const { booking } = await desk.confirm(absent, await desk.hold(absent, session), { method: 'membership' })
    clock.set(session.startsAt.add({ minutes: 15 }))
    await db.sql`update bookings set status = 'no_show' where id = ${booking.id}`
    const now = clock.now()
    await transact(db, admin.context, {}, async tx => {
      const of = { userId: absent.id, bookingId: booking.id as BookingId }
      const receipt = { id: newId<ReceiptId>(), ...of, rule: 'no-show', version: 1, sentence: 'Missed.', facts: {}, lines: [], actorId: null }
      writeDecisions(tx, { receipts: [receipt], lines: [], newLots: [] })
      const penalty = { ...of, cause: 'no-show', blockId: null, receiptId: receipt.id, createdAt: now, waivedAt: null } as const
      const strike = { ...penalty, id: newId<PenaltyId>(), kind: 'strike', amountCents: null, currency: null, lapsesAt: now.add({ hours: 2160 }) } as const
      const fee = { ...penalty, id: newId<PenaltyId>(), kind: 'fee', amountCents: 500, currency: 'EUR', lapsesAt: null } as const
      tx.send(insertPenalties(tx.sql, [strike, fee]))
    })
    await cancel([session.id])
    const rows = await db.sql`select kind, waived_at from penalties where user_id = ${absent.id} order by kind`
    expect(rows).toEqual([{ kind: 'fee', waivedAt: now }, { kind: 'strike', waivedAt: now }])
  })

  test('a booking that its member cancelled before stays as that was decided', async () => {
    const [member, session] = [await aPayer(), await aSession(db)]
    const { booking } = await desk.book(member, session)
    clock.set(session.startsAt.subtract({ hours: 1 }))
    await desk.cancel(member, booking)
    await cancel([session.id])
    expect(await bookingOf(member)).toMatchObject({ cancelKind: 'late', creditsUsed: 100 })
    expect(await balances(member)).toMatchObject([{ creditsBalance: 900 }])
  })

  test('several at once share one lot, and the ledger stays one chain', async () => {
    const template = await aTemplate(db)
    const sessions = await Promise.all([48, 50, 52].map(hours => aSession(db, { templateId: template.id, startsAt: clock.now().add({ hours }) })))
    const member = await aPayer()
    for (const session of sessions) await desk.book(member, session)
    await cancel(sessions.map(session => session.id))
    expect(await balances(member)).toMatchObject([{ creditsBalance: 1000 }])
  })

  test('one that is over or cancelled is refused, and then none is cancelled', async () => {
    const [open, over] = [await aSession(db), await aSession(db, { startsAt: clock.now().subtract({ hours: 3 }), status: 'completed' })]
    await expect(cancel([open.id, over.id])).rejects.toMatchObject({ code: 'session-state' })
    await cancel([open.id])
    await expect(cancel([open.id])).rejects.toMatchObject({ code: 'session-state' })
  })
})

test('a class of a hundred and twenty is cancelled in as many statements as a class of five', async () => {
  const counted = async (people: number) => {
    const session = await aSession(db, { capacity: people })
    const crowd = await aCrowd(db, people)
    for (const member of crowd) await desk.book(member, session)
    const statements = await statementsOf(() => cancel([session.id]))
    const [row] = await db.sql`select taken from class_sessions where id = ${session.id}`
    expect(row).toEqual({ taken: 0 })
    return statements
  }
  const few = await counted(5)
  expect(await counted(120)).toBe(few)
})

/** How many pieces of SQL this work wrote on its connection: statements and what they are made of. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const sent: string[] = []
  const { critical } = db
  const reserve = critical.reserve.bind(critical)
  critical.reserve = async () => {
    const connection = await reserve()
    return new Proxy(connection, {
      apply(target, self, args) {
        if (Array.isArray(args[0]) && 'raw' in args[0]) sent.push(String(args[0][0]))
        return Reflect.apply(target, self, args)
      },
    })
  }
  await work()
  critical.reserve = reserve
  return sent.length
}
