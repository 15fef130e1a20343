// Notifications: an event becomes rows of what to tell whom, once for each reader and way; sending them is another's business.
import type { EventFacts, Topic } from '@fitflow/contract/events.ts'
import type { QrTokens } from '../booking/qr-token.ts'
import type { OutboxEvent, Recorder } from '../platform/consumer.ts'
import type { Database } from '../platform/db.ts'
import type { SessionId } from '../platform/ids.ts'
import { together } from '../platform/read-by-id.ts'
import type { Sql } from '../platform/sql.ts'
import { readSessions } from '../schedule/class-sessions.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { openScene, type Scene } from './class-facts.ts'
import { tellCancelled, tellConfirmed, tellNoShow, tellPromoted, tellStanding } from './tell-of-bookings.ts'
import { tellChanged, tellListClosed, tellOnAgain, tellReleased } from './tell-of-classes.ts'
import { tellBlock, tellExpiring, tellUnblocked } from './tell-of-credits.ts'
import { tellPaused } from './tell-of-webhooks.ts'
import type { Way } from './ways.ts'
import { writeMessages, type Telling } from './write-messages.ts'

type Teller<T extends Topic> = (scene: Scene, facts: EventFacts[T]) => Promise<Telling[]>

const tellers: { [T in Topic]?: Teller<T> } = {
  'booking.confirmed': tellConfirmed,
  'booking.cancelled': tellCancelled,
  'booking.noshow': tellNoShow,
  'waitlist.promoted': tellPromoted,
  'waitlist.closed': tellListClosed,
  'hold.released': tellReleased,
  'session.changed': tellChanged,
  'session.published': tellOnAgain,
  'standing.decided': tellStanding,
  'credit.expiring': tellExpiring,
  'block.began': tellBlock,
  'block.ended': tellUnblocked,
  'webhook.paused': tellPaused,
}

// What happened longer ago is history: a relay that stood still for days, or a studio's past that was written down at once, mails nobody.
const newsHours = 24

export interface NewsHouse {
  db: Database
  settings: SettingsStore
  qr: QrTokens
  ways: readonly Way[]
}

/** The consumer that writes what there is to tell; it acts on what is true now, whatever the event said. */
export function notifications({ db, settings, qr, ways }: NewsHouse): Recorder {
  return {
    name: 'notifications',
    topics: Object.keys(tellers) as Topic[],
    async concerns({ clock, sql }, events) {
      const since = clock.now().subtract({ hours: newsHours })
      const recent = events.filter(event => isNews(event) && Temporal.Instant.compare(event.occurredAt, since) > 0)
      const called = new Set(await calledOffAmong(sql, recent.filter(isEndOfWaiting)))
      return recent.filter(event => !isEndOfWaiting(event) || called.has(sessionOf(event)))
    },
    async handleAll(tx, events) {
      const scene = openScene(tx, { settings, qr })
      const tell = async ({ id, topic, data }: OutboxEvent) => (await (tellers[topic] as Teller<Topic>)(scene, data)).map(one => ({ ...one, reason: `event:${id}` }))
      const write = (told: Parameters<typeof writeMessages>[2]) => writeMessages(tx, { settings: settings.current(), ways }, told)
      const [changes, others] = [events.filter(isChange), events.filter(event => !isChange(event))]
      await write((await together(others.map(tell))).flat())
      // Told against what was told last, just above as well.
      await write((await together(inOne(changes).map(tell))).flat())
    },
    handled: () => db.signals.send({ messages: true }),
  }
}

const isChange = (event: OutboxEvent): event is OutboxEvent<'session.changed'> => event.topic === 'session.changed'

/** Several changes of one class are one piece of news: what it was before the first of them. */
function inOne(changes: readonly OutboxEvent<'session.changed'>[]): OutboxEvent[] {
  const news = new Map<string, OutboxEvent<'session.changed'>>()
  for (const event of changes) {
    const { sessionId, was } = event.data
    news.set(sessionId, { ...event, data: { ...event.data, was: { ...was, ...news.get(sessionId)?.data.was } } })
  }
  return [...news.values()]
}

/** A hold given back and a place in a queue that ended are news only where the whole class was called off: in a rush there are many. */
const isEndOfWaiting = ({ topic }: OutboxEvent) => topic === 'hold.released' || topic === 'waitlist.closed'
const sessionOf = ({ data }: OutboxEvent) => ('sessionId' in data ? data.sessionId : '') as SessionId

async function calledOffAmong(sql: Sql, events: readonly OutboxEvent[]): Promise<SessionId[]> {
  if (events.length === 0) return []
  const sessions = await readSessions(sql, [...new Set(events.map(sessionOf))])
  return sessions.filter(session => session.status === 'cancelled').map(session => session.id)
}

/** Most changes of a class are of its capacity, most classes are published for the first time, and most holds that end were the members' own to end. */
function isNews({ topic, data }: OutboxEvent): boolean {
  // A newer release may have handed on what this one does not know yet.
  if (!(topic in tellers)) return false
  if (topic === 'session.changed') return 'was' in data
  if (topic === 'session.published') return 'afterCancellation' in data
  return topic !== 'hold.released' || ('kind' in data && data.kind === 'public')
}
