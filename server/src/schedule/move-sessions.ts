// Class sessions move in time, many at once; `booking` calls this under the locks of the sessions and of their trainers.
import type { Sql } from '../platform/sql.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Actor } from '../platform/context.ts'
import type { Tx } from '../platform/tx.ts'
import { announceChange } from './announce-change.ts'
import { sessionColumns, type ClassSession } from './class-sessions.ts'
import { refuseClosed } from './closures.ts'
import { decideMove } from './session-state.rule.ts'
import { busyWords, isLive } from './trainer-clash.ts'

export interface Move {
  session: ClassSession
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  /** Whether its time is now its own, whatever its series says; undefined leaves that as it is. */
  timeOverridden?: boolean
  /** Who teaches it from then on, when that changes too. */
  trainerId?: UserId
}

/** A session as it would be placed, and another live one of its trainer that it would overlap. */
interface TaughtClash {
  sessionId: SessionId
  startsAt: Temporal.Instant
  trainerId: UserId
  otherSessionId: SessionId
  otherName: string
  otherStartsAt: Temporal.Instant
  otherEndsAt: Temporal.Instant
}

/** Also with one that the trainer takes part in, and does not teach. */
export interface Clash extends TaughtClash {
  takesPart?: boolean
}

type Placed = Pick<ClassSession, 'id' | 'trainerId' | 'startsAt' | 'endsAt'>

/** Every clash of sessions as they would be placed: with those that stay where they are, and among themselves. */
export function clashesOf(sql: Sql, placed: readonly Placed[]) {
  const ids = placed.map(one => one.id)
  return sql<TaughtClash[]>`
    with placed as (
      select * from unnest(${ids}::uuid[], ${placed.map(one => one.trainerId)}::uuid[],
        ${placed.map(one => String(one.startsAt))}::timestamptz[], ${placed.map(one => String(one.endsAt))}::timestamptz[])
        as p (id, trainer_id, starts_at, ends_at)),
    others as (
      select p.id as session_id, p.starts_at, p.trainer_id, s.id as other_id, s.starts_at as other_starts_at, s.ends_at as other_ends_at
      from placed p join class_sessions s on s.trainer_id = p.trainer_id and s.status in ('published', 'in_progress')
        and tstzrange(s.starts_at, s.ends_at) && tstzrange(p.starts_at, p.ends_at)
      where s.id <> all(${ids}::uuid[])
      union all
      select p.id, p.starts_at, p.trainer_id, o.id, o.starts_at, o.ends_at
      from placed p join placed o on o.trainer_id = p.trainer_id and o.id > p.id
        and tstzrange(o.starts_at, o.ends_at) && tstzrange(p.starts_at, p.ends_at))
    select o.session_id, o.starts_at, o.trainer_id, o.other_id as other_session_id, t.name as other_name, o.other_starts_at, o.other_ends_at
    from others o join class_sessions s on s.id = o.other_id join class_templates t on t.id = s.template_id
    order by o.starts_at, o.other_starts_at, o.other_id`
}

/** A clash on the wire. */
export function toWireClash(clash: Clash) {
  const { startsAt, otherStartsAt, otherEndsAt, takesPart: _, trainerId: __, ...rest } = clash
  return { ...rest, startsAt: String(startsAt), otherStartsAt: String(otherStartsAt), otherEndsAt: String(otherEndsAt) }
}

/** The refusal that names them all, the first one as a lone clash is named; to the trainer themselves it says so. */
export function trainerBusy(clashes: readonly Clash[], { userId }: Actor): Problem {
  const [first] = clashes.map(toWireClash) as [ReturnType<typeof toWireClash>]
  const { otherSessionId, otherStartsAt, otherEndsAt, otherName } = first
  const more = clashes.length > 1 ? `, and ${clashes.length - 1} more are in the way` : ''
  const facts = { otherSessionId, otherStartsAt, otherEndsAt, clashes: clashes.map(toWireClash) }
  const { takesPart, sessionId, trainerId } = clashes[0] as Clash
  const does = busyWords(trainerId === userId)[takesPart ? 'takesPart' : 'teaches']
  // Whoever is to teach what they are in has nothing else at that time.
  const what = takesPart && sessionId === otherSessionId ? `“${otherName}” itself` : `“${otherName}” at that time`
  return new Problem('trainer-busy', `${does} ${what}${more}.`, facts)
}

/** Answers them as they are then. Throws `session-state` for one that may not move, `studio-closed`, `trainer-busy` with every clash; then none does. */
export async function moveSessions(tx: Tx, moves: readonly Move[]): Promise<ClassSession[]> {
  for (const { session, startsAt } of moves) decideMove({ session, now: tx.now }, startsAt)
  await refuseClosed(tx, moves)
  const live = moves.filter(({ session }) => isLive(session))
  const clashes = await clashesOf(tx.sql, live.map(toPlaced))
  if (clashes.length > 0) throw trainerBusy(clashes, tx.actor)
  // One after the other they might meet halfway, where the constraint would not let them pass: so they step aside together.
  if (live.length > 1) tx.send(stepAside(tx.sql, live))
  const rows = await place(tx.sql, moves)
  const wasOf = new Map<SessionId, ClassSession>(moves.map(({ session }) => [session.id, session]))
  return rows.map(row => announceChange(tx, wasOf.get(row.id) as ClassSession, { changed: row, action: 'moved', topic: 'session.changed' }))
}

const toPlaced = ({ session, trainerId = session.trainerId, startsAt, endsAt }: Move): Placed => ({ ...session, trainerId, startsAt, endsAt })

function stepAside(sql: Sql, moves: readonly Move[]) {
  return sql`update class_sessions set status = 'draft' where id = any(${moves.map(({ session }) => session.id)}::uuid[])`
}

function place(sql: Sql, moves: readonly Move[]) {
  return sql<ClassSession[]>`
    update class_sessions s set starts_at = m.new_start, ends_at = m.new_end, status = m.was_status, version = s.version + 1,
      time_overridden = coalesce(m.overridden, s.time_overridden), trainer_id = m.new_trainer
    from unnest(${moves.map(({ session }) => session.id)}::uuid[], ${moves.map(move => String(move.startsAt))}::timestamptz[],
      ${moves.map(move => String(move.endsAt))}::timestamptz[], ${moves.map(({ session }) => session.status)}::text[],
      ${moves.map(move => (move.timeOverridden === undefined ? null : String(move.timeOverridden)))}::text[]::boolean[],
      ${moves.map(move => toPlaced(move).trainerId)}::uuid[]) as m (session_id, new_start, new_end, was_status, overridden, new_trainer)
    where s.id = m.session_id returning ${sessionColumns(sql)}`
}

/** The trainers whose locks keep these moves apart from other writers. */
export function trainersOf(moves: readonly Move[]): UserId[] {
  return moves.flatMap(({ session, trainerId = session.trainerId }) => [session.trainerId, trainerId])
}
