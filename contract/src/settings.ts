// The studio's settings: one effective-dated row each time one changes.
import Type from 'typebox'
import { Id, Instant, Nullable, OneOf, Page, PageQuery, Shape, WallTime } from './scalars.ts'

/** Every setting by its name, with the bounds within which it makes sense. */
export const settingShapes = {
  studioName: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
  accentColor: Type.String({ pattern: '^#[0-9a-fA-F]{6}$' }),
  timeZone: Type.String({ minLength: 1, maxLength: 64 }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  /** How long a hold lasts. */
  holdSeconds: Type.Integer({ minimum: 5, maximum: 3600 }),
  /** How long a waitlist offer lasts. */
  offerSeconds: Type.Integer({ minimum: 5, maximum: 3600 }),
  /** When booking opens: so many days before the start, or at a fixed clock time of the week ("the drop"). */
  bookingOpensMode: OneOf(['rolling', 'clock']),
  /** Rolling: booking opens this many days before the start. */
  bookingOpensDays: Type.Integer({ minimum: 0, maximum: 365 }),
  /** Clock: the weekday (1 is Monday) and the studio's wall time at which booking opens. */
  bookingOpensWeekday: Type.Integer({ minimum: 1, maximum: 7 }),
  bookingOpensTime: WallTime,
  /** Clock: a class opens at the last such time that lies at least this many days before its start. */
  bookingOpensLeadDays: Type.Integer({ minimum: 0, maximum: 90 }),
  /** Booking closes this many minutes before the start. */
  bookingClosesMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }),
  /** Live holds one member may have. */
  liveHoldsMax: Type.Integer({ minimum: 1, maximum: 100 }),
  /** Spots one member may have in one studio day, in one studio week (from Monday), and ahead; 0: no such cap. */
  bookingsPerDayMax: Type.Integer({ minimum: 0, maximum: 100 }),
  bookingsPerWeekMax: Type.Integer({ minimum: 0, maximum: 500 }),
  bookingsUpcomingMax: Type.Integer({ minimum: 0, maximum: 1000 }),
  /** A standing reservation is booked this many minutes before the public window opens. */
  standingLeadMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }),
  /** Sessions of a series are made this many weeks ahead. */
  seriesHorizonWeeks: Type.Integer({ minimum: 1, maximum: 52 }),
  /** After the start somebody is still let in, and no no-show is marked, for this many minutes. */
  graceMinutes: Type.Integer({ minimum: 0, maximum: 120 }),
  /** A code is accepted from this many minutes before the start. */
  scanOpensMinutes: Type.Integer({ minimum: 0, maximum: 1440 }),
  /** A no-show's spot is offered until this many minutes after the start. */
  lateJoinMinutes: Type.Integer({ minimum: 0, maximum: 120 }),
  /** Spots freed before the start are offered until this many minutes before it, then they are public again. */
  waitlistCutoffMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }),
  /** So many may wait for one class at once; 0: as many as like. */
  waitlistMax: Type.Integer({ minimum: 0, maximum: 10_000 }),
  /** Less than this many hours before the start, automatic promotion makes an offer instead. */
  autoPromotionHours: Type.Integer({ minimum: 0, maximum: 720 }),
  /** A booking made by promotion cancels free for this many minutes. */
  promotionFreeCancelMinutes: Type.Integer({ minimum: 0, maximum: 1440 }),
  /** The studio's wall times between which offers sleep; equal: never. */
  quietHoursStart: WallTime,
  quietHoursEnd: WallTime,
  /** Whether an unlimited member gets a strike for a late cancellation or a no-show. */
  strikesOn: Type.Boolean(),
  /** So many strikes within so many days block booking for so many days. */
  strikesMax: Type.Integer({ minimum: 1, maximum: 50 }),
  strikeWindowDays: Type.Integer({ minimum: 1, maximum: 730 }),
  blockDays: Type.Integer({ minimum: 1, maximum: 365 }),
  /** Owed for a late cancellation and for a no-show by an unlimited member, in minor units; 0: nothing. */
  lateCancelFee: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
  noShowFee: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
  /** A member is warned so many days before credits expire, and once more. */
  firstExpiryWarningDays: Type.Integer({ minimum: 1, maximum: 365 }),
  lastExpiryWarningDays: Type.Integer({ minimum: 1, maximum: 365 }),
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

/** What is said of some settings taken together, and a way on; they are named as above. */
const Words = { settings: Type.Array(Type.String()), sentence: Type.String() }

/** A trap: what can be kept, yet rarely does what its owner means. */
export const SettingsWarning = Type.Object(Words)

/** `warnings`: what can be kept, yet rarely does what its owner means. */
export const Settings = Type.Object({
  ...settingShapes,
  version: Type.Integer(),
  effectiveFrom: Instant,
  warnings: Type.Array(SettingsWarning),
})
export type Settings = Type.Static<typeof Settings>

export const SettingsChange = Type.Object(
  { ...Type.Partial(Type.Object(settingShapes)).properties, effectiveFrom: Type.Optional(Instant) },
  { additionalProperties: false, minProperties: 1 },
)
export type SettingsChange = Type.Static<typeof SettingsChange>

/** The change that is thought of, as the parameters of a query; without any, what holds. */
export const SettingsPreviewQuery = Shape(SettingsChange.properties)
export type SettingsPreviewQuery = Type.Static<typeof SettingsPreviewQuery>

/** Said of what holds from `effectiveFrom` on: the change itself, or what is planned after it and builds on it. */
const DatedWords = Type.Object({ ...Words, effectiveFrom: Instant })

/** What saving a change would say: contradictions refuse it, warnings do not. */
export const SettingsPreview = Type.Object({ contradictions: Type.Array(DatedWords), warnings: Type.Array(DatedWords) })
export type SettingsPreview = Type.Static<typeof SettingsPreview>

const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean()])
const Person = Type.Object({ id: Id, name: Type.String() })

/** One change: what it says anew, who made it and when, and the traps of all that holds under it. */
const SettingsVersion = Type.Object({
  version: Type.Integer(),
  effectiveFrom: Instant,
  /** `replaced`: a newer version has taken force since. `withdrawn`: it was taken back before it took force. */
  state: OneOf(['replaced', 'in_force', 'planned', 'withdrawn']),
  /** Beside each value the one that held, or would hold, just before. */
  changes: Type.Array(Type.Object({ setting: Type.String(), was: Value, is: Value })),
  /** `null`: the studio's own set-up. */
  madeBy: Nullable(Person),
  madeAt: Instant,
  withdrawn: Nullable(Type.Object({ by: Nullable(Person), at: Instant })),
  warnings: Type.Array(SettingsWarning),
})
export type SettingsVersion = Type.Static<typeof SettingsVersion>

/** What takes force last comes first. */
export const SettingsVersions = Page(SettingsVersion)
export type SettingsVersions = Type.Static<typeof SettingsVersions>
export const SettingsVersionsQuery = Shape(PageQuery)
export type SettingsVersionsQuery = Type.Static<typeof SettingsVersionsQuery>

/** Which planned version is taken back. */
export const SettingsWithdrawal = Shape({ version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) })
