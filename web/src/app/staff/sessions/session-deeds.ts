// What staff can do with a session now: only what the server would let them, by its state, its kind and the hour.
import type { StaffSession } from '@fitflow/contract/sessions.ts'

type Deed = 'publish' | 'publish-again' | 'book' | 'squeeze' | 'move' | 'substitute' | 'resize' | 'take-back' | 'cancel' | 'waitlist'

type Known = Pick<StaffSession, 'status' | 'kind' | 'availabilityId' | 'startsAt' | 'endsAt' | 'spotsLeft' | 'waitlistLength' | 'held' | 'everBooked'>

/** A 1:1 is for one person and has no waitlist; one that was booked by its time lives and ends with its booking. */
export function deedsOf(session: Known, nowMs: number): ReadonlySet<Deed> {
  const is = (...states: StaffSession['status'][]) => states.includes(session.status)
  const isAhead = Date.parse(session.startsAt) > nowMs
  const isOn = Date.parse(session.endsAt) > nowMs
  const isClass = session.kind === 'class'
  const isSlot = session.availabilityId !== null
  const isOpen = is('published', 'in_progress') && isOn
  const isEditable = isOpen || (is('draft') && isOn)
  const isUntouched = !session.everBooked && session.held === 0 && session.waitlistLength === 0
  const hasRoom = session.spotsLeft > 0
  const may: Record<Deed, boolean> = {
    publish: is('draft') && isAhead,
    'publish-again': is('cancelled') && isAhead && !isSlot,
    book: isOpen && (isClass || hasRoom),
    squeeze: isOpen && isClass && !hasRoom,
    move: is('draft', 'published') && isAhead,
    substitute: isEditable,
    resize: isEditable && isClass,
    'take-back': is('published') && isAhead && !isSlot && isUntouched,
    cancel: isEditable,
    waitlist: isClass && (isOpen || session.waitlistLength > 0),
  }
  return new Set((Object.keys(may) as Deed[]).filter((deed) => may[deed]))
}
