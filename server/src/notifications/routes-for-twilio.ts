// Where Twilio tells us what became of an SMS, and what people answered to it.
import type { Edge, Posted } from '../platform/http.ts'
import type { Database } from '../platform/db.ts'
import { transact, type Tx } from '../platform/tx.ts'
import { markLost } from './messages.ts'
import { setOptedOut } from './phones.ts'
import { isTwilios, lostMessage, wishOf, type Account } from './twilio-posts.ts'

export interface TwilioHouse {
  db: Database
  publicUrl: string
  /** Null where SMS are not sent by Twilio. */
  twilio: Account | null
}

/** Hangs the two addresses; what is not signed by Twilio for this account and this address changes nothing. */
export function twilioRoutes(edge: Edge, house: TwilioHouse): void {
  hang(edge, house, 'status', async (tx, fields) => {
    const lost = lostMessage(fields)
    if (!lost) return
    await markLost(tx.sql, { channel: 'sms', reference: lost.reference, error: lost.reason })
    if (lost.optedOut) await setOptedOut(tx.sql, lost.to, tx.now)
  })
  hang(edge, house, 'incoming', async (tx, fields) => {
    const wish = wishOf(fields)
    if (wish) await setOptedOut(tx.sql, wish.number, wish.stop ? tx.now : null)
  })
}

function hang(edge: Edge, { db, publicUrl, twilio }: TwilioHouse, name: string, take: (tx: Tx, fields: URLSearchParams) => Promise<void>): void {
  const path = `/twilio/${name}`
  edge.form(path, async ({ query, traceId, ...post }: Posted) => {
    if (!twilio || !(await isTwilios(twilio, `${publicUrl}/api/v1${path}${query}`, post))) return { status: 403, body: '' }
    await transact(db, { actor: { userId: null, role: 'system', via: 'job' }, traceId }, { isolation: 'read committed' }, tx => take(tx, post.fields))
    return { status: 204, body: '' }
  })
}
