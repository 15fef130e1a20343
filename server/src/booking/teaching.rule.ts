// Nobody takes a spot in a class of their own, nor in another one while they teach.
import { Problem } from '../platform/problem.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'

type Taken = Pick<ClassSession, 'startsAt' | 'endsAt'> & { kind: string; sessionId: ClassSession['id'] }

interface Busy {
  commitments: readonly Taken[]
}

type Asked = Pick<ClassSession, 'id' | 'startsAt' | 'endsAt'>

const before = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0

/** The class of theirs that is in the way of this one: the same, or one at that time. Half-open ranges: meeting is no overlap. */
function taught({ commitments }: Busy, session: Asked): Taken | undefined {
  const teaching = commitments.filter(one => one.kind === 'teaching')
  return (
    teaching.find(one => one.sessionId === session.id) ??
    teaching.find(one => before(one.startsAt, session.endsAt) && before(session.startsAt, one.endsAt))
  )
}

/** Why they cannot be in it as a member; null when they can. */
export function teachingReason(member: Busy, session: Asked): 'own-class' | 'teaching-then' | null {
  const other = taught(member, session)
  if (!other) return null
  return other.sessionId === session.id ? 'own-class' : 'teaching-then'
}

/** Throws `own-class`, or `teaching-then` naming the other class to whoever teaches it themselves. */
export function refuseTeaching(member: Busy, session: Asked, who: 'you' | 'they' = 'you'): void {
  const other = taught(member, session)
  if (!other) return
  if (other.sessionId === session.id) throw ownClass(who)
  const facts = { otherStartsAt: String(other.startsAt), otherEndsAt: String(other.endsAt) }
  if (who === 'they') throw new Problem('teaching-then', 'They teach another class at that time.', facts)
  throw new Problem('teaching-then', 'You teach another class at that time.', { ...facts, otherSessionId: other.sessionId })
}

/** Also for a 1:1 that is not there yet, and for a series. */
export function ownClass(who: 'you' | 'they' = 'you'): Problem {
  const detail = who === 'you' ? 'You teach this class yourself.' : 'They teach this class themselves.'
  return new Problem('own-class', detail)
}
