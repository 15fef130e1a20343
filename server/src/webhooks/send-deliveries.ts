// Sends what is due, outside every transaction: some at a time to each endpoint, so that a slow one holds up no other.
import { cloudEventType } from '../platform/cloud-event.ts'
import type { Database } from '../platform/db.ts'
import type { WebhookId } from '../platform/ids.ts'
import type { Secret } from '../platform/secret.ts'
import { webhookIdOf } from './deliveries.ts'
import { lease, settle, type Leased, type Outcome } from './lease-deliveries.ts'
import { post, Undelivered, type Outlet } from '../platform/post.ts'
import { unseal } from './sealed-secret.ts'
import { signedHeaders } from './signature.ts'

export interface SenderHouse {
  db: Database
  secret: Secret
  outlet: Outlet
}

export interface Sender {
  /** Begins sending what is due and there is room for; answers how many. `ended` is called as each has ended. */
  sendDue(ended?: () => void): Promise<number>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

/** At once, to one endpoint from one process. */
const eachMax = 4

/** Opens the sender of one process; any number may run beside each other. */
export function openSender(house: SenderHouse): Sender {
  const busy = new Map<WebhookId, number>()
  const underWay = new Set<Promise<void>>()

  const begin = (leased: Leased, ended: () => void) => {
    const { endpointId } = leased
    busy.set(endpointId, (busy.get(endpointId) ?? 0) + 1)
    const attempt = send(house, leased)
      // It has a lease that ends: the next sender tries again.
      .catch((error: unknown) => house.db.log.error(error, 'a webhook was sent, or not, and what came of it could not be written down'))
      .finally(() => {
        const left = (busy.get(endpointId) ?? 1) - 1
        if (left === 0) busy.delete(endpointId)
        else busy.set(endpointId, left)
        underWay.delete(attempt)
        ended()
      })
    underWay.add(attempt)
  }
  return {
    async sendDue(ended = () => undefined) {
      const taken = await lease(house.db, { each: eachMax, busy })
      for (const leased of taken) begin(leased, ended)
      return taken.length
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

async function send(house: SenderHouse, leased: Leased): Promise<void> {
  await settle(house.db, leased, await attempt(house, leased))
}

async function attempt({ secret, outlet }: SenderHouse, { url, body, secret: sealed, oldSecret, now, ...leased }: Leased): Promise<Outcome> {
  const signing = unseal(secret, sealed)
  if (signing === undefined) return { fault: 'The secret of this webhook was sealed under a FITFLOW_SECRET that is not accepted any more. Rotate it.' }
  const old = oldSecret === null ? undefined : unseal(secret, oldSecret)
  const headers = {
    'content-type': cloudEventType,
    'user-agent': 'FitFlow-Webhooks/1',
    ...signedHeaders({ id: webhookIdOf(leased), sentAt: now, body }, old === undefined ? [signing] : [signing, old]),
  }
  try {
    return await post(outlet, new URL(url), { headers, body })
  } catch (error) {
    // A receiver that is not there is an outcome like another.
    if (error instanceof Undelivered) return { fault: error.message }
    throw error
  }
}
