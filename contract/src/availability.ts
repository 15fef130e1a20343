// When a trainer takes 1:1s, and the slots that are open then.
import Type from 'typebox'
import { Day, Id, Instant, OneOf, Shape, WallTime, sessionMinutesMax } from './scalars.ts'
import { Price } from './sessions.ts'

/** `weekly` opens a weekday, `once` one day; `exception` shuts a part of one day. */
export const blockKinds = ['weekly', 'once', 'exception'] as const
export type BlockKind = (typeof blockKinds)[number]

/** `HH:MM` in the studio's zone; `24:00` is the end of the day. */
const EndTime = Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' })

/** `weekday` 1 is Monday and belongs to `weekly`, `on` to the others; a weekly block may begin and end on days, both inclusive. */
export const Block = Shape({
  kind: OneOf(blockKinds),
  weekday: Type.Optional(Type.Integer({ minimum: 1, maximum: 7 })),
  on: Type.Optional(Day),
  from: WallTime,
  to: EndTime,
  validFrom: Type.Optional(Day),
  validUntil: Type.Optional(Day),
})
export type Block = Type.Static<typeof Block>

const terms = {
  slotMinutes: Type.Integer({ minimum: 5, maximum: sessionMinutesMax }),
  bufferMinutes: Type.Integer({ minimum: 0, maximum: 720 }),
  noticeMinutes: Type.Integer({ minimum: 0, maximum: 43_200 }),
  horizonDays: Type.Integer({ minimum: 1, maximum: 366 }),
}
const blocks = Type.Array(Block, { maxItems: 200 })

export const Availability = Type.Object({
  id: Id,
  template: Type.Object({ id: Id, name: Type.String() }),
  trainer: Type.Object({ id: Id, name: Type.String() }),
  ...terms,
  blocks: Type.Array(Block),
  archived: Type.Boolean(),
  version: Type.Integer(),
})
export type Availability = Type.Static<typeof Availability>

/** Of a 1:1 template, whose trainer it is; a slot is as long as the template unless told otherwise. */
export const NewAvailability = Shape({
  templateId: Id,
  slotMinutes: Type.Optional(terms.slotMinutes),
  bufferMinutes: Type.Optional(terms.bufferMinutes),
  noticeMinutes: Type.Optional(terms.noticeMinutes),
  horizonDays: Type.Optional(terms.horizonDays),
  blocks,
})
export type NewAvailability = Type.Static<typeof NewAvailability>

/** `blocks` replaces all of them. What is booked already stays as it is. */
export const AvailabilityChange = Type.Object(
  { ...Type.Partial(Type.Object({ ...terms, blocks })).properties, archived: Type.Optional(Type.Boolean()) },
  { additionalProperties: false, minProperties: 1 },
)
export type AvailabilityChange = Type.Static<typeof AvailabilityChange>

export const Slot = Type.Object({ startsAt: Instant, endsAt: Instant })
export type Slot = Type.Static<typeof Slot>

/** What one trainer offers under one name, and the slots that are open in the days asked for. */
export const SlotOffer = Type.Object({
  availabilityId: Id,
  name: Type.String(),
  description: Type.String(),
  trainer: Type.Object({ id: Id, name: Type.String() }),
  slotMinutes: Type.Integer(),
  price: Price,
  /** The last studio day that can be booked now. */
  until: Day,
  slots: Type.Array(Slot),
})
export type SlotOffer = Type.Static<typeof SlotOffer>

export const SlotOffers = Type.Object({ items: Type.Array(SlotOffer) })

/** Studio days, both inclusive; two weeks from today unless told, at most 62 days. */
export const SlotQuery = Shape({ from: Type.Optional(Day), to: Type.Optional(Day), trainer_id: Type.Optional(Id) })
export type SlotQuery = Type.Static<typeof SlotQuery>

export const SlotWish = Shape({ startsAt: Instant })
export type SlotWish = Type.Static<typeof SlotWish>

export const AvailabilityQuery = Shape({ trainer_id: Type.Optional(Id), archived: Type.Optional(Type.Boolean()) })
export type AvailabilityQuery = Type.Static<typeof AvailabilityQuery>

