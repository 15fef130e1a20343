// A member takes a standing place in a series, or staff for them, and gives it up; what is booked already stays booked.
import type { NewStanding } from '@fitflow/contract/standing.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import { newId, type SeriesId, type StandingId, type UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import { transact, type Tx } from '../platform/tx.ts'
import { ownSeries, trainerOf } from '../schedule/class-series.ts'
import { partsOn } from '../schedule/followed-series.ts'
import { mayChange } from '../schedule/rights.ts'
import type { Settings, SettingsStore } from '../schedule/settings.ts'
import { studioDay } from '../schedule/studio-days.rule.ts'
import { timeItself } from './due-holds.ts'
import { payerOf, planStanding } from './plan-standing.ts'
import { toWireStandings } from './read-standings.ts'
import { ownClass } from './teaching.rule.ts'
import { endStandings, insertStanding, outlivedStandings, standingById } from './standing-reservations.ts'

interface Command {
  keyed: Keyed
  context: Context
}

interface House {
  db: Database
  settings: SettingsStore
}

/** Answers 201 with the member's own reservation. Throws `not-found`, `invalid-request`, `own-class` and, for a second one in a series, `already-reserved`. */
export function reserveStanding(house: House, wish: NewStanding, command: Command): Promise<Answer> {
  return answerOnce(house.db, command, {}, tx => makeStanding(tx, { wish, userId: command.keyed.userId, settings: house.settings.current() }))
}

/** The same for a client, by staff, in a series of theirs. Throws `not-found` also for a client who is not there. */
export function reserveForClient(house: House, { userId, wish }: { userId: UserId; wish: NewStanding }, command: Command): Promise<Answer> {
  const lock = (sql: Tx['sql']) => ({ members: lockMembers(sql, [userId]) })
  return answerOnce(house.db, command, { lock }, async (tx, locked) => {
    if (locked.members.length === 0) throw new Problem('not-found', 'There is no such client.')
    const settings = house.settings.current()
    const { series } = await planStanding(tx, wish, settings.timeZone)
    ownSeries(tx.actor, series)
    return makeStanding(tx, { wish, userId, settings })
  })
}

interface Reserving {
  wish: NewStanding
  userId: UserId
  settings: Settings
}

/** In a transaction of the caller's: the answer with the reservation. Throws what `reserveStanding` does. */
export async function makeStanding(tx: Tx, { wish, userId, settings }: Reserving) {
  const { line, series, startsOn, endsOn } = await planStanding(tx, wish, settings.timeZone)
  if (trainerOf(series) === userId) throw ownClass(tx.actor.userId === userId ? 'you' : 'they')
  const one = { id: newId<StandingId>(), userId, seriesId: line, membershipId: await payerOf(tx, wish, userId), joinsWaitlist: wish.joinsWaitlist ?? true, startsOn, endsOn }
  if (!(await insertStanding(tx.sql, { ...one, createdBy: tx.actor.userId, createdAt: tx.now }))) {
    const who = tx.actor.userId === userId ? 'You have' : 'This client has'
    throw new Problem('already-reserved', `${who} a standing reservation in ${series.template.name} already.`)
  }
  tx.emit('standing.made', { standingId: one.id, userId, seriesId: line })
  const details = { userId, seriesId: line, membershipId: one.membershipId, startsOn: String(startsOn), endsOn: endsOn && String(endsOn) }
  tx.audit({ entityType: 'standing_reservation', entityId: one.id, action: 'made', details })
  const [body] = await toWireStandings(tx, [{ ...one, endedAt: null }], settings)
  return { status: 201, body }
}

/** Answers 204; once ended it stays so. Throws `not-found`, also for another's: staff end those of series that they may change. */
export function endStanding({ db }: Pick<House, 'db'>, id: StandingId, command: Command): Promise<Answer> {
  return answerOnce(db, command, {}, async tx => {
    const standing = await standingById(tx.sql, id)
    if (!standing || (standing.userId !== command.keyed.userId && !(await isStaffOf(tx, standing.seriesId)))) {
      throw new Problem('not-found', 'There is no such reservation.')
    }
    await end(tx, [id])
    return { status: 204 }
  })
}

async function isStaffOf(tx: Tx, line: SeriesId): Promise<boolean> {
  if (tx.actor.role === 'client') return false
  const series = (await partsOn(tx.sql, [line], studioDay(tx.now, 'UTC'))).get(line)
  return series !== undefined && mayChange(tx.actor, trainerOf(series))
}

async function end(tx: Tx, ids: readonly StandingId[]): Promise<void> {
  for (const { id, userId, seriesId } of await endStandings(tx.sql, ids, tx.now)) {
    tx.emit('standing.ended', { standingId: id, userId, seriesId })
    tx.audit({ entityType: 'standing_reservation', entityId: id, action: 'ended', details: { userId, seriesId } })
  }
}

/** Ends what has had its last day, so that it may be made again; any number of workers may run it. */
export async function endOutlived({ db, settings }: House, traceId: string): Promise<void> {
  const today = studioDay(db.clock.now(), settings.current().timeZone)
  const ids = await outlivedStandings(db.sql, today)
  if (ids.length > 0) await transact(db, timeItself(traceId), { isolation: 'read committed' }, tx => end(tx, ids))
}
