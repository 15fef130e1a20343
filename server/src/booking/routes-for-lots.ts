// What staff do to a client's lots: grant, adjust, extend, move, freeze and lift; a trainer for the clients they see.
import { FreezePreview, Frozen } from '@fitflow/contract/clients.ts'
import { Adjustment, Extension, FreezeQuery, Granted, NewFreeze, NewGrant, Transfer, Transferred } from '@fitflow/contract/credits.ts'
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import { adjustLot } from '../credits/adjust-lot.ts'
import { extendLot } from '../credits/extend-lot.ts'
import { grantCredits } from '../credits/grant-credits.ts'
import { transferCredits } from '../credits/transfer-credits.ts'
import { unfreezeLot } from '../credits/unfreeze-lot.ts'
import { lotToChange, type LotCommand } from '../credits/with-lot.ts'
import type { Context } from '../platform/context.ts'
import type { Edge } from '../platform/http.ts'
import type { Keyed } from '../platform/idempotency.ts'
import type { MembershipId, UserId } from '../platform/ids.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { freezeMembership, previewFreeze } from './freeze-membership.ts'
import { refuseOwn, refuseUnseenBy } from './seen-clients.ts'

const ById = Shape({ id: Id })

/** Registers them. */
export function lotRoutes(edge: Edge, house: AdmissionHouse): void {
  const { db } = house
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/clients/:id/credits', access: 'trainer', summary: 'Give a client credits, or unlimited access, with a reason' },
      ...{ params: ById, body: NewGrant, answers: { 201: Granted }, problems: ['not-found'] },
    } as const,
    async ({ params, body, keyed, context }) => {
      await refuseNotTheirs(house, params.id as UserId, { context })
      return grantCredits(db, params.id as UserId, body, commandOf(house, { keyed, context }))
    },
  )
  counting(edge, house)
  moving(edge, house)
  freezing(edge, house)
}

function counting(edge: Edge, house: AdmissionHouse): void {
  const { db } = house
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/memberships/:id/adjust', access: 'trainer', summary: 'Put credits into a lot, or take some out, with a reason' },
      ...{ params: ById, body: Adjustment, answers: { 200: Granted } },
      problems: ['not-found', 'membership-ended', 'membership-unlimited', 'balance-too-low'],
    } as const,
    async ({ params, body, ...by }) => adjustLot(db, await seenLot(house, params.id, by), body, commandOf(house, by)),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/memberships/:id/extend', access: 'trainer', summary: 'Give a lot a later end, with a reason' },
      ...{ params: ById, body: Extension, answers: { 200: Granted }, problems: ['not-found', 'membership-ended'] },
    } as const,
    async ({ params, body, ...by }) => extendLot(db, await seenLot(house, params.id, by), body, commandOf(house, by)),
  )
}

function moving(edge: Edge, house: AdmissionHouse): void {
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/memberships/:id/transfer', access: 'trainer', summary: 'Move credits to another member' },
      ...{ params: ById, body: Transfer, answers: { 200: Transferred } },
      problems: ['not-found', 'membership-ended', 'membership-unlimited', 'membership-frozen', 'balance-too-low'],
    } as const,
    async ({ params, body, ...by }) => {
      const id = await seenLot(house, params.id, by)
      await refuseNotTheirs(house, body.toUserId as UserId, by)
      return transferCredits(house.db, id, body, commandOf(house, by))
    },
  )
}

function freezing(edge: Edge, house: AdmissionHouse): void {
  const { db, settings } = house
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/memberships/:id/freeze-preview', access: 'trainer', summary: 'What a freeze would do, and the bookings inside it' },
      ...{ params: ById, query: FreezeQuery, answers: { 200: FreezePreview }, problems: ['membership-ended', 'membership-frozen'] },
    } as const,
    async ({ params, query, context }) => {
      return previewFreeze(db, await seenLot(house, params.id, { context }), query, { context, timeZone: settings.current().timeZone })
    },
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/memberships/:id/freeze', access: 'trainer', summary: 'Let a membership rest for some days' },
      ...{ params: ById, body: NewFreeze, answers: { 200: Frozen } },
      problems: ['not-found', 'membership-ended', 'membership-frozen', 'consequence-changed'],
    } as const,
    async ({ params, body, ...by }) => freezeMembership(db, await seenLot(house, params.id, by), body, commandOf(house, by)),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/memberships/:id/unfreeze', access: 'trainer', summary: 'Lift a freeze early' },
      ...{ params: ById, answers: { 200: Granted }, problems: ['not-found', 'membership-not-frozen'] },
    } as const,
    async ({ params, ...by }) => unfreezeLot(db, await seenLot(house, params.id, by), commandOf(house, by)),
  )
}

function commandOf({ settings }: AdmissionHouse, { keyed, context }: { keyed: Keyed; context: Context }): LotCommand {
  return { keyed, context, timeZone: settings.current().timeZone }
}

/** The lot's id, if the actor may see whose it is, and it is not a trainer's own. Throws `not-found`, `forbidden`. */
async function seenLot(house: AdmissionHouse, id: string, by: { context: Context }): Promise<MembershipId> {
  const { userId } = await lotToChange(house.db.sql, id as MembershipId)
  await refuseNotTheirs(house, userId, by)
  return id as MembershipId
}

async function refuseNotTheirs({ db }: AdmissionHouse, userId: UserId, { context }: { context: Context }): Promise<void> {
  refuseOwn(context.actor, userId)
  await refuseUnseenBy(db, context, userId)
}
