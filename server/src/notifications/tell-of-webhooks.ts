// What admins are told of the studio's own systems: that one of them takes nothing any more.
import type { EventFacts } from '@fitflow/contract/events.ts'
import { adminIds } from '../identity/users.ts'
import type { Scene } from './class-facts.ts'
import { telling, type Telling } from './write-messages.ts'

/** A webhook that was paused by itself. What of it is told is in the event: webhooks stand beside us, not below. */
export async function tellPaused({ sql, settings }: Scene, facts: EventFacts['webhook.paused']): Promise<Telling[]> {
  const { timeZone } = settings.current()
  return (await adminIds(sql)).map(userId => telling(userId, 'webhook-paused', { ...facts, timeZone }))
}
