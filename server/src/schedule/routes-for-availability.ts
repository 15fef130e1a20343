// How trainers say when they take 1:1s, and how members see the slots that are open; taking one is booking's.
import { Availability, AvailabilityChange, AvailabilityQuery, NewAvailability, SlotOffers, SlotQuery } from '@fitflow/contract/availability.ts'
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import type { Database } from '../platform/db.ts'
import { expectVersion } from '../platform/etag.ts'
import type { Edge } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import type { AvailabilityId } from '../platform/ids.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import type { AttendedBy } from './attending.ts'
import { listAvailabilities, ownAvailability, readAvailability, toWireAvailabilities, type AvailabilityCard } from './availabilities.ts'
import { changeAvailability, createAvailability } from './change-availability.ts'
import { slotOffers } from './open-slots.ts'
import type { SettingsStore } from './settings.ts'

interface House {
  db: Database
  settings: SettingsStore
  attendedBy: AttendedBy
}

const ById = Shape({ id: Id })

/** Registers the slots that anyone may see, and a trainer's own availabilities, or an admin's all. */
export function availabilityRoutes(edge: Edge, house: House): void {
  const { db, settings, attendedBy } = house
  edge.read(
    {
      ...{ method: 'GET', path: '/slots', access: 'anyone', summary: 'The open slots of 1:1s' },
      ...{ query: SlotQuery, answers: { 200: SlotOffers } },
    } as const,
    ({ context, query }) => readOnly(db, context, async tx => ({ items: await slotOffers({ sql: tx.sql, now: tx.now, attendedBy }, query, settings.current()) })),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/availabilities', access: 'trainer', summary: 'When trainers take 1:1s: a trainer’s own, an admin’s all' },
      ...{ query: AvailabilityQuery, answers: { 200: Type.Object({ items: Type.Array(Availability) }) } },
    } as const,
    ({ context, query }) => readOnly(db, context, async tx => ({ items: await toWireAvailabilities(tx.sql, await listAvailabilities(tx, query)) })),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/availabilities/:id', access: 'trainer', summary: 'One availability with its blocks' },
      ...{ params: ById, answers: { 200: Availability } },
    } as const,
    ({ context, params, reply }) =>
      readOnly(db, context, async tx => {
        const wire = await toWire(tx, ownAvailability(tx.actor, await readAvailability(tx.sql, params.id as AvailabilityId)))
        reply.version(wire.version)
        return wire
      }),
  )
  changingRoutes(edge, db)
}

function changingRoutes(edge: Edge, db: Database): void {
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/availabilities', access: 'trainer', summary: 'Take 1:1s of a template at these times' },
      ...{ body: NewAvailability, answers: { 201: Availability }, problems: ['not-found', 'template-archived'] },
    } as const,
    call =>
      answerOnce(db, call, { isolation: 'read committed' }, async tx => {
        return { status: 201, body: await toWire(tx, await createAvailability(tx, call.body)) }
      }),
  )
  edge.command(
    {
      ...{ method: 'PATCH', path: '/admin/availabilities/:id', access: 'trainer', summary: 'Change when 1:1s are taken, or stop; what is booked stays' },
      ...{ params: ById, body: AvailabilityChange, answers: { 200: Availability }, problems: ['precondition-failed'] },
    } as const,
    call =>
      answerOnce(db, call, { isolation: 'read committed' }, async tx => {
        const expect = (version: number) => expectVersion(call.request.headers, version)
        const card = await changeAvailability(tx, { id: call.params.id as AvailabilityId, change: call.body, expect })
        return { status: 200, body: await toWire(tx, card) }
      }),
  )
}

async function toWire({ sql }: Pick<Tx, 'sql'>, card: AvailabilityCard) {
  const [wire] = await toWireAvailabilities(sql, [card])
  if (!wire) throw new Error('an availability without its wire form')
  return wire
}
