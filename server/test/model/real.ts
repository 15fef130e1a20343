// The real studio under the model: the same step through the use cases, and the same view out of the database.
import { bookForClient } from '../../src/booking/book-for-client.ts'
import { editSession } from '../../src/booking/edit-session.ts'
import { grantCredits } from '../../src/credits/grant-credits.ts'
import type { Database } from '../../src/platform/db.ts'
import type { SessionId, UserId } from '../../src/platform/ids.ts'
import { Problem } from '../../src/platform/problem.ts'
import { moveSessionsOn } from '../../src/schedule/jobs.ts'
import { aFrontDesk, keyed } from '../front-desk.ts'
import { aLot, aMember, anAdmin, aSession, type Person } from '../world.ts'
import { expectation } from './foretell.ts'
import { Studio, type ModelLot, type ModelSession } from './studio.ts'
import type { Deed, Step } from './steps.ts'

export interface Twin {
  model: Studio
  /** Does the step; `ok` or the code it was refused with. */
  take(step: Step): Promise<string>
  /** What can be seen of the studio, in the words of `viewOf`. */
  look(): Promise<View>
}

export interface View {
  sessions: string[]
  spots: string[]
  queues: string[]
  balances: number[]
}

type Desk = Awaited<ReturnType<typeof aFrontDesk>>

interface Cast {
  db: Database
  desk: Desk
  admin: Person
  members: Person[]
  sessions: { id: SessionId }[]
}

const lotsOf: (number | null)[][] = [[1000], [200], [null], [125, 100]]
// Two at the same hour, one that begins as they end, and one of two spots at another price early the day after.
const starts = [30, 30, 31, 46]
const prices = [100, 125, 100, 101]
const capacities = [1, 1, 2, 2]

// Minutes.
const [day, nineInTheMorning] = [24 * 60, 9 * 60]

/** Opens what the runs share: people on the payroll, and the desk. */
export async function openStage(db: Database, advance: (minutes: number) => void) {
  const [desk, admin] = [await aFrontDesk(db), await anAdmin(db)]
  return {
    desk,
    /** A new cast for one run: four members, four classes, and their model. */
    async aTwin(): Promise<Twin> {
      // Every life begins at nine, so that its nights come when they came before.
      advance((day + nineInTheMorning - (db.clock.now().epochMilliseconds / 60_000) % day) % day)
      const now = db.clock.now()
      const members: Person[] = []
      const lots: ModelLot[][] = []
      for (const own of lotsOf) {
        const member = await aMember(db)
        const made = []
        for (const [at, credits] of own.entries()) {
          const validUntil = now.add({ hours: (90 + at) * 24 })
          await aLot(db, member, { credits, validUntil })
          made.push({ balance: credits, validUntil: validUntil.epochMilliseconds })
        }
        members.push(member)
        lots.push(made)
      }
      const sessions: { id: SessionId }[] = []
      const classes: ModelSession[] = []
      for (const [at, hours] of starts.entries()) {
        const wish = { capacity: capacities[at] as number, priceCredits: prices[at] as number }
        const { id, startsAt, endsAt } = await aSession(db, { startsAt: now.add({ hours }), ...wish })
        sessions.push({ id })
        classes.push({ startsAt: startsAt.epochMilliseconds, endsAt: endsAt.epochMilliseconds, capacity: wish.capacity, price: wish.priceCredits, status: 'published' })
      }
      const cast: Cast = { db, desk, admin, members, sessions }
      return {
        model: new Studio(now.epochMilliseconds, classes, lots),
        take: step => take(cast, step, advance),
        look: () => look(cast),
      }
    },
  }
}

async function take(cast: Cast, step: Step, advance: (minutes: number) => void): Promise<string> {
  if (step.deed === 'wait') {
    advance(step.amount)
    return 'ok'
  }
  try {
    await deeds[step.deed](cast, step)
    return 'ok'
  } catch (error) {
    // A no is what the model has to have said too; a fault ends the run.
    if (error instanceof Problem) return error.code
    throw error
  }
}

const deeds: Record<Exclude<Deed, 'wait'>, (cast: Cast, step: Step) => Promise<unknown>> = {
  hold: ({ desk, ...cast }, step) => desk.hold(who(cast, step), which(cast, step)),
  async confirm({ desk, ...cast }, step) {
    await desk.confirm(who(cast, step), await liveId(cast, 'spot_holds', step), { method: step.amount === 1 ? 'membership' : 'credits' })
  },
  async release({ desk, ...cast }, step) {
    await desk.release(who(cast, step), await liveId(cast, 'spot_holds', step))
  },
  async cancel({ desk, ...cast }, step) {
    const choice = step.amount < 3 ? { expect: expectation(step.amount) } : {}
    await desk.cancel(who(cast, step), await liveId(cast, 'bookings', step), choice)
  },
  'book in'({ desk, admin, ...cast }, step) {
    const wish = { userId: who(cast, step).id, means: { method: 'any' } } as const
    const command = { keyed: keyed(admin), context: admin.context, wish, squeeze: step.amount === 1 }
    return bookForClient(desk.house, which(cast, step).id, command)
  },
  join: ({ desk, ...cast }, step) => desk.join(who(cast, step), which(cast, step)),
  leave: ({ desk, ...cast }, step) => desk.leave(who(cast, step), which(cast, step)),
  async sweep({ desk }) {
    while ((await desk.sweep()) > 0);
    while ((await desk.wake()) > 0);
    while ((await desk.closeLists()) > 0);
  },
  settle: ({ desk }) => desk.settle(),
  async 'move on'({ db }) {
    while ((await moveSessionsOn(db)) > 0);
  },
  capacity: (cast, step) => edit(cast, step, { capacity: step.amount }),
  'call off': (cast, step) => edit(cast, step, { status: 'cancelled' }),
  'call on again': (cast, step) => edit(cast, step, { status: 'published' }),
  grant({ db, admin, ...cast }, step) {
    const validUntil = db.clock.now().add({ hours: 90 * 24 }).toString()
    const given = { credits: step.amount / 100, validUntil, reason: 'A random life' }
    return grantCredits(db, who(cast, step).id, given, { keyed: keyed(admin), context: admin.context, timeZone: 'UTC' })
  },
}

