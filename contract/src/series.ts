// Series: classes that repeat, in the studio's wall time and by an RFC 5545 rule, and what becomes of each of their days.
import Type from 'typebox'
import { Day, Id, Instant, Nullable, OneOf, PageQuery, Shape, WallTime, sessionMinutesMax } from './scalars.ts'
import { sessionStatuses } from './sessions.ts'

const rrule = Type.String({ minLength: 1, maxLength: 300 })
const durationMinutes = Type.Integer({ minimum: 5, maximum: sessionMinutesMax })
const capacity = Type.Integer({ minimum: 1, maximum: 100_000 })

/** What it gives every session; `own` says what differs from its template, null is the template's. */
export const Series = Type.Object({
  id: Id,
  templateId: Id,
  name: Type.String(),
  rrule: Type.String(),
  startsOn: Day,
  wallTime: WallTime,
  timeZone: Type.String(),
  durationMinutes: Type.Integer(),
  capacity: Type.Integer(),
  trainer: Type.Object({ id: Id, name: Type.String() }),
  own: Type.Object({ durationMinutes: Nullable(Type.Integer()), capacity: Nullable(Type.Integer()), trainerId: Nullable(Id) }),
  /** What it has where it says nothing for itself. */
  ofTemplate: Type.Object({ durationMinutes: Type.Integer(), capacity: Type.Integer(), trainer: Type.Object({ id: Id, name: Type.String() }) }),
  /** Whether its sessions are public from the start. */
  publishes: Type.Boolean(),
  /** The first day without sessions, once it was stopped or continued by another. */
  endsBefore: Nullable(Day),
  /** The series that it continues since an edit of "this and following", and the one that continues it. */
  continuesId: Nullable(Id),
  continuedById: Nullable(Id),
  /** The start of its next class that stands. */
  nextAt: Nullable(Instant),
  version: Type.Integer(),
})
export type Series = Type.Static<typeof Series>

export const occurrenceOutcomes = ['made', 'new', 'clash', 'closed'] as const
export type OccurrenceOutcome = (typeof occurrenceOutcomes)[number]

/** A session in the way. */
export const InTheWay = Type.Object({ sessionId: Id, name: Type.String(), startsAt: Instant, endsAt: Instant })
export type InTheWay = Type.Static<typeof InTheWay>

export const ownFields = ['time', 'capacity', 'trainer'] as const

/** The session of a day as it stands; `own` says which of its fields are its own, so that edits of the series pass them by. */
export const OccurrenceSession = Type.Object({
  status: OneOf(sessionStatuses),
  trainer: Type.Object({ id: Id, name: Type.String() }),
  capacity: Type.Integer(),
  taken: Type.Integer(),
  waitlistLength: Type.Integer(),
  own: Type.Array(OneOf(ownFields)),
})
export type OccurrenceSession = Type.Static<typeof OccurrenceSession>

/** One day of a series: made, or to be made, or skipped because the trainer teaches something else or the studio is shut. */
export const Occurrence = Type.Object({
  on: Day,
  startsAt: Instant,
  endsAt: Instant,
  outcome: OneOf(occurrenceOutcomes),
  sessionId: Nullable(Id),
  session: Nullable(OccurrenceSession),
  clash: Nullable(InTheWay),
  closure: Nullable(Type.Object({ id: Id, reason: Type.String() })),
  /** What the change of clocks does to its hour that day. */
  note: Nullable(Type.String()),
})
export type Occurrence = Type.Static<typeof Occurrence>

/** The days up to `until`, which is the first that is not planned yet. */
export const Occurrences = Type.Object({ occurrences: Type.Array(Occurrence), until: Day })
export type Occurrences = Type.Static<typeof Occurrences>

export const SeriesDetail = Type.Object({ ...Series.properties, ...Occurrences.properties })
export type SeriesDetail = Type.Static<typeof SeriesDetail>

const pattern = {
  templateId: Id,
  rrule,
  startsOn: Day,
  wallTime: WallTime,
  durationMinutes: Type.Optional(durationMinutes),
  trainerId: Type.Optional(Id),
}

/** Length, capacity and trainer are the template's when not given; with `skipClashes`, days on which the trainer is busy are left out. */
export const NewSeries = Type.Object(
  {
    ...pattern,
    capacity: Type.Optional(capacity),
    publishes: Type.Optional(Type.Boolean()),
    skipClashes: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type NewSeries = Type.Static<typeof NewSeries>

export const SeriesPreviewQuery = Shape(pattern)
export type SeriesPreviewQuery = Type.Static<typeof SeriesPreviewQuery>

/** Those that go on, or with `ended` those that do not; the newest first. */
export const SeriesQuery = Shape({ templateId: Type.Optional(Id), ended: Type.Optional(Type.Boolean()), ...PageQuery })
export type SeriesQuery = Type.Static<typeof SeriesQuery>
