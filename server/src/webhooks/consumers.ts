// The consumer that writes down what is to be sent: a row for each event and endpoint, before anything leaves the house.
import { topics } from '@fitflow/contract/events.ts'
import { envelopeOf } from '../platform/cloud-event.ts'
import type { Recorder } from '../platform/consumer.ts'
import { queueDeliveries } from './deliveries.ts'
import { listeners } from './endpoints.ts'

/** Hears everything, and queues what some endpoint listens for; a paused one too, whose deliveries wait. */
export function webhooks(): Recorder {
  return {
    name: 'webhooks',
    topics,
    async concerns({ sql }, events) {
      const wanted = new Set((await listeners(sql)).flatMap(one => one.topics))
      return events.filter(event => wanted.has(event.topic))
    },
    async handleAll(tx, events) {
      const endpoints = await listeners(tx.sql)
      const wanted = events.flatMap(event => {
        const body = JSON.stringify(envelopeOf(event))
        return endpoints.filter(one => one.topics.includes(event.topic)).map(({ id }) => ({ endpointId: id, eventId: event.id, topic: event.topic, body }))
      })
      await queueDeliveries(tx, wanted)
    },
  }
}
