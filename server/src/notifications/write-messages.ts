// From something to tell to the rows that tell it: one for each way by which its reader wants it and can be reached.
import { newId, type MessageId, type SessionId, type UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { Settings } from '../schedule/settings.ts'
import { dueAt, quietOf } from './due.rule.ts'
import type { FactsOf, MessageKind } from './message-kinds.ts'
import { insertMessages, type NewMessage } from './messages.ts'
import { preferencesOf } from './preferences.ts'
import { groupOf, wants } from './preferences.rule.ts'
import type { Way } from './ways.ts'

interface TellingOf<K extends MessageKind> {
  userId: UserId
  kind: K
  facts: FactsOf[K]
  /** Not before this, whatever the quiet hours. */
  notBefore?: Temporal.Instant | null
}

/** Something to tell somebody. */
export type Telling = { [K in MessageKind]: TellingOf<K> }[MessageKind]

/** A telling of one kind, as itself. */
export function telling<K extends MessageKind>(userId: UserId, kind: K, facts: FactsOf[K], notBefore: Temporal.Instant | null = null): Telling {
  return { userId, kind, facts, notBefore } as Telling
}

export interface Writing {
  settings: Settings
  ways: readonly Way[]
}

/** Writes rows for each of these, all for one reason; what was written before stays. Answers how many are new. */
export async function writeMessages(tx: Tx, { settings, ways }: Writing, told: readonly (Telling & { reason: string })[]): Promise<number> {
  if (told.length === 0) return 0
  const userIds = [...new Set(told.map(one => one.userId))]
  const preferences = await preferencesOf(tx.sql, userIds)
  const rows: NewMessage[] = []
  for (const way of ways) {
    const addresses = await way.addressesOf(tx.sql, userIds)
    for (const one of told) {
      const own = preferences(one.userId)
      const reached = (addresses.get(one.userId) ?? []).length > 0
      if (!reached || !wants(own.choices, groupOf(one.kind, one.facts), way.channel.name)) continue
      rows.push({ ...rowOf(one), channel: way.channel.name, language: own.language, dueAt: due(one, tx.now, quietOf(own, settings)) })
    }
  }
  return insertMessages(tx.sql, rows, tx.now)
}

function rowOf({ userId, kind, facts, reason }: Telling & { reason: string }) {
  const sessionId = 'sessionId' in facts ? (facts.sessionId as SessionId) : null
  return { id: newId<MessageId>(), userId, kind, reason, facts, sessionId }
}

function due({ kind, facts, notBefore }: Telling, now: Temporal.Instant, quiet: ReturnType<typeof quietOf>): Temporal.Instant {
  const startsAt = 'startsAt' in facts ? Temporal.Instant.from(facts.startsAt) : null
  const from = notBefore && Temporal.Instant.compare(notBefore, now) > 0 ? notBefore : now
  return dueAt(kind, { now: from, startsAt }, quiet)
}
