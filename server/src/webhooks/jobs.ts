// What time does to webhooks: what is due is sent, what is old is forgotten, and secrets follow the installation's own.
import type { Database } from '../platform/db.ts'
import { repeat, type Loop } from '../platform/repeat.ts'
import type { Secret } from '../platform/secret.ts'
import type { WebhookId } from '../platform/ids.ts'
import { isSealedByOld, seal, unseal } from './sealed-secret.ts'
import { openSender, type SenderHouse } from './send-deliveries.ts'

const sendEveryMs = 500
const chunkMax = 5000

/** Starts sending what is due; `stop` waits for what is under way. Any number of workers may run it. */
export function startSending(house: SenderHouse): Loop {
  const sender = openSender(house)
  const loop: Loop = repeat('sending webhooks', { everyMs: sendEveryMs }, house.db.log, async () => {
    await sender.sendDue(() => loop.wake())
    return 'later'
  })
  return {
    wake: loop.wake,
    async stop() {
      await loop.stop()
      await sender.idle()
    },
  }
}

/** Deletes deliveries of more than 30 days ago in small steps, also those that still wait for a paused endpoint. */
export async function forgetDeliveries({ sql, clock }: Database): Promise<void> {
  for (;;) {
    const rows = await sql`
      delete from webhook_deliveries where ctid = any(array(
        select ctid from webhook_deliveries where created_at < ${clock.expression(sql)} - interval '30 days' limit ${chunkMax})) returning id`
    if (rows.length < chunkMax) return
  }
}

/** Seals secrets again that lie under the previous FITFLOW_SECRET, which will not be accepted for good. */
export async function resealSecrets({ sql }: Database, secret: Secret): Promise<void> {
  const rows = await sql<{ id: WebhookId; secret: string }[]>`select id, secret from webhook_endpoints`
  for (const row of rows.filter(one => isSealedByOld(secret, one.secret))) {
    const opened = unseal(secret, row.secret)
    if (opened === undefined) continue
    await sql`update webhook_endpoints set secret = ${seal(secret, opened)} where id = ${row.id} and secret = ${row.secret}`
  }
}
