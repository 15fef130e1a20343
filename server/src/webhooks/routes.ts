// The module's door for admins: where the studio's own systems listen, and what was sent to them.
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import { NewWebhook, Redelivered, Redelivery, Webhook, WebhookChange, WebhookDeliveries, WebhookDelivery, WebhookDeliveryQuery, Webhooks, WebhookSecret } from '@fitflow/contract/webhooks.ts'
import type { Database } from '../platform/db.ts'
import { expectVersion } from '../platform/etag.ts'
import type { Edge } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import type { WebhookDeliveryId, WebhookId } from '../platform/ids.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import { changeEndpoint, createEndpoint, removeEndpoint, rotateSecret, type EndpointRules, type Told } from './change-endpoint.ts'
import { deliveriesPage } from './deliveries.ts'
import { listEndpoints, readEndpoint } from './endpoints.ts'
import { redeliverFailed, redeliverOne, sendTest } from './redeliver.ts'

export interface WebhooksHouse extends EndpointRules {
  db: Database
}

const ById = Shape({ id: Id })
const ByDelivery = Shape({ id: Id, delivery_id: Id })

/** Registers the webhooks, an admin's alone. */
export function routes(edge: Edge, house: WebhooksHouse): void {
  readRoutes(edge, house)
  endpointRoutes(edge, house)
  secretRoutes(edge, house)
  sendRoutes(edge, house)
}

function readRoutes(edge: Edge, { db }: WebhooksHouse): void {
  edge.read(
    { method: 'GET', path: '/admin/webhooks', access: 'admin', summary: 'Where the studio’s own systems listen', answers: { 200: Webhooks } },
    () => listEndpoints(db.sql),
  )
  edge.read(
    { method: 'GET', path: '/admin/webhooks/:id', access: 'admin', summary: 'One webhook', params: ById, answers: { 200: Webhook } },
    async ({ params, reply }) => {
      const webhook = await readEndpoint(db.sql, params.id as WebhookId)
      reply.version(webhook.version)
      return webhook
    },
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/webhooks/:id/deliveries', access: 'admin', summary: 'What was sent to a webhook, latest first' },
      ...{ params: ById, query: WebhookDeliveryQuery, answers: { 200: WebhookDeliveries } },
    } as const,
    ({ params, query, context }) =>
      readOnly(db, context, async tx => {
        const page = await deliveriesPage(tx.sql, params.id as WebhookId, query)
        // An empty page is not the same as no webhook.
        await readEndpoint(tx.sql, params.id as WebhookId)
        return page
      }),
  )
}

function endpointRoutes(edge: Edge, house: WebhooksHouse): void {
  const { db } = house
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/webhooks', access: 'admin', summary: 'Make a webhook; its secret is in this answer only' },
      ...{ body: NewWebhook, answers: { 201: WebhookSecret }, problems: ['too-many-webhooks'] },
    } as const,
    ({ keyed, context, body }) => answerOnce(db, { keyed, context }, {}, async tx => withSecret(tx, 201, await createEndpoint(tx, house, body))),
  )
  edge.command(
    {
      ...{ method: 'PATCH', path: '/admin/webhooks/:id', access: 'admin', summary: 'Change a webhook, pause it, let it go on' },
      ...{ params: ById, body: WebhookChange, answers: { 200: Webhook }, problems: ['precondition-failed'] },
    } as const,
    ({ keyed, context, params, body, request }) =>
      answerOnce(db, { keyed, context }, {}, async tx => {
        const id = params.id as WebhookId
        await changeEndpoint(tx, house, { id, change: body, refuseStale: version => expectVersion(request.headers, version) })
        return { status: 200, body: await readEndpoint(tx.sql, id) }
      }),
  )
  edge.command(
    { method: 'DELETE', path: '/admin/webhooks/:id', access: 'admin', summary: 'Remove a webhook and what was sent to it', params: ById, answers: { 204: null } },
    ({ keyed, context, params }) =>
      answerOnce(db, { keyed, context }, {}, async tx => {
        await removeEndpoint(tx, params.id as WebhookId)
        return { status: 204 }
      }),
  )
}

function secretRoutes(edge: Edge, house: WebhooksHouse): void {
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/webhooks/:id/rotate-secret', access: 'admin' },
      summary: 'Give a webhook another secret, shown in this answer only; the old one signs beside it for a day',
      ...{ params: ById, answers: { 200: WebhookSecret }, problems: ['webhook-secret-rotating'] },
    } as const,
    ({ keyed, context, params }) =>
      answerOnce(house.db, { keyed, context }, {}, async tx => withSecret(tx, 200, await rotateSecret(tx, house, params.id as WebhookId))),
  )
}

/** The secret is in the answer and not in its record. */
async function withSecret(tx: Tx, status: number, { id, secret }: Told) {
  const webhook = await readEndpoint(tx.sql, id)
  return { status, body: { webhook, secret }, stored: { webhook, secret: null } }
}

function sendRoutes(edge: Edge, { db }: WebhooksHouse): void {
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/webhooks/:id/test', access: 'admin', summary: 'Send something to see whether anybody listens' },
      ...{ params: ById, answers: { 201: WebhookDelivery }, problems: ['webhook-paused'] },
    } as const,
    ({ keyed, context, params }) =>
      answerOnce(db, { keyed, context }, {}, async tx => ({ status: 201, body: await sendTest(tx, params.id as WebhookId) })),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/webhooks/:id/redeliver', access: 'admin', summary: 'Send everything again that was given up since an instant' },
      ...{ params: ById, body: Redelivery, answers: { 200: Redelivered }, problems: ['webhook-paused'] },
    } as const,
    ({ keyed, context, params, body }) =>
      answerOnce(db, { keyed, context }, {}, async tx => ({ status: 200, body: await redeliverFailed(tx, params.id as WebhookId, body.since) })),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/webhooks/:id/deliveries/:delivery_id/redeliver', access: 'admin', summary: 'Send one delivery again' },
      ...{ params: ByDelivery, answers: { 200: WebhookDelivery }, problems: ['webhook-paused'] },
    } as const,
    ({ keyed, context, params }) =>
      answerOnce(db, { keyed, context }, {}, async tx => ({
        status: 200,
        body: await redeliverOne(tx, params.id as WebhookId, params.delivery_id as WebhookDeliveryId),
      })),
  )
}
