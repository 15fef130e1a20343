// The studio's settings: one effective-dated row each time one changes.
import Type from 'typebox'
import { Instant } from './scalars.ts'

/** Every setting by its name, with the bounds within which it makes sense. */
export const settingShapes = {
  studioName: Type.String({ minLength: 1, maxLength: 80 }),
  accentColor: Type.String({ pattern: '^#[0-9a-fA-F]{6}$' }),
  timeZone: Type.String({ minLength: 1, maxLength: 64 }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  /** How long a hold lasts. */
  holdSeconds: Type.Integer({ minimum: 5, maximum: 3600 }),
  /** How long a waitlist offer lasts. */
  offerSeconds: Type.Integer({ minimum: 5, maximum: 3600 }),
  /** Booking opens this many days before the start. */
  bookingOpensDays: Type.Integer({ minimum: 0, maximum: 365 }),
  /** Booking closes this many minutes before the start. */
  bookingClosesMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }),
  /** Live holds one member may have. */
  liveHoldsMax: Type.Integer({ minimum: 1, maximum: 100 }),
  /** More than this many hours before the start, a cancellation returns everything. */
  fullReturnHours: Type.Integer({ minimum: 0, maximum: 720 }),
  /** From `fullReturnHours` down to and including this many hours, the middle share comes back. */
  halfReturnHours: Type.Integer({ minimum: 0, maximum: 720 }),
  /** The middle share that comes back, in percent. */
  halfReturnPercent: Type.Integer({ minimum: 0, maximum: 100 }),
  /** New holds a user may ask for in one minute. */
  holdsPerMinute: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  /** Requests a user or an address may make in one minute. */
  requestsPerMinute: Type.Integer({ minimum: 10, maximum: 100_000_000 }),
  /** Failed sign-ins in one minute, for one account and for one address. */
  failedSignInsPerAccountPerMinute: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  failedSignInsPerAddressPerMinute: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
}

export const Settings = Type.Object({ ...settingShapes, version: Type.Integer(), effectiveFrom: Instant })
export type Settings = Type.Static<typeof Settings>

export const SettingsChange = Type.Object(
  { ...Type.Partial(Type.Object(settingShapes)).properties, effectiveFrom: Type.Optional(Instant) },
  { additionalProperties: false, minProperties: 1 },
)
export type SettingsChange = Type.Static<typeof SettingsChange>
