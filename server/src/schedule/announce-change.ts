// A class session has changed: what was and what is goes to the audit, and whoever listens is told.
import type { SessionStatus } from '@fitflow/contract/sessions.ts'
import type { EventFacts, Topic } from '@fitflow/contract/events.ts'
import type { Tx } from '../platform/tx.ts'
import type { ClassSession } from './class-sessions.ts'

export interface Change {
  changed: ClassSession
  action: string
  topic: Topic & `session.${string}`
  /** What the difference does not say by itself. */
  why?: Readonly<Record<string, unknown>>
}

/** What reaching a state is called in the audit, and the event that says so. */
export const became: Record<SessionStatus, Pick<Change, 'action' | 'topic'>> = {
  draft: { action: 'taken back', topic: 'session.changed' },
  published: { action: 'published', topic: 'session.published' },
  in_progress: { action: 'started', topic: 'session.started' },
  completed: { action: 'completed', topic: 'session.completed' },
  cancelled: { action: 'cancelled', topic: 'session.cancelled' },
}

const names = ['capacity', 'trainerId', 'startsAt', 'endsAt', 'status'] as const

/** Audits the difference and emits the event; answers the session as it is now. */
export function announceChange(tx: Tx, was: ClassSession, { changed, action, topic, why = {} }: Change): ClassSession {
  const differing = names.filter(name => String(was[name]) !== String(changed[name]))
  const details = Object.fromEntries(differing.map(name => [name, { was: String(was[name]), is: String(changed[name]) }]))
  tx.audit({ entityType: 'class_session', entityId: was.id, action, details: { ...details, ...why } })
  const again = topic === 'session.published' && was.status === 'cancelled' ? { afterCancellation: true as const } : {}
  const before = topic === 'session.changed' ? wasOf(was, differing) : {}
  tx.emit(topic, { sessionId: was.id, version: changed.version, ...again, ...before })
  return changed
}

/** What people are told of, as it was; nothing when they need not be. */
function wasOf(was: ClassSession, differing: readonly (typeof names)[number][]): Pick<EventFacts['session.changed'], 'was'> {
  const told = differing.filter(name => name === 'startsAt' || name === 'endsAt' || name === 'trainerId')
  return told.length === 0 ? {} : { was: Object.fromEntries(told.map(name => [name, String(was[name])])) }
}
