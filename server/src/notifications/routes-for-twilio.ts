// Where Twilio tells us what became of an SMS, and what people answered to it.
import type { IncomingHttpHeaders } from 'node:http'
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { Edge } from '../platform/http.ts'
import type { Answer } from '../platform/idempotency.ts'
import { Problem } from '../platform/problem.ts'
import { transact, type Tx } from '../platform/tx.ts'
import { markLost } from './messages.ts'
import { isFirstNotice, setOptedOut } from './phones.ts'
import { isTwilios, lostMessage, TwilioPost, wishOf, type Account } from './twilio-posts.ts'

export interface TwilioHouse {
  db: Database
  publicUrl: string
  /** Null where SMS are not sent by Twilio. */
  twilio: Account | null
}

/** Hangs the two addresses; what is not signed by Twilio for this account and this address changes nothing. */
export function twilioRoutes(edge: Edge, house: TwilioHouse): void {
  edge.command(
    { ...{ method: 'POST', path: '/twilio/status', summary: 'Twilio says what became of an SMS', query: OfMessage }, ...signed } as const,
    ({ query: { message }, ...call }) => take(house, `status?message=${message}`, call, async (tx, post) => {
      const lost = lostMessage(post)
      if (!lost) return
      await markLost(tx.sql, { id: message, reference: lost.reference, error: lost.reason, now: tx.now })
      if (lost.optedOut) await heed(tx, post, { number: lost.to, stop: true })
    }),
  )
  edge.command(
    { ...{ method: 'POST', path: '/twilio/incoming', summary: 'Twilio says what somebody answered to an SMS' }, ...signed } as const,
    call => take(house, 'incoming', call, async (tx, post) => {
      const wish = wishOf(post)
      if (wish) await heed(tx, post, wish)
    }),
  )
}

const signed = { access: 'anyone', form: 'signed', body: TwilioPost, answers: { 204: null }, problems: ['not-found', 'forbidden'] } as const
const OfMessage = Shape({ message: Id })

interface Posted {
  body: TwilioPost
  context: Pick<Context, 'traceId'>
  request: { headers: IncomingHttpHeaders }
}

async function take({ db, publicUrl, twilio }: TwilioHouse, at: string, { body: post, context: { traceId }, request: { headers } }: Posted, work: (tx: Tx, post: TwilioPost) => Promise<void>): Promise<Answer> {
  if (!twilio) throw new Problem('not-found', 'SMS are not sent by Twilio here.')
  const isTheirs = await isTwilios(twilio, `${publicUrl}/api/v1/twilio/${at}`, { post, headers })
  if (!isTheirs) throw new Problem('forbidden', 'This is not signed by Twilio for this address and our account.', { reason: 'signature' })
  await transact(db, { actor: { userId: null, role: 'system', via: 'job' }, traceId }, { isolation: 'read committed' }, tx => work(tx, post))
  return { status: 204, body: '', replayed: false }
}

/** Once for each message: Twilio delivers again what it thinks was not heard. */
async function heed(tx: Tx, { MessageSid }: TwilioPost, { number, stop }: { number: string; stop: boolean }): Promise<void> {
  if (await isFirstNotice(tx.sql, MessageSid, tx.now)) await setOptedOut(tx.sql, number, stop ? tx.now : null)
}
