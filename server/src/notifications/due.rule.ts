// When a message is sent: at once, or at the end of the quiet hours if it can wait for them.
import { quietUntil } from '../booking/quiet-hours.rule.ts'
import type { Settings } from '../schedule/settings.ts'
import type { MessageKind } from './message-kinds.ts'

export interface Quiet {
  timeZone: string
  quietHoursStart: string
  quietHoursEnd: string
}

/** The member's own zone and quiet hours where they chose some, else the studio's. */
export function quietOf(
  own: { timeZone: string | null; quietStart: string | null; quietEnd: string | null },
  studio: Pick<Settings, 'timeZone' | 'quietHoursStart' | 'quietHoursEnd'>,
): Quiet {
  return {
    timeZone: own.timeZone ?? studio.timeZone,
    quietHoursStart: own.quietStart ?? studio.quietHoursStart,
    quietHoursEnd: own.quietEnd ?? studio.quietHoursEnd,
  }
}

/**
 * What can wait for the morning. An answer to what somebody just did comes while they look; an offer has its own quiet hours
 * (it is made for the morning, or cannot wait for it), and an hour before the class there is nothing to wait for.
 */
const canWait: Record<MessageKind, 'always' | 'unless-soon' | 'never'> = {
  'booking-confirmed': 'never',
  'booking-cancelled': 'never',
  'waitlist-offer': 'never',
  'reminder-hour': 'never',
  'waitlist-booked': 'unless-soon',
  'standing-decided': 'unless-soon',
  'session-cancelled': 'unless-soon',
  'session-on-again': 'unless-soon',
  'session-changed': 'unless-soon',
  'reminder-day': 'unless-soon',
  'no-show': 'always',
  'credit-expiring': 'always',
  'block-began': 'always',
  'block-ended': 'always',
  'webhook-paused': 'always',
}

// After the night there must be time to read it and to set out.
const soonHours = 3

/** `now`, or the end of the quiet hours it lies in. What concerns a class that begins within three hours of that end does not wait. */
export function dueAt(kind: MessageKind, at: { now: Temporal.Instant; startsAt: Temporal.Instant | null }, quiet: Quiet): Temporal.Instant {
  const { now, startsAt } = at
  const patience = canWait[kind]
  if (patience === 'never') return now
  const morning = quietUntil(now, quiet)
  if (morning === null) return now
  const soon = startsAt !== null && Temporal.Instant.compare(startsAt, morning.add({ hours: soonHours })) < 0
  return patience === 'unless-soon' && soon ? now : morning
}
