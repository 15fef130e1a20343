// Guarantees of a standing reservation that names what pays first: it pays while it can, then whatever else there is, as was shown.
import type { StandingPreview } from '@fitflow/contract/standing.ts'
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { refusal } from '../../test/front-desk.ts'
import { aSeries } from '../../test/series.ts'
import { aServer } from '../../test/server.ts'
import { aStandingStage } from '../../test/standing.ts'
import { aLot, aMember, anAdmin } from '../../test/world.ts'

const { db, clock } = await aDatabase()
const stage = await aStandingStage(db, clock)
const { ask } = await aServer(db)

/** A class a week of which the first five are open, a member with two credits that end soon, four that end late and unlimited access if told. */
async function aChoice({ unlimited = false } = {}) {
  const { series } = await aSeries(db, { startsOn: String(clock.now().toZonedDateTimeISO('UTC').toPlainDate().add({ days: 1 })) })
  const member = await aMember(db)
  const soon = await aLot(db, member, { name: 'Soon', credits: 200, validUntil: clock.now().add({ hours: 50 * 24 }) })
  const late = await aLot(db, member, { name: 'Late', credits: 400, validUntil: clock.now().add({ hours: 80 * 24 }) })
  const access = unlimited ? await aLot(db, member, { name: 'Unlimited', credits: null, validUntil: clock.now().add({ hours: 80 * 24 }) }) : undefined
  return { series, member, soon, late, access }
}

const balances = async ({ id }: { id: string }) =>
  Object.fromEntries((await db.sql`select name, credits_balance from memberships where user_id = ${id}`).map(row => [row['name'], row['creditsBalance']]))
const previewed = async (member: Parameters<typeof ask>[0], query: Record<string, string>) =>
  ((await ask(member, 'GET', `/api/v1/standing/preview?${new URLSearchParams(query)}`)).json as StandingPreview).coming.filter(one => one.outcome === 'booked').map(one => one.credits)

test('out of the lot that was named, and when that is used up out of the others', async () => {
  const { series, member, late } = await aChoice()
  expect(await previewed(member, { seriesId: series.id, membershipId: late.id })).toEqual([1, 1, 1, 1, 1])
  const made = await stage.reserve(member, { seriesId: series.id, membershipId: late.id })
  expect(made.paysFirst).toEqual({ id: late.id, name: 'Late' })
  await stage.run()
  expect(await balances(member)).toEqual({ Soon: 100, Late: 0 })
})

test('in the order of spending when none is named', async () => {
  const { series, member } = await aChoice()
  expect((await stage.reserve(member, { seriesId: series.id })).paysFirst).toBe(null)
  await stage.run()
  expect(await balances(member)).toEqual({ Soon: 0, Late: 100 })
})

test('credits that are named pay before unlimited access, and unlimited access before credits when that is named', async () => {
  const [one, other] = [await aChoice({ unlimited: true }), await aChoice({ unlimited: true })]
  expect(await previewed(one.member, { seriesId: one.series.id, membershipId: one.soon.id })).toEqual([1, 1, 0, 0, 0])
  await stage.reserve(one.member, { seriesId: one.series.id, membershipId: one.soon.id })
  await stage.reserve(other.member, { seriesId: other.series.id, membershipId: other.access!.id })
  await stage.run()
  expect(await balances(one.member)).toEqual({ Soon: 0, Late: 400, Unlimited: 0 })
  expect(await balances(other.member)).toEqual({ Soon: 200, Late: 400, Unlimited: 0 })
})

test('another’s lot is not there to be named, nor by staff, and one that has ended is refused from that instant on', async () => {
  const [{ series, member, soon }, stranger, admin] = [await aChoice(), await aChoice(), await anAdmin(db)]
  const wish = { seriesId: series.id, membershipId: stranger.soon.id }
  await refusal('not-found', stage.reserve(member, wish))
  expect((await ask(member, 'GET', `/api/v1/standing/preview?${new URLSearchParams(wish)}`)).status).toBe(404)
  expect((await ask(admin, 'POST', `/api/v1/admin/clients/${member.id}/standing`, { body: wish })).status).toBe(404)
  clock.set(soon.validUntil)
  await refusal('membership-ended', stage.reserve(member, { seriesId: series.id, membershipId: soon.id }))
  clock.set(soon.validUntil.subtract({ milliseconds: 1 }))
  expect((await ask(admin, 'POST', `/api/v1/admin/clients/${member.id}/standing`, { body: { ...wish, membershipId: soon.id } })).json).toMatchObject({ paysFirst: { name: 'Soon' } })
})
