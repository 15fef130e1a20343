// Clients as staff see them, and as they see themselves: who they are, what they have, how they come.
import Type from 'typebox'
import { Booking, Hold, Receipt } from './booking.ts'
import { Membership, MyMemberships } from './credits.ts'
import { Credits, Id, Instant, Nullable, OneOf, PageQuery, Shape } from './scalars.ts'

export const Client = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  creditsBalance: Credits,
  unlimitedUntil: Nullable(Instant),
  /** Until when they may not book for themselves. */
  blockedUntil: Nullable(Instant),
})
export type Client = Type.Static<typeof Client>

/** `expiring`: something of theirs ends within the days of the first warning. */
export const clientMeans = ['credits', 'unlimited', 'nothing', 'expiring'] as const

export const ClientQuery = Shape({
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  has: Type.Optional(OneOf(clientMeans)),
  blocked: Type.Optional(OneOf(['true'])),
  ...PageQuery,
})
export type ClientQuery = Type.Static<typeof ClientQuery>

/** Whom staff look for at the desk: part of a name or address among their own clients, else an exact address or three letters of a name. */
export const WalkInQuery = Shape({ search: Type.String({ minLength: 1, maxLength: 100 }) })
export type WalkInQuery = Type.Static<typeof WalkInQuery>

/** Somebody to book in. Of those who are not one's own clients there is no more than this, and the address is masked. */
export const WalkIn = Type.Object({ id: Id, name: Type.String(), email: Type.String(), isOwn: Type.Boolean() })
export type WalkIn = Type.Static<typeof WalkIn>

/** How the bookings ended that are over. Rates are shares of what was not cancelled in time; null without any. */
export const AttendanceFigures = Type.Object({
  attended: Type.Integer(),
  noShows: Type.Integer(),
  lateCancels: Type.Integer(),
  earlyCancels: Type.Integer(),
  /** attended / (attended + noShows + lateCancels) */
  attendanceRate: Nullable(Type.Number()),
  /** noShows / (attended + noShows + lateCancels) */
  noShowRate: Nullable(Type.Number()),
})
export type AttendanceFigures = Type.Static<typeof AttendanceFigures>

export const ClientProfile = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  since: Instant,
  blockedUntil: Nullable(Instant),
  memberships: MyMemberships,
  attendance: AttendanceFigures,
})
export type ClientProfile = Type.Static<typeof ClientProfile>

/** The figures, and the bookings they count, latest first. */
export const ClientAttendance = Type.Object({
  ...AttendanceFigures.properties,
  items: Type.Array(Booking),
  nextCursor: Nullable(Type.String()),
})
export type ClientAttendance = Type.Static<typeof ClientAttendance>

/** A spot that a client holds, or has on offer, with the class it is in. */
export const ClientHold = Type.Object({ ...Hold.properties, session: Booking.properties.session })
export type ClientHold = Type.Static<typeof ClientHold>

/** What a freeze would do: the instants it covers, the new end, and the bookings inside that this membership paid. */
export const FreezePreview = Type.Object({ from: Instant, until: Instant, validUntil: Instant, bookings: Type.Array(Booking) })
export type FreezePreview = Type.Static<typeof FreezePreview>

/** `cancelled`: the bookings inside that the studio cancelled with it, everything returned. */
export const Frozen = Type.Object({ membership: Membership, receipt: Receipt, cancelled: Type.Array(Booking) })
export type Frozen = Type.Static<typeof Frozen>
