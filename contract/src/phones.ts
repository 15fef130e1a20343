// A member's mobile number: what the studio's SMS go to once it is known to be theirs.
import Type from 'typebox'
import { Instant, Nullable, Shape } from './scalars.ts'

/** `optedOut`: they said STOP to us from it; START lets us write again. */
export const MyPhone = Type.Object({
  /** E.164, and verified; null where there is none. */
  number: Nullable(Type.String()),
  optedOut: Type.Boolean(),
  /** A number that a code is on its way to. */
  pending: Nullable(Type.Object({ number: Type.String(), expiresAt: Instant, triesLeft: Type.Integer() })),
})
export type MyPhone = Type.Static<typeof MyPhone>

/** With the code of its country: +34 612 345 678. */
export const PhoneWish = Shape({ number: Type.String({ minLength: 5, maxLength: 40 }) })
export type PhoneWish = Type.Static<typeof PhoneWish>

export const PhoneCode = Shape({ code: Type.String({ pattern: '^[0-9]{6}$' }) })
