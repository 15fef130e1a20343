// How a person stands towards a class at this moment: one word that picks what the page offers.
import type { SessionDetail } from '@fitflow/contract/sessions.ts'

export type ClassState =
  | 'cancelled'
  | 'own'
  | 'over'
  | 'booked'
  | 'held'
  | 'offered'
  | 'waiting'
  | 'not-open'
  | 'closed'
  | 'free'
  | 'held-by-others'
  | 'full'

/** `me`: whoever looks; their own class is no class for them. */
export function classStateAt(session: SessionDetail, atMs: number, me?: string): ClassState {
  if (session.status === 'cancelled') return 'cancelled'
  if (session.trainer.id === me && !session.mine) return 'own'
  if (session.mine === 'booked') return 'booked'
  // A no-show's spot is offered while the class runs.
  if (session.mine === 'offered' || (session.mine === 'waiting' && session.status !== 'completed')) return session.mine
  if (session.status !== 'published' || Date.parse(session.startsAt) <= atMs) return 'over'
  if (session.mine) return session.mine
  if (Date.parse(session.bookingOpensAt) > atMs) return 'not-open'
  if (Date.parse(session.bookingClosesAt) <= atMs) return 'closed'
  if (session.spotsLeft > 0) return 'free'
  return session.nextReleaseAt ? 'held-by-others' : 'full'
}
