// How people reach their credits: what they have, what happened to it, and what staff give them.
import { CreditTransaction, Granted, LedgerQuery, MyMemberships, NewGrant } from '@fitflow/contract/credits.ts'
import { Id, Page, Shape } from '@fitflow/contract/scalars.ts'
import type { Database } from '../platform/db.ts'
import type { Edge } from '../platform/http.ts'
import type { UserId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { grantCredits } from './grant-credits.ts'
import { ledgerPage } from './ledger-page.ts'
import { memberLots } from './member-lots.ts'

interface House {
  db: Database
  settings: SettingsStore
}

export function routes(edge: Edge, { db, settings }: House): void {
  edge.read(
    { method: 'GET', path: '/memberships/me', access: 'client', summary: 'What I may pay with, in the order it is spent', answers: { 200: MyMemberships } },
    ({ context, principal }) => readOnly(db, context, tx => memberLots(tx, principal.userId)),
  )
  edge.read(
    { method: 'GET', path: '/credits/transactions', access: 'client', summary: 'My ledger, latest first, each line with its receipt', query: LedgerQuery, answers: { 200: Page(CreditTransaction) } },
    ({ query, principal }) => ledgerPage(db.sql, principal.userId, query),
  )
  edge.command(
    {
      method: 'POST',
      path: '/admin/clients/:id/credits',
      access: 'trainer',
      summary: 'Give a client credits, or unlimited access, with a reason',
      params: Shape({ id: Id }),
      body: NewGrant,
      answers: { 201: Granted },
      problems: ['not-found'],
    },
    ({ params, body, keyed, context }) =>
      grantCredits(db, params.id as UserId, body, { keyed, context, timeZone: settings.current().timeZone }),
  )
}
