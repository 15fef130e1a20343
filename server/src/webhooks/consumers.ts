// The consumer that writes down what is to be sent: a row for each event and endpoint, before anything leaves the house.
import { topics } from '@fitflow/contract/events.ts'
import { envelopeOf } from '../platform/cloud-event.ts'
import type { Consumer } from '../platform/consumer.ts'
import { queueDeliveries } from './deliveries.ts'
import { listeners } from './endpoints.ts'

/** Hears everything, and queues what some endpoint listens for; a paused one too, whose deliveries wait. */
export function webhooks(): Consumer {
  return {
    name: 'webhooks',
    topics,
    async concerns({ sql }, events) {
      const wanted = new Set((await listeners(sql)).flatMap(one => one.topics))
      return events.filter(event => wanted.has(event.topic))
    },
    sessions: () => Promise.resolve([]),
    async handle(tx, event) {
      const those = (await listeners(tx.sql)).filter(one => one.topics.includes(event.topic))
      const body = JSON.stringify(envelopeOf(event))
      await queueDeliveries(tx, { eventId: event.id, topic: event.topic, body }, those.map(one => one.id))
    },
  }
}
