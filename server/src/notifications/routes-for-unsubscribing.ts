// The link at the end of a mail: mail programs post to it by themselves (RFC 8058), people open a page with a button.
import { OneClick, UnsubscribeQuery, Unsubscription } from '@fitflow/contract/notifications.ts'
import type { Edge } from '../platform/http.ts'
import { transact } from '../platform/tx.ts'
import type { Database } from '../platform/db.ts'
import type { UnsubscribeTokens } from './unsubscribe-tokens.ts'
import { readSubscription, unsubscribe } from './unsubscribe.ts'

/** Registers it for everybody who has the link. Scanners fetch every link of a mail: reading changes nothing. */
export function unsubscribeRoutes(edge: Edge, house: { db: Database; unsubscribe: UnsubscribeTokens }): void {
  const { db, unsubscribe: tokens } = house
  edge.read(
    {
      ...{ method: 'GET', path: '/unsubscribe', access: 'anyone', summary: 'What the link of a mail is for; changes nothing' },
      ...{ query: UnsubscribeQuery, answers: { 200: Unsubscription }, problems: ['not-found'] },
    } as const,
    ({ query }) => readSubscription(db.sql, tokens, query.token),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/unsubscribe', access: 'anyone', summary: 'Unsubscribe by the link of a mail, in one click', form: 'unsigned' },
      ...{ query: UnsubscribeQuery, body: OneClick, answers: { 200: Unsubscription }, problems: ['not-found'] },
    } as const,
    async ({ query, context }) => {
      const body = await transact(db, context, { isolation: 'read committed' }, tx => unsubscribe(tx, tokens, query.token))
      return { status: 200, body: JSON.stringify(body), replayed: false }
    },
  )
}
