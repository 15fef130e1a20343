// What the house announces: each topic and the facts it carries. Ids and versions only, never a person's data.
import Type from 'typebox'
import { holdKinds } from './booking.ts'
import { Id, Instant, Nullable, OneOf } from './scalars.ts'
import { standingOutcomes } from './standing.ts'

/** The class session, and its version after the change: consumers drop what is older than what they know. */
const ofSession = { sessionId: Id, version: Type.Integer() }
const ofHold = { holdId: Id, userId: Id, kind: OneOf(holdKinds), ...ofSession }
const ofBooking = { bookingId: Id, userId: Id, ...ofSession }
const ofEntry = { entryId: Id, userId: Id, ...ofSession }
const ofMembership = { membershipId: Id, userId: Id }
const ofCredits = { transactionIds: Type.Array(Id), userId: Id, bookingId: Nullable(Id) }
const ofPenalty = { penaltyId: Id, userId: Id, bookingId: Id }
/** The first series of those that continue each other. */
const ofStanding = { standingId: Id, userId: Id, seriesId: Id }

/** The facts of each topic, by its name. */
export const eventShapes = {
  'hold.created': Type.Object({ ...ofHold, expiresAt: Instant }),
  'hold.expired': Type.Object(ofHold),
  /** With the studio's `reason` when the whole class was called off. */
  'hold.released': Type.Object({ ...ofHold, reason: Type.Optional(Type.String()) }),
  'hold.confirmed': Type.Object({ ...ofHold, bookingId: Id }),
  'booking.confirmed': Type.Object(ofBooking),
  'booking.cancelled': Type.Object({ ...ofBooking, cancelKind: OneOf(['early', 'late', 'studio']) }),
  'checkin.recorded': Type.Object({ ...ofBooking, checkinId: Id, late: Type.Boolean() }),
  /** What was recorded does not hold: they are expected again, or were absent. */
  'checkin.undone': Type.Object({ ...ofBooking, checkinId: Id }),
  'booking.noshow': Type.Object(ofBooking),
  /** The no-show was a mistake: they were there, or may still come. */
  'booking.corrected': Type.Object(ofBooking),
  'waitlist.joined': Type.Object(ofEntry),
  'waitlist.left': Type.Object(ofEntry),
  /** Nobody can get in any more: the class was cancelled, with the studio's `reason`, or late joining has ended. */
  'waitlist.closed': Type.Object({ ...ofEntry, reason: Type.Optional(Type.String()) }),
  /** With `bookingId` when the spot was booked at once; else it is on offer until `expiresAt`. */
  'waitlist.promoted': Type.Object({ ...ofEntry, holdId: Id, expiresAt: Instant, bookingId: Type.Optional(Id) }),
  'waitlist.passed-over': Type.Object({ ...ofEntry, reason: Type.String() }),
  'standing.made': Type.Object(ofStanding),
  /** Given up, or its last day is over. */
  'standing.ended': Type.Object(ofStanding),
  /** Its turn in one session came. */
  'standing.decided': Type.Object({ ...ofSession, standingId: Id, userId: Id, outcome: OneOf(standingOutcomes) }),
  'credit.granted': Type.Object(ofCredits),
  'credit.used': Type.Object(ofCredits),
  'credit.returned': Type.Object(ofCredits),
  'penalty.given': Type.Object(ofPenalty),
  'penalty.waived': Type.Object(ofPenalty),
  'block.began': Type.Object({ blockId: Id, userId: Id, endsAt: Instant }),
  'block.ended': Type.Object({ blockId: Id, userId: Id }),
  'credit.expired': Type.Object(ofCredits),
  'credit.adjusted': Type.Object(ofCredits),
  'credit.transferred': Type.Object(ofCredits),
  /** Said `days` before the end of a lot that still has something in it. */
  'credit.expiring': Type.Object({ ...ofMembership, validUntil: Instant, days: Type.Integer() }),
  'membership.extended': Type.Object(ofMembership),
  'membership.frozen': Type.Object(ofMembership),
  'membership.unfrozen': Type.Object(ofMembership),
  /** `afterCancellation`: it takes place after all; bookings that were cancelled with it stay cancelled. */
  'session.published': Type.Object({ ...ofSession, afterCancellation: Type.Optional(Type.Literal(true)) }),
  /** `was`: what of time and trainer was otherwise before; left out when neither changed. */
  'session.changed': Type.Object({
    ...ofSession,
    was: Type.Optional(Type.Object({ startsAt: Type.Optional(Instant), endsAt: Type.Optional(Instant), trainerId: Type.Optional(Id) })),
  }),
  'session.started': Type.Object(ofSession),
  'session.completed': Type.Object(ofSession),
  'session.cancelled': Type.Object(ofSession),
  /** By itself: its receiver took nothing for days, or said that it is gone. `host` is all that is told of its address. */
  'webhook.paused': Type.Object({ webhookId: Id, host: Type.String(), cause: OneOf(['failing', 'gone']) }),
}

export type Topic = keyof typeof eventShapes
export type EventFacts = { [T in Topic]: Type.Static<(typeof eventShapes)[T]> }

export const topics = Object.keys(eventShapes) as Topic[]

/** Of the requirements, but of modules that are not there yet: each moves up when its module comes. */
export const comingTopics = ['payment.processed', 'payment.failed', 'credit.purchased'] as const

/** An event as anybody outside meets it: a CloudEvents 1.0 envelope in JSON. */
export const CloudEvent = (topic: Topic) =>
  Type.Object({
    specversion: Type.Literal('1.0'),
    id: Type.String({ pattern: '^[0-9]{1,15}$' }),
    source: Type.Literal('/fitflow'),
    type: Type.Literal(topic),
    time: Instant,
    /** The class session, membership or person it is about. */
    subject: Type.Optional(Type.String()),
    datacontenttype: Type.Literal('application/json'),
    /** Which shape `data` has; a change that old readers cannot bear gets the next number. */
    dataschema: Type.Literal(`urn:fitflow:event:${topic}:1`),
    /** The trace of the request that set it off. */
    traceid: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    data: eventShapes[topic],
  })
export type CloudEvent = Type.Static<ReturnType<typeof CloudEvent>>
