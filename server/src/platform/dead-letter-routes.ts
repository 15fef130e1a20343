// How an admin reaches what consumers gave up: the list with the reasons, and another try.
import { DeadLetterQuery, DeadLetters, Resend, Resent } from '@fitflow/contract/dead-letters.ts'
import type { Database } from './db.ts'
import { givenUpPage, tryAgain } from './dead-letters.ts'
import type { Edge } from './http.ts'
import { answerOnce } from './idempotency.ts'

/** Registers the dead letters of events, an admin's alone. */
export function deadLetterRoutes(edge: Edge, { db }: { db: Database }): void {
  edge.read(
    { method: 'GET', path: '/admin/dead-letters', access: 'admin', summary: 'Events that a consumer gave up, by consumer, latest first', query: DeadLetterQuery, answers: { 200: DeadLetters } },
    ({ query }) => givenUpPage(db.sql, query),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/dead-letters/resend', access: 'admin', summary: 'Let them be tried again: one, those of a consumer, or all' },
      ...{ body: Resend, answers: { 200: Resent } },
    } as const,
    async ({ keyed, context, body }) => {
      const answer = await answerOnce(db, { keyed, context }, { isolation: 'read committed' }, async tx => ({ status: 200, body: { count: await tryAgain(tx, body) } }))
      db.signals.send({ events: true })
      return answer
    },
  )
}
