// What not coming and cancelling late cost whom, how strikes add up to a block, and how staff give exactly that back.
import { expect, test } from 'vitest'
import type { Waived } from '@fitflow/contract/penalties.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, aTrainer, system, type Person } from '../../test/world.ts'
import { endBlocks } from '../credits/end-blocks.ts'
import { memberLots } from '../credits/member-lots.ts'
import type { BookingId, PenaltyId } from '../platform/ids.ts'
import { readOnly, transact } from '../platform/tx.ts'
import { changeSettings } from '../schedule/change-settings.ts'
import { readPenalties } from './read-penalties.ts'
import { waiveBooking, waivePenalty } from './waive.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const admin = await anAdmin(db, 'Ada Admin')

async function anUnlimited(): Promise<Person> {
  const member = await aMember(db)
  await aLot(db, member, { credits: null, name: 'Unlimited', validUntil: clock.now().add({ hours: 400 * 24 }) })
  return member
}
async function withCredits(): Promise<Person> {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

async function booked(who: Person, hours = 48) {
  const session = await aSession(db, { startsAt: clock.now().add({ hours }) })
  const hold = await desk.hold(who, session)
  const { booking } = await desk.confirm(who, hold, { method: hold.quote.options[0]!.method })
  return { session, booking }
}

async function misses(who: Person) {
  const made = await booked(who)
  clock.set(made.session.startsAt.add({ minutes: 10 }))
  await desk.markNoShows()
  await desk.settle()
  return made
}

async function cancelsLate(who: Person, hoursBefore = 3) {
  const made = await booked(who)
  clock.set(made.session.startsAt.subtract({ hours: hoursBefore }))
  return { ...made, preview: await desk.preview(who, made.booking), cancelled: await desk.cancel(who, made.booking) }
}

const penalties = (who: Person) => readOnly(db, who.context, tx => readPenalties(tx, who.id, { query: {}, settings: desk.house.settings.current() }))
const balance = (who: Person) => readOnly(db, who.context, async tx => (await memberLots(tx, who.id)).creditsBalance)
const command = (reason = 'She was ill') => ({ keyed: keyed(admin), context: admin.context, reason })
const waive = async (id: string) => JSON.parse((await waivePenalty(desk.house, id as PenaltyId, command())).body) as Waived
const waiveAll = async ({ id }: { id: string }) => JSON.parse((await waiveBooking(desk.house, id as BookingId, command())).body) as Waived
const receiptsOf = async ({ id }: { id: string }) =>
  (await db.sql`select rule, sentence from decision_receipts where booking_id = ${id} order by decided_at, id`).map(row => `${row['rule']}: ${row['sentence']}`)

test('a no-show forfeits what was paid, once, with a receipt that says so, and gets no strike for it', async () => {
  const mia = await withCredits()
  const { booking } = await misses(mia)
  await desk.settle()
  expect(await balance(mia)).toBe(9)
  expect(await receiptsOf(booking)).toEqual([expect.stringContaining('credits: Booked'), 'no-show: Did not come to Morning Strength: the whole credit was kept.'])
  expect(await db.sql`select type, amount from credit_transactions where booking_id = ${booking.id} and type = 'forfeit'`).toEqual([{ type: 'forfeit', amount: 0 }])
  expect((await penalties(mia)).items).toEqual([])
})

test('unlimited access: a no-show is a strike, said in one sentence', async () => {
  const mia = await anUnlimited()
  await misses(mia)
  const { strikes, items, blockedUntil } = await penalties(mia)
  expect(strikes).toMatchObject({ counting: 1, max: 3 })
  expect(blockedUntil).toBe(null)
  expect(items).toMatchObject([{ kind: 'strike', cause: 'no-show', state: 'counts', booking: { className: 'Morning Strength' } }])
  expect(items[0]!.receipt.sentence).toBe('Did not come to Morning Strength: the 1st strike of 3 within 90 days.')
})

test.each([
  [12, false],
  [{ hours: 11, minutes: 59, seconds: 59 }, true],
] as const)('unlimited access: cancelling %j before the start gives a strike: %s, at once and as it was shown', async (left, strike) => {
  const mia = await anUnlimited()
  const { session, booking } = await booked(mia)
  clock.set(session.startsAt.subtract(typeof left === 'number' ? { hours: left } : left))
  expect((await desk.preview(mia, booking)).strike).toBe(strike)
  const { strike: receipt } = await desk.cancel(mia, booking)
  expect(receipt?.sentence).toBe(strike ? 'Cancelled Morning Strength 11 h 59 m before the start, under 12 h: the 1st strike of 3 within 90 days.' : undefined)
  expect((await penalties(mia)).strikes.counting).toBe(strike ? 1 : 0)
})

test('the third strike within 90 days blocks booking for 14 days, and is shown to before it is given', async () => {
  const mia = await anUnlimited()
  await misses(mia)
  await cancelsLate(mia)
  const { preview } = await cancelsLate(mia)
  const until = String(clock.now().add({ hours: 14 * 24 }))
  expect(preview.blockedUntil).toBe(until)
  expect(preview.sentence).toContain('Under 12 h it would be the 3rd strike of 3 within 90 days, which blocks booking until')
  expect(await penalties(mia)).toMatchObject({ blockedUntil: until, strikes: { counting: 0 }, blocks: [{ endsAt: until, lifted: null }] })
  const no = await refusal('member-blocked', desk.hold(mia, await aSession(db)))
  expect(no.facts['until'] ?? no.facts['blockedUntil']).toBe(until)
  clock.set(Temporal.Instant.from(until))
  await desk.hold(mia, await aSession(db))
})

test('strikes that caused a block do not count again', async () => {
  const mia = await anUnlimited()
  for (let strike = 0; strike < 3; strike++) await misses(mia)
  clock.advance({ hours: 14 * 24 })
  await misses(mia)
  expect(await penalties(mia)).toMatchObject({ strikes: { counting: 1 }, blockedUntil: null })
})

test.each([
  ['exactly ninety days later counts alone', { milliseconds: 0 }, null],
  ['an instant before that is the third', { milliseconds: 1 }, 'blocked'],
] as const)('a strike %s', async (_, before, blocked) => {
  const mia = await anUnlimited()
  await cancelsLate(mia)
  const firstAt = clock.now()
  await cancelsLate(mia)
  const lapses = firstAt.add({ hours: 90 * 24 }).subtract(before)
  clock.set(lapses.subtract({ hours: 24 }))
  const third = await booked(mia, 27)
  clock.set(lapses)
  await desk.cancel(mia, third.booking)
  expect((await penalties(mia)).blockedUntil === null ? null : 'blocked').toBe(blocked)
})

test('a waived strike is taken back once with its reason, and the block that stood on it is lifted', async () => {
  const mia = await anUnlimited()
  for (let strike = 0; strike < 3; strike++) await misses(mia)
  const [last] = (await penalties(mia)).items
  expect(await waive(last!.id)).toMatchObject({ penaltyIds: [last!.id], creditsReturned: 0 })
  const after = await penalties(mia)
  expect(after).toMatchObject({ blockedUntil: null, strikes: { counting: 2 }, items: [{ state: 'waived' }, { state: 'counts' }, { state: 'counts' }] })
  expect(after.items[0]!.waiver!.sentence).toContain('She was ill')
  expect(after.blocks[0]!.lifted!.reason).toBe('She was ill')
  await refusal('nothing-to-waive', waive(last!.id))
})

test('a waiver returns exactly what a no-show or a late cancellation kept, once', async () => {
  const mia = await withCredits()
  const missed = await misses(mia)
  const half = await cancelsLate(mia, 20)
  const whole = await cancelsLate(mia, 2)
  expect(await balance(mia)).toBe(7.5)
  expect((await waiveAll(half.booking)).creditsReturned).toBe(0.5)
  expect((await waiveAll(whole.booking)).creditsReturned).toBe(1)
  expect((await waiveAll(missed.booking)).receipt!.sentence).toContain('The studio waived what Morning Strength cost (She was ill), so the whole credit was returned')
  expect(await balance(mia)).toBe(10)
  for (const { booking } of [missed, half, whole]) await refusal('nothing-to-waive', waiveAll(booking))
})

test('there is nothing to waive of a booking that cost nothing, or of one that stands', async () => {
  const mia = await withCredits()
  const { booking } = await booked(mia)
  await refusal('nothing-to-waive', waiveAll(booking))
  await desk.cancel(mia, booking)
  await refusal('nothing-to-waive', waiveAll(booking))
})

test('another trainer’s client is not theirs to forgive, and nobody forgives themselves', async () => {
  const { booking } = await misses(await withCredits())
  const trainer = await aTrainer(db)
  const by = (who: Person) => ({ keyed: keyed(who), context: who.context, reason: 'Because' })
  await refusal('not-found', waiveBooking(desk.house, booking.id as BookingId, by(trainer)))
  await aLot(db, admin)
  const own = await misses(admin)
  await refusal('forbidden', waiveBooking(desk.house, own.booking.id as BookingId, by(admin)))
})

test('a corrected no-show has no strike, no block and no forfeiture, and may be marked again', async () => {
  const mia = await anUnlimited()
  await misses(mia)
  await misses(mia)
  const { booking } = await misses(mia)
  expect((await penalties(mia)).blockedUntil).not.toBe(null)
  await desk.mark(admin, booking, 'present')
  expect(await penalties(mia)).toMatchObject({ blockedUntil: null, strikes: { counting: 2 } })
  expect((await receiptsOf(booking)).at(-1)).toBe('correction: No no-show after all: what was paid has paid for the class, nothing is forfeited.')
  await desk.mark(admin, booking, 'absent')
  await desk.settle()
  expect((await penalties(mia)).blockedUntil).not.toBe(null)
})

test('whoever was corrected before the Policy Enforcer came by is not penalised', async () => {
  const mia = await anUnlimited()
  const { session, booking } = await booked(mia)
  clock.set(session.startsAt)
  await desk.mark(admin, booking, 'absent')
  await desk.mark(admin, booking, 'present')
  await desk.settle()
  expect((await penalties(mia)).items).toEqual([])
})

test('a fee is owed beside the strike or instead of it, and the rule of the hold decides', async () => {
  const mia = await anUnlimited()
  const before = await booked(mia)
  const set = (change: object) => transact(db, system, {}, tx => changeSettings(tx, change, () => undefined))
  await set({ noShowFee: 800, lateCancelFee: 500, strikesOn: false })
  clock.set(before.session.startsAt.subtract({ hours: 1 }))
  await desk.cancel(mia, before.booking)
  const { preview } = await cancelsLate(mia)
  expect(preview).toMatchObject({ strike: false, fee: { amount: 500, currency: 'EUR' } })
  expect(preview.sentence).toContain('A fee of 5.00 EUR would be owed.')
  await misses(mia)
  await desk.settle()
  const { owed, items, strikes } = await penalties(mia)
  expect(owed).toEqual([{ amount: 1300, currency: 'EUR' }])
  expect(items.map(({ kind, cause, state }) => [kind, cause, state])).toEqual([
    ['fee', 'no-show', 'owed'],
    ['fee', 'late-cancel', 'owed'],
    ['strike', 'late-cancel', 'counts'],
  ])
  expect(strikes.counting).toBe(1)
  await waive(items[0]!.id)
  expect((await penalties(mia)).owed).toEqual([{ amount: 500, currency: 'EUR' }])
  await set({ noShowFee: 0, lateCancelFee: 0, strikesOn: true })
})

test('the end of a block is announced once, so that whoever was passed over for it is asked again', async () => {
  const mia = await anUnlimited()
  for (let strike = 0; strike < 3; strike++) await misses(mia)
  const ends = Temporal.Instant.from((await penalties(mia)).blockedUntil!)
  clock.set(ends.subtract({ milliseconds: 1 }))
  // Those of other members.
  while ((await endBlocks(db)) > 0);
  expect(await db.sql`select from outbox where topic = 'block.ended' and data ->> 'userId' = ${mia.id}`).toHaveLength(0)
  clock.set(ends)
  expect(await endBlocks(db)).toBe(1)
  expect(await endBlocks(db)).toBe(0)
})
