// Where Twilio tells us what became of an SMS, and what people answered to it.
import type { Edge } from '../platform/http.ts'
import type { Database } from '../platform/db.ts'
import { Problem } from '../platform/problem.ts'
import { transact, type Tx } from '../platform/tx.ts'
import { markLost } from './messages.ts'
import { setOptedOut } from './phones.ts'
import { isTwilios, lostMessage, TwilioPost, wishOf, type Account } from './twilio-posts.ts'

export interface TwilioHouse {
  db: Database
  publicUrl: string
  /** Null where SMS are not sent by Twilio. */
  twilio: Account | null
}

/** Hangs the two addresses; what is not signed by Twilio for this account and this address changes nothing. */
export function twilioRoutes(edge: Edge, house: TwilioHouse): void {
  hang(edge, house, 'status', async (tx, post) => {
    const lost = lostMessage(post)
    if (!lost) return
    await markLost(tx.sql, { channel: 'sms', reference: lost.reference, error: lost.reason })
    if (lost.optedOut) await setOptedOut(tx.sql, lost.to, tx.now)
  })
  hang(edge, house, 'incoming', async (tx, post) => {
    const wish = wishOf(post)
    if (wish) await setOptedOut(tx.sql, wish.number, wish.stop ? tx.now : null)
  })
}

const summaries = { status: 'Twilio says what became of an SMS', incoming: 'Twilio says what somebody answered to an SMS' }

function hang(edge: Edge, { db, publicUrl, twilio }: TwilioHouse, name: keyof typeof summaries, take: (tx: Tx, post: TwilioPost) => Promise<void>): void {
  const path = `/twilio/${name}`
  edge.command(
    {
      ...{ method: 'POST', path, access: 'anyone', summary: summaries[name], form: 'signed' },
      ...{ body: TwilioPost, answers: { 204: null }, problems: ['not-found', 'forbidden'] },
    } as const,
    async ({ body: post, context: { traceId }, request: { headers } }) => {
      if (!twilio) throw new Problem('not-found', 'SMS are not sent by Twilio here.')
      const isTheirs = await isTwilios(twilio, `${publicUrl}/api/v1${path}`, { post, headers })
      if (!isTheirs) throw new Problem('forbidden', 'This is not signed by Twilio for this address and our account.', { reason: 'signature' })
      await transact(db, { actor: { userId: null, role: 'system', via: 'job' }, traceId }, { isolation: 'read committed' }, tx => take(tx, post))
      return { status: 204, body: '', replayed: false }
    },
  )
}
