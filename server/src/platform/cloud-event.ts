// An event's envelope, written and read: what it looks like is said in the contract.
import type { CloudEvent } from '@fitflow/contract/events.ts'
import type { OutboxEvent } from './consumer.ts'

export const cloudEventType = 'application/cloudevents+json'

// What an event is most of all about stands first.
const subjects = ['sessionId', 'membershipId', 'standingId', 'userId'] as const

/** The envelope of an event. */
export function envelopeOf({ id, topic, data, traceId, occurredAt }: OutboxEvent): CloudEvent {
  const facts: Partial<Record<string, unknown>> = { ...data }
  const subject = subjects.map(name => facts[name]).find(fact => typeof fact === 'string')
  return {
    specversion: '1.0',
    id: String(id),
    source: '/fitflow',
    type: topic,
    time: String(occurredAt),
    ...(typeof subject === 'string' ? { subject } : {}),
    datacontenttype: 'application/json',
    dataschema: `urn:fitflow:event:${topic}:1`,
    traceid: traceId,
    data,
  }
}

/** The number of the event in an envelope that came from the broker, or undefined when it is none of ours. */
export function eventIdIn(body: unknown): number | undefined {
  try {
    const { id, source } = JSON.parse(String(body)) as Partial<CloudEvent>
    return source === '/fitflow' && /^\d{1,15}$/.test(id ?? '') ? Number(id) : undefined
  } catch {
    // Anybody who may publish can send what is no JSON.
    return undefined
  }
}
