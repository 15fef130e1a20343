// Endpoints for tests: made as an admin makes them, and sent to as a worker does.
import { topics, type Topic } from '@fitflow/contract/events.ts'
import type { Database } from '../src/platform/db.ts'
import { newId, type SessionId, type WebhookId } from '../src/platform/ids.ts'
import { drainOnce } from '../src/platform/relay.ts'
import { openSecret, type Secret } from '../src/platform/secret.ts'
import { transact } from '../src/platform/tx.ts'
import { createEndpoint } from '../src/webhooks/change-endpoint.ts'
import { webhooks } from '../src/webhooks/consumers.ts'
import { openSender } from '../src/webhooks/send-deliveries.ts'
import { system } from './world.ts'

export const secret = openSecret({ secret: 'a secret for tests only, and long enough', previousSecret: null, dataDirectory: '' })

/** An endpoint on this machine that listens to everything, unless told otherwise. */
export function anEndpoint(db: Database, url: string, { secret: sealing = secret, ...wish }: { topics?: Topic[]; secret?: Secret } = {}) {
  return transact(db, system, {}, tx => createEndpoint(tx, { secret: sealing, toLoopback: true }, { url, topics: [...topics], ...wish }))
}

/** A sender as one worker has it. */
export function aSender(db: Database, timeoutMs?: number) {
  return openSender({ db, secret, outlet: { toLoopback: true, ...(timeoutMs === undefined ? {} : { timeoutMs }) } })
}

/** Announces changes of sessions and lets the consumer queue them; answers the sessions. */
export async function happen(db: Database, count = 1, topic: 'session.changed' | 'session.started' = 'session.changed'): Promise<SessionId[]> {
  const sessions = Array.from({ length: count }, () => newId<SessionId>())
  await transact(db, system, {}, async tx => sessions.forEach(sessionId => tx.emit(topic, { sessionId, version: 1 })))
  await queue(db)
  return sessions
}

/** Lets the consumer hear what was announced. */
export async function queue(db: Database): Promise<void> {
  while (await drainOnce(db, [webhooks()]));
}

export interface Seen {
  state: string
  attempts: number
  dueAt: Temporal.Instant
  leased: boolean
  answerStatus: number | null
  answer: string | null
  fault: string | null
}

/** Every delivery of an endpoint, oldest first. */
export async function deliveriesOf({ sql }: Database, { id }: { id: WebhookId }): Promise<Seen[]> {
  return [...(await sql<Seen[]>`
    select state, attempts, due_at, leased_until is not null as leased, answer_status, answer, fault
    from webhook_deliveries where endpoint_id = ${id} order by id`)]
}
