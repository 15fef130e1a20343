// Devices that show what I am told: the studio's key, mine, one more, one fewer.
import { NewPushSubscription, PushKey, PushSubscription } from '@fitflow/contract/push.ts'
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import type { Database } from '../platform/db.ts'
import type { Edge } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import { Problem } from '../platform/problem.ts'
import { deleteSubscription, putSubscription, subscriptionsOf } from './push-subscriptions.ts'

export interface PushHouse {
  db: Database
  push: { applicationKey: string; toLoopback: boolean }
}

const path = '/me/push-subscriptions'

/** Hangs the routes of one's own devices. */
export function pushRoutes(edge: Edge, { db, push }: PushHouse): void {
  edge.read({ method: 'GET', path: '/push-key', access: 'anyone', summary: 'The key that a browser subscribes with', answers: { 200: PushKey } }, () =>
    Promise.resolve({ key: push.applicationKey }),
  )
  edge.read(
    { method: 'GET', path, access: 'client', summary: 'My devices that show what I am told', answers: { 200: Type.Object({ items: Type.Array(PushSubscription) }) } },
    async ({ principal }) => ({ items: await subscriptionsOf(db.sql, principal.userId) }),
  )
  edge.command(
    { method: 'POST', path, access: 'client', summary: 'Show on this device what I am told', body: NewPushSubscription, answers: { 201: PushSubscription } },
    ({ principal, keyed, context, body }) =>
      answerOnce(db, { keyed, context }, { isolation: 'read committed' }, async tx => ({
        status: 201,
        body: await putSubscription(tx, principal.userId, { subscription: body, ...push }),
      })),
  )
  edge.command(
    { method: 'DELETE', path: `${path}/:id`, access: 'client', summary: 'No longer on this device', params: Shape({ id: Id }), answers: { 204: null }, problems: ['not-found'] },
    ({ principal, keyed, context, params }) =>
      answerOnce(db, { keyed, context }, { isolation: 'read committed' }, async tx => {
        if (!(await deleteSubscription(tx.sql, principal.userId, params.id))) throw new Problem('not-found', 'There is no such device.')
        return { status: 204 }
      }),
  )
}
