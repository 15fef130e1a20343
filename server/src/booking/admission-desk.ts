// The door of the hot path: requests of many people, for one class or a hundred, ride together in batches.
import { openCache, type Cache } from '../platform/cache.ts'
import type { Database } from '../platform/db.ts'
import type { Answer, Keyed } from '../platform/idempotency.ts'
import type { HoldId, SessionId } from '../platform/ids.ts'
import { openLane } from '../platform/lane.ts'
import { Problem } from '../platform/problem.ts'
import type { ExactLimiter } from '../platform/rate-limit.ts'
import type { Context } from '../platform/context.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { confirmHolds, type ConfirmAsk } from './confirm-holds.ts'
import { holdSpots, type HoldAsk } from './hold-spots.ts'
import { refuseUnlocked } from './refuse-unlocked.ts'
import type { Verdict } from './turnstile.ts'

export interface AdmissionDesk {
  /** Answers 201 with the hold, 200 when the member holds one already; throws the first no of the contract's order. */
  hold(ask: { sessionId: SessionId; keyed: Keyed; context: Context }): Promise<Answer>
  /** Answers 201 with booking, receipt and QR code. */
  confirm(ask: Omit<ConfirmAsk, 'sessionId'>): Promise<Answer>
  /** Resolves when nothing is queued or in flight. */
  idle(): Promise<void>
}

type Asked = { kind: 'hold'; ask: HoldAsk } | { kind: 'confirm'; ask: ConfirmAsk }

// 256 requests keep a batch in the low tens of milliseconds; 4,096 queued are half a second of work.
const bounds = { batchMax: 256, queueMax: 4096 }
// Sessions last seen without a spot: only for these is the unlocked look worth its round trip.
const fullMax = 10_000
const holdsMax = 10_000

/** Opens the desk of this process: one lane, because two batches at once conflict under SERIALIZABLE whatever their sessions. */
export function openAdmissionDesk(house: AdmissionHouse): AdmissionDesk {
  const full = openCache<true>({ entriesMax: fullMax })
  // Which class a hold is for never changes.
  const classOf = openCache<SessionId>({ entriesMax: holdsMax })
  const run = (asked: readonly Asked[]) => runBatch(house, { full, classOf }, asked)
  const lane = openLane<Asked, Verdict>(run, bounds)
  // Of a hold made elsewhere, or long ago: asked without a lock, for many at once.
  const whereabouts = openLane<HoldId, SessionId | undefined>(ids => sessionsOf(house.db, ids), bounds)
  const submit = async (asked: Asked): Promise<Answer> => {
    const verdict = await lane.submit(asked)
    if (verdict instanceof Error) throw verdict
    return verdict
  }
  return {
    hold: ask => withinLimit(house.holdLimit, ask.keyed, limitedForSeconds => submit({ kind: 'hold', ask: { ...ask, limitedForSeconds } })),
    confirm: async ask => {
      const sessionId = classOf.get(ask.holdId) ?? (await whereabouts.submit(ask.holdId))
      if (!sessionId) throw new Problem('not-found', 'There is no such hold.')
      return submit({ kind: 'confirm', ask: { ...ask, sessionId } })
    },
    idle: () => lane.idle(),
  }
}

/** Counted before it is decided, so that no burst slips through; given back unless it came to a 201 or a 409. */
export async function withinLimit(limiter: ExactLimiter, { userId }: Keyed, ask: (limitedForSeconds?: number) => Promise<Answer>) {
  // Asked here and not by the batch: a slow answer delays whoever asked, not everybody who rides with them.
  const allowance = await limiter.count(userId)
  let counts = false
  try {
    const answer = await ask(allowance.exceeded ? allowance.resetSeconds : undefined)
    counts = answer.status === 201 && !answer.replayed
    return answer
  } catch (error) {
    counts = (error as { status?: number }).status === 409
    throw error
  } finally {
    if (!counts) limiter.refund(userId)
  }
}

async function sessionsOf(db: Database, holdIds: readonly HoldId[]): Promise<(SessionId | undefined)[]> {
  const rows = await db.sql<{ id: HoldId; sessionId: SessionId }[]>`
    select id, session_id from spot_holds where id = any(${[...holdIds]}::uuid[])`
  const sessions = new Map(rows.map(row => [row.id, row.sessionId]))
  return holdIds.map(id => sessions.get(id))
}

interface Known {
  full: Cache<true>
  classOf: Cache<SessionId>
}

/** Holds first, then confirms: two transactions, since they lock and read different things. */
async function runBatch(house: AdmissionHouse, known: Known, asked: readonly Asked[]): Promise<Verdict[]> {
  const holds = asked.flatMap(one => (one.kind === 'hold' ? [one.ask] : []))
  const confirms = asked.flatMap(one => (one.kind === 'confirm' ? [one.ask] : []))
  const held = (await eachOrAll(holds, () => runHolds(house, known, holds))).values()
  const confirmed = (await eachOrAll(confirms, () => confirmHolds(house, confirms))).values()
  return asked.map(one => (one.kind === 'hold' ? held : confirmed).next().value as Verdict)
}

/** A transaction that gave up under load is a no to those who rode in it, not to those of the other one, which may have committed. */
async function eachOrAll(asks: readonly unknown[], run: () => Promise<Verdict[]>): Promise<Verdict[]> {
  if (asks.length === 0) return []
  try {
    return await run()
  } catch (error) {
    // Overloaded is an answer here, one for each; anything else is a fault that the lane isolates.
    if (error instanceof Problem) return asks.map(() => error)
    throw error
  }
}

async function runHolds(house: AdmissionHouse, { full, classOf }: Known, asks: readonly HoldAsk[]): Promise<Verdict[]> {
  const doubtful = asks.filter(ask => full.get(ask.sessionId))
  const refused = doubtful.length > 0 ? await refuseUnlocked(house, doubtful) : new Map<HoldAsk, Verdict>()
  const rest = asks.filter(ask => !refused.has(ask))
  const decided = (rest.length > 0 ? await holdSpots(house, rest, hold => classOf.set(hold.id, hold.sessionId)) : []).values()
  return asks.map(ask => {
    const verdict = refused.get(ask) ?? (decided.next().value as Verdict)
    const isFull = 'code' in verdict && (verdict.code === 'session-full' || verdict.code === 'session-held')
    if (isFull) full.set(ask.sessionId, true)
    else full.delete(ask.sessionId)
    return verdict
  })
}
