// What a standing reservation would come to, before it is made: by the decision of the job, one session after the other.
import type { NewStanding, StandingPreview } from '@fitflow/contract/standing.ts'
import { liveBlocks } from '../credits/blocks.ts'
import { namedLot } from '../credits/allocation.rule.ts'
import { spendableLots } from '../credits/lots.ts'
import { quote } from '../credits/quote.rule.ts'
import type { BookingId, MembershipId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { readSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { trainerOf } from '../schedule/class-series.ts'
import { sessionsOfLines, trainersOf } from '../schedule/followed-series.ts'
import type { Settings } from '../schedule/settings.ts'
import { teachingOf } from '../schedule/teaching.ts'
import { paymentOf } from './book-outright.ts'
import { liveBookingsOf } from './bookings.ts'
import { looksBack } from './caps.rule.ts'
import { liveHoldsOf } from './holds.ts'
import { gatherMembers, type KnownMember } from './members.ts'
import { payerOf, planStanding } from './plan-standing.ts'
import { seriesFields } from './read-standings.ts'
import { decideStanding, isTurn, standingTurn } from './standing.rule.ts'
import { ownClass } from './teaching.rule.ts'
import { liveEntries } from './waitlist-entries.ts'

// As many as a phone shows without a thumb's work.
const comingMax = 12

/** Throws what making it does, but for one that is there already. */
export async function previewStanding(tx: Tx, wish: NewStanding, { userId, settings }: { userId: UserId; settings: Settings }): Promise<StandingPreview> {
  const plan = await planStanding(tx, wish, settings.timeZone, 'query')
  const membershipId = await payerOf(tx, wish, userId)
  if (trainerOf(plan.series) === userId) throw ownClass()
  const by = tx.now.add({ hours: (settings.seriesHorizonWeeks + 1) * 7 * 24 })
  const listed = await sessionsOfLines(tx.sql, { lines: [plan.line], after: tx.now, by, statuses: ['published'] })
  const isOnItsDays = (on: Temporal.PlainDate) =>
    Temporal.PlainDate.compare(on, plan.startsOn) >= 0 && (!plan.endsOn || Temporal.PlainDate.compare(on, plan.endsOn) <= 0)
  const ids = listed.filter(one => isOnItsDays(one.on)).slice(0, comingMax).map(one => one.id)
  const sessions = (await readSessions(tx.sql, ids)).toSorted((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
  const known = await whatIsKnown(tx, { userId, sessions, settings })
  return {
    ...seriesFields(plan.series, await trainersOf(tx.sql, [plan.series])),
    ...{ startsOn: String(plan.startsOn), endsOn: plan.endsOn && String(plan.endsOn) },
    coming: sessions.map(session => ({
      ...{ sessionId: session.id, startsAt: String(session.startsAt), endsAt: String(session.endsAt) },
      decidesAt: String(standingTurn(session.startsAt, settings)),
      ...foresee(session, { ...known, settings, now: tx.now, membershipId, joinsWaitlist: wish.joinsWaitlist ?? true }),
    })),
  }
}

async function whatIsKnown(tx: Tx, { userId, sessions, settings }: { userId: UserId; sessions: readonly ClassSession[]; settings: Settings }) {
  const now = tx.sql`${tx.now}::timestamptz`
  const [lots, holds, bookings, blocks, teaching, entries] = await Promise.all([
    spendableLots(tx.sql, [userId]),
    liveHoldsOf(tx.sql, [userId]),
    liveBookingsOf(tx.sql, [userId], now, looksBack(settings)),
    liveBlocks(tx.sql, [userId], now),
    teachingOf(tx.sql, [userId], now),
    liveEntries(tx.sql, sessions.map(session => ({ sessionId: session.id, userId }))),
  ])
  return { member: gatherMembers({ lots, holds, bookings, blocks, teaching }, tx.now)(userId), waitsIn: new Set(entries.map(entry => entry.sessionId)) }
}

interface Foresight {
  member: KnownMember
  waitsIn: ReadonlySet<ClassSession['id']>
  settings: Settings
  now: Temporal.Instant
  membershipId: MembershipId | null
  joinsWaitlist: boolean
}

type Foreseen = Pick<StandingPreview['coming'][number], 'outcome' | 'reason' | 'sentence' | 'credits'>

const open: Foreseen = { outcome: null, reason: null, sentence: null, credits: null }

/** What is booked in it counts for those behind it: its time, and what it costs. */
function foresee(session: ClassSession, { member, waitsIn, membershipId, ...look }: Foresight): Foreseen {
  if (!isTurn(session.startsAt, look.settings, look.now)) return open
  try {
    const decision = decideStanding(member, { ...look, session, isWaiting: waitsIn.has(session.id) })
    if (decision === 'book') return { ...open, outcome: 'booked', credits: take(member, session, { membershipId, now: look.now }) }
    return decision === 'later' ? open : { ...open, outcome: 'waitlisted' }
  } catch (error) {
    // A no is what the preview is about.
    if (!(error instanceof Problem)) throw error
    return { ...open, outcome: 'skipped', reason: error.code, sentence: error.detail }
  }
}

function take(member: KnownMember, session: ClassSession, { membershipId: wanted, now }: Pick<Foresight, 'membershipId' | 'now'>): number {
  const named = namedLot(member.lots, wanted, { startsAt: session.startsAt, now })
  const means = { method: 'any' as const, ...(named ? { membershipId: named } : {}) }
  const payment = paymentOf({ quote: quote(session, member.lots, now) }, { means, session, lots: member.lots }, now)
  const { id: sessionId, startsAt, endsAt } = session
  member.commitments.push({ kind: 'booking', id: session.id as string as BookingId, sessionId, startsAt, endsAt })
  for (const { membershipId, credits } of payment.debits) {
    const lot = member.lots.find(one => one.id === membershipId)
    if (lot) lot.creditsBalance -= credits
  }
  return payment.credits / 100
}
