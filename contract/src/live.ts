// What `GET /live` says as it happens: enough to redraw a number, and to know what to read again.
import Type from 'typebox'
import { Hold } from './booking.ts'
import { Id, OneOf } from './scalars.ts'
import { sessionStatuses } from './sessions.ts'

/** Event `session`: a class changed, and what is left of it. The last three are for staff only. */
export const LiveSession = Type.Object({
  id: Id,
  status: OneOf(sessionStatuses),
  spotsLeft: Type.Integer(),
  waitlistLength: Type.Integer(),
  version: Type.Integer(),
  capacity: Type.Optional(Type.Integer()),
  taken: Type.Optional(Type.Integer()),
  waiting: Type.Optional(Type.Integer()),
})
export type LiveSession = Type.Static<typeof LiveSession>

/** Event `mine`: something of one's own changed; the holds and offers one has now. */
export const LiveMine = Type.Object({ holds: Type.Array(Hold) })
export type LiveMine = Type.Static<typeof LiveMine>

/** Event `client`, for admins: something of this person changed. */
export const LiveClient = Type.Object({ id: Id })
export type LiveClient = Type.Static<typeof LiveClient>

/** Event `slots`: what is open of this availability changed; whose 1:1 it was is nobody's business. */
export const LiveSlots = Type.Object({ availabilityId: Id })
export type LiveSlots = Type.Static<typeof LiveSlots>

/** Event `messages`, for admins: something was told to somebody, or was not; the list says what. */
export const LiveMessages = Type.Object({})
export type LiveMessages = Type.Static<typeof LiveMessages>

/** What is sent, by its event's name. `reset` means: what was said in between is lost, read again what you show. */
export const LiveEvents = { session: LiveSession, mine: LiveMine, client: LiveClient, slots: LiveSlots, messages: LiveMessages, reset: Type.Object({}) }
export type LiveEventName = keyof typeof LiveEvents
