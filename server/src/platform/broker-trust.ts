// Whether the broker can be left with events: one that did not take what it was given is asked again with copies, for which nobody waits.
import type { Topic } from '@fitflow/contract/events.ts'
import type { Broker } from './broker.ts'
import type { OutboxEvent } from './consumer.ts'
import type { Database } from './db.ts'

export interface Trust {
  /** False from what it did not take until it has taken a copy of each: events need another way meanwhile. */
  isGiven(): boolean
  /** Tells of events that it did not take. */
  doubt(events: readonly OutboxEvent[]): void
}

const askEveryMs = 5000

/**
 * Trusts the broker at first. One queue that never confirms holds up its topics only, so of each topic that was not taken one event is
 * asked about. A copy is harmless: it has the id of its event.
 */
export function openTrust({ clock, log }: Pick<Database, 'clock' | 'log'>, broker: Pick<Broker, 'isConnected' | 'publish'>): Trust {
  const doubted = new Map<Topic, OutboxEvent>()
  let isAsking = false
  let askAtMs = 0
  const ask = async () => {
    isAsking = true
    const taken = await broker.publish([...doubted.values()])
    for (const [topic, { id }] of doubted) if (taken.includes(id)) doubted.delete(topic)
    if (doubted.size === 0) log.info('the broker takes events again')
  }
  const asked = () => {
    isAsking = false
    askAtMs = clock.monotonicMs() + askEveryMs
  }
  const askInTime = () => {
    if (doubted.size === 0 || isAsking || !broker.isConnected() || clock.monotonicMs() < askAtMs) return
    void ask().then(asked, (error: unknown) => {
      // It stays doubted, and is asked again in its time.
      log.warn(error, 'the broker could not be asked')
      asked()
    })
  }
  return {
    isGiven() {
      askInTime()
      return doubted.size === 0
    },
    doubt(events) {
      for (const event of events) doubted.set(event.topic, event)
      askAtMs = clock.monotonicMs() + askEveryMs
    },
  }
}
