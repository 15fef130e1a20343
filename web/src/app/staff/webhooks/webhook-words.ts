// Webhooks and what was sent to them, as one says it.
import { topics, type Topic } from '@fitflow/contract/events.ts'
import type { Webhook, WebhookDelivery } from '@fitflow/contract/webhooks.ts'

export interface Standing {
  words: string
  tone: string
  /** What it means and what to do, where something is to be done. */
  more: string
}

const pauses: Record<NonNullable<Webhook['paused']>['cause'], Standing> = {
  asked: { words: 'Paused', tone: 'few', more: 'What happens meanwhile waits for it, 30 days at most.' },
  failing: { words: 'Stopped', tone: 'bad', more: 'It took nothing for three days, so nothing more is sent. What happens waits for it: mend the receiver, then let it go on.' },
  gone: { words: 'Stopped', tone: 'bad', more: 'It answered 410: there is nobody there any more. What happens waits until you let it go on or remove it.' },
}

/** How an endpoint is doing. */
export function standingOf({ paused, failingSince }: Pick<Webhook, 'paused' | 'failingSince'>): Standing {
  if (paused) return pauses[paused.cause]
  if (failingSince) return { words: 'Failing', tone: 'few', more: 'The last attempts were not taken. They are tried again by themselves; after three days without one it is stopped.' }
  return { words: 'Active', tone: 'good', more: '' }
}

export const deliveryTags: Record<WebhookDelivery['state'], { words: string; tone: string }> = {
  waiting: { words: 'Waiting', tone: 'held' },
  delivered: { words: 'Delivered', tone: 'good' },
  failed: { words: 'Given up', tone: 'bad' },
}

/** "200", "No answer came within 10 seconds.", or nothing before the first attempt. */
export function answerWords({ answer }: Pick<WebhookDelivery, 'answer'>): string {
  if (!answer) return 'Not sent yet'
  return answer.status === null ? (answer.fault ?? 'No answer') : `Answered ${answer.status}`
}

/** The machine that listens; all of the address is said below it. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url
}

const groupNames: Record<string, string> = {
  hold: 'Holds',
  booking: 'Bookings',
  checkin: 'Check-ins',
  waitlist: 'Waitlists',
  standing: 'Standing reservations',
  credit: 'Credits',
  penalty: 'Strikes and fees',
  block: 'Blocks',
  membership: 'Memberships',
  session: 'Classes',
  webhook: 'Webhooks',
}

export interface TopicGroup {
  name: string
  topics: Topic[]
}

/** The catalogue by what its topics are about, in its own order. */
export function topicGroups(all: readonly Topic[] = topics): TopicGroup[] {
  const groups = new Map<string, Topic[]>()
  for (const topic of all) {
    const [about = ''] = topic.split('.')
    groups.set(about, [...(groups.get(about) ?? []), topic])
  }
  return Array.from(groups, ([about, those]) => ({ name: groupNames[about] ?? about, topics: those }))
}

/** "Bookings, Classes and 3 more" for a list; a group counts when all of it is chosen. */
export function topicsInWords(chosen: readonly Topic[]): string {
  if (chosen.length === topics.length) return 'Every event'
  const whole = topicGroups().filter((group) => group.topics.every((topic) => chosen.includes(topic)))
  const rest = chosen.length - whole.reduce((sum, group) => sum + group.topics.length, 0)
  const names = whole.map((group) => group.name)
  if (names.length === 0) return chosen.slice(0, 3).join(', ') + (chosen.length > 3 ? ` and ${chosen.length - 3} more` : '')
  return names.join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/** JSON with its lines, for reading; what is none stays as it is. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    // An answer may be anything.
    return text
  }
}