const who = ({ members }: Pick<Cast, 'members'>, { member }: Step) => members[member] as Person
const which = ({ sessions }: Pick<Cast, 'sessions'>, { session }: Step) => sessions[session] as { id: SessionId }

function edit({ desk, admin, ...cast }: Cast, step: Step, change: Parameters<typeof editSession>[2]['change']) {
  const command = { keyed: keyed(admin), context: admin.context, change, refuseStale: () => undefined }
  return editSession(desk.house, which(cast, step).id, command)
}

/** The live hold or booking of a member in a session. */
async function liveId({ db, ...cast }: Omit<Cast, 'desk'>, table: 'spot_holds' | 'bookings', step: Step): Promise<{ id: string }> {
  const live = table === 'bookings' ? ['confirmed'] : ['active', 'confirming']
  const [row] = await db.sql<{ id: string }[]>`
    select id from ${db.sql(table)} where session_id = ${which(cast, step).id} and user_id = ${who(cast, step).id} and status = any(${live})`
  if (!row) throw new Error(`the model knows one of ${table} that is not there`)
  return row
}

async function look({ db: { sql }, members, sessions }: Cast): Promise<View> {
  const sessionIds = sessions.map(one => one.id)
  const userIds = members.map(one => one.id)
  const at = (userId: UserId, sessionId: SessionId) => `m${userIds.indexOf(userId)} s${sessionIds.indexOf(sessionId)}`
  const [rows, holds, bookings, entries, lots] = await Promise.all([
    sql<{ id: SessionId; words: string }[]>`
      select id, status || ' ' || taken || '/' || capacity || ' ' || waiting || ' of ' || waitlist_length as words
      from class_sessions where id = any(${sessionIds})`,
    sql<{ sessionId: SessionId; userId: UserId; kind: string; expiresAt: Temporal.Instant }[]>`
      select session_id, user_id, kind, expires_at from spot_holds where session_id = any(${sessionIds}) and status in ('active', 'confirming')`,
    sql<{ sessionId: SessionId; userId: UserId }[]>`
      select session_id, user_id from bookings where session_id = any(${sessionIds}) and status = 'confirmed'`,
    sql<{ sessionId: SessionId; userId: UserId; passedOverReason: string | null }[]>`
      select session_id, user_id, passed_over_reason from waitlist_entries
      where session_id = any(${sessionIds}) and state = 'waiting' order by rank, id`,
    sql<{ userId: UserId; balance: number }[]>`
      select user_id, sum(credits_balance)::int as balance from memberships where user_id = any(${userIds}) group by user_id`,
  ])
  return {
    sessions: sessionIds.map(id => rows.find(row => row.id === id)?.words ?? 'gone'),
    spots: [
      ...holds.map(one => `${at(one.userId, one.sessionId)} ${one.kind} ${one.expiresAt.epochMilliseconds}`),
      ...bookings.map(one => `${at(one.userId, one.sessionId)} booked`),
    ].sort(),
    queues: sessionIds.map(id => entries.filter(one => one.sessionId === id).map(one => `m${userIds.indexOf(one.userId)} ${one.passedOverReason ?? ''}`).join(', ')),
    balances: userIds.map(id => lots.find(lot => lot.userId === id)?.balance ?? 0),
  }
}

/** The model in the same words. */
export function viewOf(model: Studio): View {
  const everywhere = model.members.flatMap((_, member) => model.sessions.map((__, session) => [member, session] as const))
  return {
    sessions: model.sessions.map(({ status, capacity }, at) => `${status} ${model.taken(at)}/${capacity} ${model.waiting(at)} of ${model.queue(at).length}`),
    spots: everywhere
      .flatMap(([member, session]) => {
        const hold = model.hold(member, session)
        const words = hold ? `${hold.kind} ${hold.expiresAt}` : model.booking(member, session) ? 'booked' : undefined
        return words ? [`m${member} s${session} ${words}`] : []
      })
      .sort(),
    queues: model.queues.map(queue => queue.map(entry => `m${entry.member} ${entry.passedOver ?? ''}`).join(', ')),
    balances: model.members.map(lots => lots.reduce((sum, lot) => sum + (lot.balance ?? 0), 0)),
  }
}
