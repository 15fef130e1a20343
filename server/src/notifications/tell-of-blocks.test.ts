// Whoever was told that they cannot book hears when that ends before its time; nobody else does.
import { afterAll, beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aTelling } from '../../test/told.ts'
import { aLot, aMember, anAdmin, aSession, type Person } from '../../test/world.ts'
import { endBlocks } from '../credits/end-blocks.ts'
import { undoPenalties } from '../credits/undo-penalties.ts'
import type { BookingId } from '../platform/ids.ts'
import { transact } from '../platform/tx.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const { settings } = desk.house
const told = aTelling(db, settings)
const admin = await anAdmin(db)
const morning = clock.now()
afterAll(() => settings.close())
beforeEach(() => clock.set(morning))

/** Cancels three classes too late, and is blocked for it. Answers the last booking. */
async function aBlocked(): Promise<{ member: Person; bookingId: BookingId }> {
  const member = await aMember(db)
  await aLot(db, member, { credits: null })
  let bookingId = ''
  for (const hours of [5, 7, 9]) {
    const hold = await desk.hold(member, await aSession(db, { startsAt: morning.add({ hours }) }))
    const { booking } = await desk.confirm(member, hold, { method: 'membership' })
    await desk.cancel(member, booking)
    bookingId = booking.id
  }
  await told.hear()
  return { member, bookingId: bookingId as BookingId }
}

const waive = (bookingId: BookingId) =>
  transact(db, admin.context, {}, tx => undoPenalties(tx, [bookingId], { rule: 'waive', reason: 'you rang', timeZone: 'Europe/Madrid' }))

const ofBlocks = async (member: Person) =>
  (await told.rowsOf(member)).filter(row => row.kind.startsWith('block-')).map(row => [row.kind, row.state])

test('a block that is lifted is told to whoever was told of it', async () => {
  const { member, bookingId } = await aBlocked()
  await told.send()
  await waive(bookingId)
  await told.hear()
  await told.send()
  expect(await ofBlocks(member)).toEqual([['block-began', 'sent'], ['block-ended', 'sent']])
  expect(told.out.at(-1)!.subject).toBe('You can book again')
})

test('lifted before anybody was told, neither is', async () => {
  const { member, bookingId } = await aBlocked()
  await waive(bookingId)
  await told.hear()
  await told.send()
  expect(await ofBlocks(member)).toEqual([['block-began', 'skipped'], ['block-ended', 'skipped']])
})

test('a block that runs out as it was told is no news', async () => {
  const { member } = await aBlocked()
  await told.send()
  const block = (await told.rowsOf(member)).find(row => row.kind === 'block-began')!
  clock.set(Temporal.Instant.from(block.facts['endsAt'] as string))
  await endBlocks(db)
  await told.hear()
  expect(await ofBlocks(member)).toEqual([['block-began', 'sent']])
})
