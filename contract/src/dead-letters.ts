// Events that a consumer could not handle in ten attempts: what they are, why, and letting them be tried again.
import Type from 'typebox'
import { topics } from './events.ts'
import { Instant, OneOf, Page, PageQuery, Shape } from './scalars.ts'

/** The number of an event, as its envelope's `id` has it. */
const EventId = Type.Integer({ minimum: 1 })
const ConsumerName = Type.String({ minLength: 1, maxLength: 100 })

export const DeadLetter = Type.Object({
  consumer: Type.String(),
  eventId: EventId,
  topic: OneOf(topics),
  occurredAt: Instant,
  attempts: Type.Integer(),
  deadAt: Instant,
  /** What the last attempt failed with. */
  reason: Type.String(),
})
export type DeadLetter = Type.Static<typeof DeadLetter>

/** By consumer, and of each the latest event first. */
export const DeadLetters = Page(DeadLetter)

export const DeadLetterQuery = Shape({ ...PageQuery, consumer: Type.Optional(ConsumerName) })
export type DeadLetterQuery = Type.Static<typeof DeadLetterQuery>

/** Which of them: those of one consumer, of one event, or both; all with neither. */
export const Resend = Shape({ consumer: Type.Optional(ConsumerName), eventId: Type.Optional(EventId) })
export type Resend = Type.Static<typeof Resend>

export const Resent = Type.Object({ count: Type.Integer() })
export type Resent = Type.Static<typeof Resent>
