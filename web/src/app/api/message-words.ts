// What people are told, in a few words: what it is about, by which way it comes, and how it stands.
import type { MessageChannel, MessageGroup, StaffMessage } from '@fitflow/contract/notifications.ts'
import type { IconName } from '../ui/icons.ts'

export const groupWords: Record<MessageGroup, { name: string; words: string }> = {
  bookings: { name: 'Your bookings', words: 'Booked, cancelled, booked from the waitlist or by a standing reservation.' },
  changes: { name: 'Changes by the studio', words: 'A class you have is moved, taught by somebody else or called off, or the studio cancels your booking.' },
  reminders: { name: 'Reminders', words: 'A day and an hour before your class.' },
  waitlist: { name: 'Waitlist', words: 'A spot came free and is held for you.' },
  credits: { name: 'Credits', words: 'Some of your credits are about to expire.' },
  penalties: { name: 'Missed classes', words: 'You were missed, or cannot book for a while.' },
}

export const channelWords: Record<MessageChannel, { name: string; icon: IconName }> = {
  email: { name: 'E-mail', icon: 'mail' },
  sms: { name: 'SMS', icon: 'sms' },
  push: { name: 'Push', icon: 'notifications' },
}

const skippedWords: Record<NonNullable<StaffMessage['skipped']>, string> = {
  preference: 'They do not want these.',
  outdated: 'It was no longer so when its time came.',
  'no-address': 'There was nowhere to send it.',
}

/** How a message stands: a word, its tone, and what that means. */
export function stateWords({ state, skipped, attempts, lastError }: Pick<StaffMessage, 'state' | 'skipped' | 'attempts' | 'lastError'>): { tag: string; tone: string; words: string } {
  switch (state) {
    case 'sent':
      return { tag: 'Sent', tone: 'good', words: '' }
    case 'failed':
      return { tag: 'Failed', tone: 'bad', words: lastError ?? '' }
    case 'skipped':
      return { tag: 'Not sent', tone: '', words: skipped ? skippedWords[skipped] : '' }
    case 'waiting':
      return attempts > 0 ? { tag: 'Trying again', tone: 'few', words: lastError ?? '' } : { tag: 'Waiting', tone: 'held', words: '' }
  }
}
