// Devices that show what somebody is told, as the browser's Push API names them.
import Type from 'typebox'
import { Id, Instant, Shape } from './scalars.ts'

/** The studio's key, which a browser subscribes with: an uncompressed point of P-256 in base64url. */
export const PushKey = Type.Object({ key: Type.String() })
export type PushKey = Type.Static<typeof PushKey>

/** `PushSubscription.toJSON()` without its expiry. */
export const NewPushSubscription = Shape({
  endpoint: Type.String({ minLength: 1, maxLength: 2000 }),
  keys: Shape({ p256dh: Type.String({ minLength: 1, maxLength: 200 }), auth: Type.String({ minLength: 1, maxLength: 100 }) }),
})
export type NewPushSubscription = Type.Static<typeof NewPushSubscription>

/** `service` is the host that carries messages there. */
export const PushSubscription = Type.Object({ id: Id, service: Type.String(), createdAt: Instant })
export type PushSubscription = Type.Static<typeof PushSubscription>
