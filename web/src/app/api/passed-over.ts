// Why somebody who waits was passed over, in words for them and for staff, and what they can do about it.
import type { WayOn } from './problem-words.ts'

interface PassedOver {
  /** To the member. */
  you: string
  /** To staff, beside the name. */
  they: string
  way?: WayOn
}

const reasons: Record<string, PassedOver> = {
  'member-blocked': {
    you: 'You may not book right now, because of strikes. The block ends by itself; ask the studio if you think it is wrong.',
    they: 'blocked after strikes',
    way: { label: 'My account', link: '/me' },
  },
  'too-many-bookings': {
    you: 'You have as many classes as one member may. Once you cancel one, you are asked again.',
    they: 'has as many classes as one may',
    way: { label: 'My bookings', link: '/bookings' },
  },
  'overlapping-booking': {
    you: 'You have something else at that time. Once you give it up, you are asked again.',
    they: 'has something else at that time',
    way: { label: 'My bookings', link: '/bookings' },
  },
  'own-class': { you: 'You teach this class now. Nobody takes a spot in their own.', they: 'teaches this class' },
  'teaching-then': {
    you: 'You teach another class at that time. Once you do not, you are asked again.',
    they: 'teaches another class at that time',
  },
  'insufficient-credits': {
    you: 'You had nothing to pay for it with. Once you have credits again, you are asked again.',
    they: 'nothing to pay with',
    way: { label: 'My credits', link: '/credits' },
  },
  'quiet-hours': {
    you: 'An offer came in the night and ran out while you may have slept. In the morning you are asked again.',
    they: 'asleep, asked again in the morning',
  },
}

/** A reason this app does not know yet is said as one without detail. */
export function passedOverWords(reason: string): PassedOver {
  return reasons[reason] ?? { you: 'A spot could not be given to you. Ask the studio.', they: reason }
}
