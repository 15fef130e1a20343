// Somebody who reads what a test's studio tells: the rows as they are, and senders whose other side answers as the test says.
import { policyEnforcer } from '../src/attendance/consumers.ts'
import { waitlistManager } from '../src/booking/consumers.ts'
import { notifications } from '../src/notifications/consumers.ts'
import type { Outgoing, Sent } from '../src/notifications/channel.ts'
import type { MessageKind } from '../src/notifications/message-kinds.ts'
import { sendDue, type SendingHouse } from '../src/notifications/send-messages.ts'
import { openUnsubscribeTokens } from '../src/notifications/unsubscribe-tokens.ts'
import type { Way } from '../src/notifications/ways.ts'
import { openQrTokens } from '../src/booking/qr-token.ts'
import type { Database } from '../src/platform/db.ts'
import { drainOnce } from '../src/platform/relay.ts'
import { openSecret } from '../src/platform/secret.ts'
import type { SettingsStore } from '../src/schedule/settings.ts'
import type { Person } from './world.ts'

interface Row {
  kind: MessageKind
  channel: string
  state: string
  skipped: string | null
  reason: string
  attempts: number
  lastError: string | null
  dueAt: Temporal.Instant
  facts: Record<string, unknown>
}

/** What the other side answers; it takes everything unless told. */
type Answering = (message: Outgoing) => Sent | Promise<Sent>

const taken: Answering = ({ id }) => ({ outcome: 'sent', reference: id })

export interface Telling {
  house: SendingHouse
  ways: Way[]
  /** What went out, oldest first. */
  out: (Outgoing & { by: string })[]
  answer: Answering
  /** Lets notifications hear everything, and whoever else acts on events. */
  hear(): Promise<void>
  /** Sends by every way until nothing is due. */
  send(through?: Database): Promise<void>
  rowsOf(person: Pick<Person, 'id'>): Promise<Row[]>
}

/** Opens the telling of a test's studio; `channels` are the ways it has, each with one address a person. */
export function aTelling(db: Database, settings: SettingsStore, channels: readonly ('email' | 'sms' | 'push')[] = ['email']): Telling {
  const secret = openSecret({ secret: 'x'.repeat(32), previousSecret: null, dataDirectory: '/nowhere' })
  const qr = openQrTokens(secret)
  const house = { db, settings, qr, publicUrl: 'https://studio.example', unsubscribe: openUnsubscribeTokens(secret) }
  const ways = channels.map((name): Way => ({
    channel: {
      name,
      send: async message => (told.out.push({ ...message, by: name }), told.answer(message)),
      close: () => Promise.resolve(),
    },
    addressesOf: (_, userIds) => Promise.resolve(new Map(userIds.map(id => [id, [`${id}@example.test`]]))),
  }))
  const told: Telling = {
    house,
    ways,
    out: [],
    answer: taken,
    async hear() {
      // An event is handed to all its consumers at once.
      while (await drainOnce(db, [waitlistManager({ db, settings }), policyEnforcer({ db, settings }), notifications({ db, settings, qr, ways })]));
    },
    async send(through = db) {
      for (const way of ways) while (await sendDue({ ...house, db: through }, way));
    },
    rowsOf: ({ id }) => db.sql<Row[]>`
      select kind, channel, state, skipped, reason, attempts, last_error, due_at, facts from messages where user_id = ${id} order by id`,
  }
  return told
}
