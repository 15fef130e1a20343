// Which message belongs to which choice, what comes unless somebody says otherwise, and what comes in any case.
import type { MessageChannel, MessageGroup, PreferencesChange } from '@fitflow/contract/notifications.ts'
import type { MessageKind } from './message-kinds.ts'

/** Where somebody chose otherwise than we would. */
export type Choices = { [G in MessageGroup]?: { [C in MessageChannel]?: boolean } }

const groups: Record<MessageKind, MessageGroup> = {
  'booking-confirmed': 'bookings',
  'booking-cancelled': 'bookings',
  'waitlist-booked': 'bookings',
  'standing-decided': 'bookings',
  'session-cancelled': 'changes',
  'session-on-again': 'changes',
  'session-changed': 'changes',
  'reminder-day': 'reminders',
  'reminder-hour': 'reminders',
  'waitlist-offer': 'waitlist',
  'credit-expiring': 'credits',
  'no-show': 'penalties',
  'block-began': 'penalties',
  'block-ended': 'penalties',
  // Whoever runs the studio hears of it by e-mail in any case.
  'webhook-paused': 'changes',
}

/** The group of a message. A booking that somebody else cancelled is the studio's doing, not the member's. */
export function groupOf(kind: MessageKind, facts: object): MessageGroup {
  return kind === 'booking-cancelled' && byStaff(facts) ? 'changes' : groups[kind]
}

/** By the studio's policy, or by the member's own: then staff gave a reason, as they must, and a member gives none. */
function byStaff(facts: { byStudio?: unknown; reason?: unknown }): boolean {
  return facts.byStudio === true || typeof facts.reason === 'string'
}

/** E-mail and push come unless turned off; an SMS costs the studio money and comes where it is asked for. */
const usual: Record<MessageChannel, boolean> = { email: true, sms: false, push: true }

/**
 * Nobody unsubscribes from what the studio did to their booking, or holds against them: those mails are part of what they booked
 * (transactional), carry no unsubscribe link, and come by e-mail in any case.
 */
const required: Partial<Record<MessageGroup, readonly MessageChannel[]>> = { changes: ['email'], penalties: ['email'] }

/** The ways by which a group comes in any case. */
export function requiredWays(group: MessageGroup): readonly MessageChannel[] {
  return required[group] ?? []
}

/** Whether somebody with these choices wants a group by this way. */
export function wants(choices: Choices, group: MessageGroup, channel: MessageChannel): boolean {
  return requiredWays(group).includes(channel) || (choices[group]?.[channel] ?? usual[channel])
}

/** The choices with a change made to them; what is left out stays. */
export function chosen(choices: Choices, change: NonNullable<PreferencesChange['groups']>): Choices {
  const next: Choices = { ...choices }
  for (const [group, ways] of Object.entries(change) as [MessageGroup, Choices[MessageGroup]][]) {
    const said = Object.fromEntries(Object.entries(ways ?? {}).filter(([, on]) => on !== undefined))
    next[group] = { ...next[group], ...said }
  }
  return next
}

/** The first required message that a change would turn off; null when it asks for nothing of the kind. */
export function forbiddenChoice(change: NonNullable<PreferencesChange['groups']>): { group: MessageGroup; channel: MessageChannel } | null {
  for (const [group, ways] of Object.entries(change) as [MessageGroup, Choices[MessageGroup]][]) {
    const channel = requiredWays(group).find(way => ways?.[way] === false)
    if (channel) return { group, channel }
  }
  return null
}
