// How a 1:1 slot is taken: by the member for themselves, by staff for a client.
import { SlotWish } from '@fitflow/contract/availability.ts'
import { Hold } from '@fitflow/contract/booking.ts'
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import { BookedForClient, BookSlotForClient } from '@fitflow/contract/session-changes.ts'
import type { Edge } from '../platform/http.ts'
import type { AvailabilityId } from '../platform/ids.ts'
import { withinLimit } from './admission-desk.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { bookSlot } from './book-slot.ts'
import { holdSlot } from './hold-slot.ts'

const ById = Shape({ id: Id })

/** Registers both. */
export function slotRoutes(edge: Edge, house: AdmissionHouse): void {
  edge.command(
    {
      ...{ method: 'POST', path: '/slots/:id/hold', access: 'client', summary: 'Hold a 1:1 slot of an availability' },
      ...{ params: ById, body: SlotWish, answers: { 201: Hold, 200: Hold } },
      problems: ['already-booked', 'slot-not-open', 'trainer-busy', 'member-blocked', 'too-many-holds', 'too-many-bookings', 'own-class', 'teaching-then', 'overlapping-booking', 'insufficient-credits'],
    } as const,
    ({ params, body, keyed, context }) =>
      withinLimit(house.holdLimit, keyed, limitedForSeconds =>
        holdSlot(house, params.id as AvailabilityId, { keyed, context, limitedForSeconds, startsAt: Temporal.Instant.from(body.startsAt) })),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/availabilities/:id/bookings', access: 'trainer', summary: 'Book a client into a 1:1 at any time the trainer is free' },
      ...{ params: ById, body: BookSlotForClient, answers: { 201: BookedForClient } },
      problems: ['session-state', 'studio-closed', 'trainer-busy', 'own-class', 'teaching-then', 'overlapping-booking', 'insufficient-credits'],
    } as const,
    ({ params, body: { startsAt, ...wish }, keyed, context }) =>
      bookSlot(house, params.id as AvailabilityId, { keyed, context, wish, startsAt: Temporal.Instant.from(startsAt) }),
  )
}
