// How people reach their own credits: what they have, and what happened to it.
import { CreditTransaction, LedgerQuery, MyMemberships } from '@fitflow/contract/credits.ts'
import { Page } from '@fitflow/contract/scalars.ts'
import type { Database } from '../platform/db.ts'
import type { Edge } from '../platform/http.ts'
import { readOnly } from '../platform/tx.ts'
import { ledgerPage } from './ledger-page.ts'
import { memberLots } from './member-lots.ts'

export function routes(edge: Edge, { db }: { db: Database }): void {
  edge.read(
    { method: 'GET', path: '/memberships/me', access: 'client', summary: 'What I may pay with, in the order it is spent', answers: { 200: MyMemberships } },
    ({ context, principal }) => readOnly(db, context, tx => memberLots(tx, principal.userId)),
  )
  edge.read(
    { method: 'GET', path: '/credits/transactions', access: 'client', summary: 'My ledger, latest first, each line with its receipt', query: LedgerQuery, answers: { 200: Page(CreditTransaction) } },
    ({ query, principal }) => ledgerPage(db.sql, principal.userId, query),
  )
}
