// Outgoing webhooks: where a studio's own systems listen for events, and what was sent to them.
import Type from 'typebox'
import { topics } from './events.ts'
import { Id, Instant, Nullable, OneOf, Page, PageQuery, Shape } from './scalars.ts'

const Topics = Type.Array(OneOf(topics), { minItems: 1, maxItems: topics.length, uniqueItems: true })
const Address = Type.String({ pattern: '^https?://\\S+$', maxLength: 2000 })
const Description = Type.String({ maxLength: 200 })

/** `asked`: by an admin. `failing`: it took nothing for days. `gone`: it answered 410. */
export const pauseCauses = ['asked', 'failing', 'gone'] as const

export const Webhook = Type.Object({
  id: Id,
  url: Type.String(),
  description: Type.String(),
  topics: Type.Array(OneOf(topics)),
  /** What happens meanwhile waits, and is sent when it goes on. */
  paused: Nullable(Type.Object({ at: Instant, cause: OneOf(pauseCauses) })),
  /** Since when it has taken nothing of what was sent. */
  failingSince: Nullable(Instant),
  lastDeliveredAt: Nullable(Instant),
  /** Until then what is sent is also signed with the secret before the present one. */
  oldSecretUntil: Nullable(Instant),
  waiting: Type.Integer(),
  failed: Type.Integer(),
  createdAt: Instant,
  /** Brought back with `If-Match` by whoever changes it. */
  version: Type.Integer(),
})
export type Webhook = Type.Static<typeof Webhook>

export const Webhooks = Type.Object({ items: Type.Array(Webhook) })
export type Webhooks = Type.Static<typeof Webhooks>

export const NewWebhook = Shape({ url: Address, topics: Topics, description: Type.Optional(Description) })
export type NewWebhook = Type.Static<typeof NewWebhook>

export const WebhookChange = Shape({
  url: Type.Optional(Address),
  topics: Type.Optional(Topics),
  description: Type.Optional(Description),
  active: Type.Optional(Type.Boolean()),
})
export type WebhookChange = Type.Static<typeof WebhookChange>

/** The secret is told once: a replay of the same request has null in its place. */
export const WebhookSecret = Type.Object({ webhook: Webhook, secret: Nullable(Type.String()) })
export type WebhookSecret = Type.Static<typeof WebhookSecret>

/** `waiting`: for its first attempt or the next one. `failed`: given up. */
export const deliveryStates = ['waiting', 'delivered', 'failed'] as const

/** What an admin sends to see whether anybody listens: of no event. */
export const testTopic = 'webhook.test'

export const WebhookDelivery = Type.Object({
  id: Id,
  /** The header `webhook-id`, the same at every attempt. */
  webhookId: Type.String(),
  topic: OneOf([...topics, testTopic]),
  state: OneOf(deliveryStates),
  attempts: Type.Integer(),
  createdAt: Instant,
  /** Null when there is none to come. */
  nextAttemptAt: Nullable(Instant),
  lastAttemptAt: Nullable(Instant),
  deliveredAt: Nullable(Instant),
  /** Of the last attempt: the status and the first kilobyte of what came back, or why nothing did. */
  answer: Nullable(Type.Object({ status: Nullable(Type.Integer()), body: Type.String(), fault: Nullable(Type.String()) })),
  /** What is sent, byte for byte. */
  body: Type.String(),
})
export type WebhookDelivery = Type.Static<typeof WebhookDelivery>

export const WebhookDeliveryQuery = Shape({ ...PageQuery, state: Type.Optional(OneOf(deliveryStates)) })
export type WebhookDeliveryQuery = Type.Static<typeof WebhookDeliveryQuery>

export const WebhookDeliveries = Page(WebhookDelivery)

/** Everything that was given up and is of an event since then. */
export const Redelivery = Shape({ since: Instant })
export const Redelivered = Type.Object({ count: Type.Integer() })
export type Redelivered = Type.Static<typeof Redelivered>
