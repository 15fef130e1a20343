// Standing reservations: a member's place in every session of a series, and what became of each.
import Type from 'typebox'
import { Credits, Day, Id, Instant, Nullable, OneOf, Shape } from './scalars.ts'

const wish = {
  seriesId: Id,
  /** Whether they wait where a session is full; yes unless told. */
  joinsWaitlist: Type.Optional(Type.Boolean()),
  /** The first day, today unless told; not before today. */
  from: Type.Optional(Day),
  /** The last day. */
  until: Type.Optional(Day),
  /** What pays first, while it can; then whatever else there is. Unless told, in the order of spending. */
  membershipId: Type.Optional(Id),
  /** Or for so many sessions. */
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 104 })),
}

/** The member's wish. Without `until` and `count` it goes on until it is ended. */
export const NewStanding = Shape(wish)
export type NewStanding = Type.Static<typeof NewStanding>

export const standingOutcomes = ['booked', 'waitlisted', 'skipped'] as const
export type StandingOutcome = (typeof standingOutcomes)[number]

/** How things stand now: `coming` is undecided, `missed` waited in vain or left the list, `called-off` is the studio's doing. */
const standingStates = ['coming', 'booked', 'attended', 'no-show', 'waiting', 'offered', 'skipped', 'missed', 'cancelled', 'called-off'] as const
export type StandingState = (typeof standingStates)[number]

/** One session of the series for whoever has a place there. */
const StandingOccurrence = Type.Object({
  sessionId: Id,
  startsAt: Instant,
  endsAt: Instant,
  state: OneOf(standingStates),
  /** What was decided when its turn came; null before. */
  outcome: Nullable(OneOf(standingOutcomes)),
  /** The code of the problem for which it was skipped. */
  reason: Nullable(Type.String()),
  /** The receipt of that decision, in one plain sentence. */
  sentence: Nullable(Type.String()),
  /** The booking they have or had, also one that came by the waitlist or by hand later. */
  bookingId: Nullable(Id),
  /** When its turn comes, or was to come. */
  decidesAt: Instant,
  decidedAt: Nullable(Instant),
})
export type StandingOccurrence = Type.Static<typeof StandingOccurrence>

const Person = Type.Object({ id: Id, name: Type.String() })

/** The series as it is now: the part that goes on. */
const seriesFields = {
  seriesId: Id,
  name: Type.String(),
  rrule: Type.String(),
  wallTime: Type.String(),
  timeZone: Type.String(),
  durationMinutes: Type.Integer(),
  trainer: Person,
}

/** One reservation: what is ahead, soonest first, and what was, latest first. */
export const Standing = Type.Object({
  id: Id,
  ...seriesFields,
  joinsWaitlist: Type.Boolean(),
  /** What pays first, while it can. */
  paysFirst: Nullable(Type.Object({ id: Id, name: Type.String() })),
  startsOn: Day,
  endsOn: Nullable(Day),
  endedAt: Nullable(Instant),
  coming: Type.Array(StandingOccurrence),
  past: Type.Array(StandingOccurrence),
})
export type Standing = Type.Static<typeof Standing>

/** A series that a member may have a place in, and the one they have. */
export const StandingSeries = Type.Object({
  ...seriesFields,
  next: Nullable(Type.Object({ sessionId: Id, startsAt: Instant })),
  standingId: Nullable(Id),
})
export type StandingSeries = Type.Static<typeof StandingSeries>

/** What a reservation like this would come to: the sessions on the schedule so far, soonest first. */
export const StandingPreview = Type.Object({
  ...seriesFields,
  startsOn: Day,
  endsOn: Nullable(Day),
  coming: Type.Array(
    Type.Object({
      sessionId: Id,
      startsAt: Instant,
      endsAt: Instant,
      /** When it would be decided. */
      decidesAt: Instant,
      /** What would become of it now, when its turn has come already; null when it is still to come. */
      outcome: Nullable(OneOf(standingOutcomes)),
      reason: Nullable(Type.String()),
      sentence: Nullable(Type.String()),
      /** What it would cost at once. */
      credits: Nullable(Credits),
    }),
  ),
})
export type StandingPreview = Type.Static<typeof StandingPreview>

/** A series’ reservation as staff see it, in the order in which they are booked. */
export const StandingForStaff = Type.Object({ ...Standing.properties, client: Person })
export type StandingForStaff = Type.Static<typeof StandingForStaff>
