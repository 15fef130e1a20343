// When the studio is shut, and what ends many classes at once: each shows first whom it affects.
import Type from 'typebox'
import { AffectedPerson } from './session-changes.ts'
import { Credits, Day, Id, Instant, Nullable, OneOf, PageQuery, Shape } from './scalars.ts'

const reason = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })

export const Closure = Type.Object({ id: Id, startsAt: Instant, endsAt: Instant, reason: Type.String(), liftedAt: Nullable(Instant) })
export type Closure = Type.Static<typeof Closure>

/** What lies inside is cancelled by the studio, everything returned; members read the reason. */
export const NewClosure = Shape({ startsAt: Instant, endsAt: Instant, reason })
export type NewClosure = Type.Static<typeof NewClosure>

export const ClosurePreviewQuery = Shape({ startsAt: Instant, endsAt: Instant })

/** Those in force, or with `past` those that are over or lifted; the next first. */
export const ClosureQuery = Shape({ past: Type.Optional(Type.Boolean()), ...PageQuery })
export type ClosureQuery = Type.Static<typeof ClosureQuery>

/** One class that would end, with everybody in it. */
export const EndingSession = Type.Object({ id: Id, name: Type.String(), startsAt: Instant, endsAt: Instant, people: Type.Array(AffectedPerson) })

/** Whom it would affect, class by class, and those that would stay because somebody has booked them. */
export const EndingPreview = Type.Object({
  sessions: Type.Array(EndingSession),
  kept: Type.Array(Type.Object({ id: Id, name: Type.String(), startsAt: Instant, booked: Type.Integer() })),
  creditsReturned: Credits,
  sentence: Type.String(),
})
export type EndingPreview = Type.Static<typeof EndingPreview>

/** `cancel`: every class from that day on goes, everything returned; `keep`: those stay that somebody holds, has booked or waits for. */
export const stopWays = ['cancel', 'keep'] as const

export const StopSeries = Shape({ endsBefore: Day, booked: OneOf(stopWays), reason: Type.Optional(reason) })
export type StopSeries = Type.Static<typeof StopSeries>

export const StopPreviewQuery = Shape({ endsBefore: Day, booked: OneOf(stopWays) })

/** Without `changes` it has stopped like that already; `notes` say what stays, and what goes on without it. */
export const StopPreview = Type.Object({ ...EndingPreview.properties, changes: Type.Boolean(), notes: Type.Array(Type.String()) })
export type StopPreview = Type.Static<typeof StopPreview>
