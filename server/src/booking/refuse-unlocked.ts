// The sold-out class: one unlocked snapshot refuses a whole batch, because a lock would write, and a write costs a flush.
import type { Sql } from '../platform/sql.ts'
import { storedAnswers } from '../platform/idempotency.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { readTogether } from '../platform/tx.ts'
import { readSessions } from '../schedule/class-sessions.ts'
import { newestSettings } from '../schedule/settings.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { refuseUnbookable, refuseWithoutSpot, type Admission } from './admission.rule.ts'
import { dueHolds } from './due-holds.ts'
import type { HoldAsk } from './hold-spots.ts'
import { nextReleases } from './holds.ts'
import { openTurnstile, type Verdict } from './turnstile.ts'

/**
 * Refuses those who surely cannot get a spot: at the instant of one snapshot nothing was free and nothing was due.
 * Whoever has a key on record, a hold, an offer or a booking here is left out, and so is everybody when a spot may be free.
 */
export async function refuseUnlocked(house: AdmissionHouse, asks: readonly HoldAsk[]): Promise<Map<HoldAsk, Verdict>> {
  const sessionIds = [...new Set(asks.map(ask => ask.sessionId))]
  const { values, now } = await readTogether(house.db, sql => {
    const clock = house.db.clock.expression(sql)
    return {
      sessions: readSessions(sql, sessionIds),
      due: dueHolds(sql, sessionIds, clock),
      releases: nextReleases(sql, sessionIds, clock),
      records: storedAnswers(sql, asks.map(ask => ask.keyed)),
      spots: spotsOf(sql, asks),
      newest: newestSettings(sql),
    }
  })
  const settings = await house.settings.at(values.newest[0].newest, now)
  const due = new Set(values.due.map(hold => hold.sessionId))
  const releases = new Map(values.releases.map(row => [row.sessionId, row.nextReleaseAt]))
  const noes = new Map<SessionId, Problem>()
  for (const session of values.sessions) {
    const no = due.has(session.id) ? undefined : refusal({ session, nextReleaseAt: releases.get(session.id) ?? null, settings, now })
    if (no) noes.set(session.id, no)
  }
  const own = new Set([...values.spots.map(nameOf), ...values.records.map(record => `${record.userId} ${record.key}`)])
  const refused = new Map<HoldAsk, Verdict>()
  const turnstile = openTurnstile([])
  for (const ask of asks) {
    const no = noes.get(ask.sessionId)
    if (!no || (own.size > 0 && hasOwn(own, ask))) continue
    refused.set(ask, turnstile.pass(ask, () => { throw no }))
  }
  return refused
}

const nameOf = ({ userId, sessionId }: { userId: UserId; sessionId: SessionId }) => `${userId} ${sessionId}`

function hasOwn(own: ReadonlySet<string>, { sessionId, keyed: { userId, key } }: HoldAsk): boolean {
  return own.has(nameOf({ userId, sessionId })) || own.has(`${userId} ${key}`)
}

function refusal(admission: Admission): Problem | undefined {
  try {
    refuseUnbookable(admission)
    refuseWithoutSpot(admission)
    return undefined
  } catch (error) {
    // The rule's no is what is asked for here; one answer serves everybody who asked.
    if (error instanceof Problem) return error
    throw error
  }
}

/** Which of the askers hold or have booked a spot in the class they ask for. */
function spotsOf(sql: Sql, asks: readonly HoldAsk[]) {
  const sessionIds = asks.map(ask => ask.sessionId)
  const userIds = asks.map(ask => ask.keyed.userId)
  return sql<{ userId: UserId; sessionId: SessionId }[]>`
    select h.user_id, h.session_id from unnest(${userIds}::uuid[], ${sessionIds}::uuid[]) as a (user_id, session_id)
    join spot_holds h on h.session_id = a.session_id and h.user_id = a.user_id and h.status in ('active', 'confirming')
    union all
    select b.user_id, b.session_id from unnest(${userIds}::uuid[], ${sessionIds}::uuid[]) as a (user_id, session_id)
    join bookings b on b.session_id = a.session_id and b.user_id = a.user_id
      and b.status in ('confirmed', 'attended', 'no_show')`
}
