// Changing a series from a day on or as a whole; one of its days alone is changed as any session is.
import Type from 'typebox'
import { ChangePreview } from './session-changes.ts'
import { Day, Id, Instant, Nullable, OneOf, Shape, WallTime, sessionMinutesMax } from './scalars.ts'

export const seriesScopes = ['following', 'all'] as const

const edit = {
  scope: OneOf(seriesScopes),
  /** The first day that changes; asked for with `following`. */
  from: Type.Optional(Day),
  wallTime: Type.Optional(WallTime),
}
const durationMinutes = Type.Integer({ minimum: 5, maximum: sessionMinutesMax })
const capacity = Type.Integer({ minimum: 1, maximum: 100_000 })

/** Null takes back what the series says for itself: then it is the template's. What a session says for itself stays. */
export const SeriesEdit = Shape({
  ...edit,
  durationMinutes: Type.Optional(Nullable(durationMinutes)),
  capacity: Type.Optional(Nullable(capacity)),
  trainerId: Type.Optional(Nullable(Id)),
})
export type SeriesEdit = Type.Static<typeof SeriesEdit>

export const SeriesEditQuery = Shape({
  ...edit,
  durationMinutes: Type.Optional(durationMinutes),
  capacity: Type.Optional(capacity),
  trainerId: Type.Optional(Id),
})

/** A class that would begin then, which is inside a closure: it is cancelled as the closure would have cancelled it. */
const ShutOut = Type.Object({ id: Id, startsAt: Instant, closure: Type.Object({ id: Id, reason: Type.String() }) })

const ManyPreview = Type.Object({ ...ChangePreview.properties, classes: Type.Integer(), closed: Type.Array(ShutOut) })

/** As for one class, how many classes change, and which of them are `closed` out; without `changes` it is like that already. `notes` say what goes on as it is. */
export const SeriesEditPreview = Type.Object({ ...ManyPreview.properties, changes: Type.Boolean(), notes: Type.Array(Type.String()) })
export type SeriesEditPreview = Type.Static<typeof SeriesEditPreview>

/** What a template says now, given to its classes that are ahead: all of them, or those from a day on. What a class or its series says for itself stays. */
export const ApplyTemplate = Shape({ from: Type.Optional(Day) })
export type ApplyTemplate = Type.Static<typeof ApplyTemplate>

/** As for a series; `repriced` classes cost something else for whoever holds a spot from then on. */
export const ApplyTemplatePreview = Type.Object({ ...ManyPreview.properties, repriced: Type.Integer() })
export type ApplyTemplatePreview = Type.Static<typeof ApplyTemplatePreview>

export const AppliedTemplate = Type.Object({ classes: Type.Integer() })
export type AppliedTemplate = Type.Static<typeof AppliedTemplate>
