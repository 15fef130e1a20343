// Class sessions as people browse them, and as staff make and change them from class templates.
import Type from 'typebox'
import { SettingsWarning } from './settings.ts'
import { Credits, Day, Id, Instant, Money, Nullable, OneOf, PageQuery, Shape, sessionMinutesMax } from './scalars.ts'

export const sessionStatuses = ['draft', 'published', 'in_progress', 'completed', 'cancelled'] as const
export type SessionStatus = (typeof sessionStatuses)[number]

export const mine = ['held', 'booked', 'waiting', 'offered'] as const
export type Mine = (typeof mine)[number]

export const Price = Type.Object({ credits: Credits, money: Nullable(Money) })

/** One card of the schedule. `spotsLeft` is what the public may take now; `mine` is the asker's own state. */
export const Session = Type.Object({
  id: Id,
  templateId: Id,
  name: Type.String(),
  type: Type.String(),
  trainer: Type.Object({ id: Id, name: Type.String() }),
  startsAt: Instant,
  endsAt: Instant,
  capacity: Type.Integer(),
  spotsLeft: Type.Integer(),
  waitlistLength: Type.Integer(),
  status: OneOf(sessionStatuses),
  mine: Nullable(OneOf(mine)),
  price: Price,
})
export type Session = Type.Static<typeof Session>

/** The class page: the card, its words, and what the asker has there. */
/** `none`: a 1:1 has no waitlist. */
export const waitlistDoors = ['open', 'paused', 'full', 'none'] as const
export type WaitlistDoor = (typeof waitlistDoors)[number]

export const SessionDetail = Type.Object({
  ...Session.properties,
  description: Type.String(),
  bookingOpensAt: Instant,
  bookingClosesAt: Instant,
  /** When the next public hold of somebody else runs out, if every free spot is held. */
  nextReleaseAt: Nullable(Instant),
  myHoldId: Nullable(Id),
  myBookingId: Nullable(Id),
  /** The availability that it is a slot of, when it is a 1:1 that a member booked. */
  availabilityId: Nullable(Id),
  /** The series that it is of: whether a place in all of its classes may be reserved, and the asker's reservation. */
  series: Nullable(Type.Object({ id: Id, rrule: Type.String(), isOpen: Type.Boolean(), standingId: Nullable(Id) })),
  /** Whether the waitlist takes one more, and why not. */
  waitlist: OneOf(waitlistDoors),
  version: Type.Integer(),
})
export type SessionDetail = Type.Static<typeof SessionDetail>

export const SessionQuery = Shape({
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  trainer_id: Type.Optional(Id),
  type: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  available: Type.Optional(Type.Boolean()),
  ...PageQuery,
})
export type SessionQuery = Type.Static<typeof SessionQuery>

/** A class that people share, or a time with a trainer for one person. */
export const sessionKinds = ['class', 'one_to_one'] as const
export type SessionKind = (typeof sessionKinds)[number]

/** How a freed spot reaches who waits: as an offer to accept, or booked at once where their means cover it. */
export const waitlistModes = ['offer', 'auto'] as const
export type WaitlistMode = (typeof waitlistModes)[number]

export const ClassTemplate = Type.Object({
  id: Id,
  kind: OneOf(sessionKinds),
  name: Type.String(),
  type: Type.String(),
  description: Type.String(),
  durationMinutes: Type.Integer(),
  defaultCapacity: Type.Integer(),
  trainer: Type.Object({ id: Id, name: Type.String() }),
  price: Price,
  waitlistMode: OneOf(waitlistModes),
  archived: Type.Boolean(),
  /** What does not go together in it and the studio's settings of now. */
  warnings: Type.Array(SettingsWarning),
  version: Type.Integer(),
})
export type ClassTemplate = Type.Static<typeof ClassTemplate>

const templateFields = {
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  type: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
  description: Type.String({ maxLength: 4000 }),
  durationMinutes: Type.Integer({ minimum: 5, maximum: sessionMinutesMax }),
  defaultCapacity: Type.Integer({ minimum: 1, maximum: 100_000 }),
  trainerId: Id,
  credits: Type.Number({ minimum: 0, maximum: 100, multipleOf: 0.01 }),
  dropIn: Nullable(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
  waitlistMode: OneOf(waitlistModes),
}

/** `trainerId` is the asker when not given; `credits` 1; `dropIn` in minor units, `null`: not sold singly; a 1:1 is for one person. */
export const NewTemplate = Type.Object(
  {
    name: templateFields.name,
    type: templateFields.type,
    durationMinutes: templateFields.durationMinutes,
    defaultCapacity: templateFields.defaultCapacity,
    description: Type.Optional(templateFields.description),
    trainerId: Type.Optional(templateFields.trainerId),
    credits: Type.Optional(templateFields.credits),
    dropIn: Type.Optional(templateFields.dropIn),
    waitlistMode: Type.Optional(templateFields.waitlistMode),
    kind: Type.Optional(OneOf(sessionKinds)),
  },
  { additionalProperties: false },
)
export type NewTemplate = Type.Static<typeof NewTemplate>

export const TemplateChange = Type.Object(
  {
    ...Type.Partial(Type.Object(templateFields)).properties,
    archived: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type TemplateChange = Type.Static<typeof TemplateChange>

/** The live ones, or with `archived` those taken out of use; by name. */
export const TemplateQuery = Shape({ archived: Type.Optional(Type.Boolean()), ...PageQuery })
export type TemplateQuery = Type.Static<typeof TemplateQuery>

/** `capacity` and `trainerId` are the template's when not given; `status` is `draft`, which nobody but staff sees. */
export const NewSession = Type.Object(
  {
    templateId: Id,
    startsAt: Instant,
    capacity: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    trainerId: Type.Optional(Id),
    status: Type.Optional(OneOf(['draft', 'published'])),
  },
  { additionalProperties: false },
)
export type NewSession = Type.Static<typeof NewSession>

/** `reason` is what members read when the class is cancelled. */
export const SessionChange = Type.Object(
  {
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })),
    capacity: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    trainerId: Type.Optional(Id),
    startsAt: Type.Optional(Instant),
    status: Type.Optional(OneOf(['draft', 'published', 'cancelled'])),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type SessionChange = Type.Static<typeof SessionChange>

/** A session as staff see it: every state, and the counts behind `spotsLeft`. */
export const StaffSession = Type.Object({
  ...Session.properties,
  kind: OneOf(sessionKinds),
  /** The availability that it is a slot of: a 1:1 that was booked by its time. */
  availabilityId: Nullable(Id),
  taken: Type.Integer(),
  waiting: Type.Integer(),
  held: Type.Integer(),
  booked: Type.Integer(),
  /** How many of those booked have checked in. */
  arrived: Type.Integer(),
  /** Whether anybody ever had a booking, cancelled since or not: it is no draft again then. */
  everBooked: Type.Boolean(),
  /** The series that made it. */
  seriesId: Nullable(Id),
  version: Type.Integer(),
})
export type StaffSession = Type.Static<typeof StaffSession>

export const StaffSessionQuery = Shape({
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  trainer_id: Type.Optional(Id),
  status: Type.Optional(OneOf(sessionStatuses)),
  ...PageQuery,
})
export type StaffSessionQuery = Type.Static<typeof StaffSessionQuery>
