// Caps and the drop where people meet them: at the hold, and at an offer of the waitlist.
import { expect, test } from 'vitest'
import type { SettingsChange } from '@fitflow/contract/settings.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { changeSettings } from '../schedule/change-settings.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)

async function set(change: SettingsChange): Promise<void> {
  const admin = await anAdmin(db)
  await transact(db, admin.context, {}, tx => changeSettings(tx, change, () => undefined))
  // The hot path asks this process what to read: a second behind at the most.
  db.signals.send({ settings: true })
  await expect.poll(() => desk.house.settings.current()).toMatchObject(change)
}

const today = (hours: number) => aSession(db, { startsAt: clock.now().add({ hours }) })

async function aPayer() {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

test('a second class on one day is refused when the day is capped at one, also once the first is over', async () => {
  await set({ bookingsPerDayMax: 1 })
  const member = await aPayer()
  await desk.book(member, await today(1))
  const evening = await today(9)
  const no = await refusal('too-many-bookings', desk.hold(member, evening))
  expect(no.facts).toEqual({ cap: 'day', max: 1, have: 1 })
  clock.advance({ hours: 3 })
  await refusal('too-many-bookings', desk.hold(member, evening))
  await desk.hold(member, await today(24))
  await set({ bookingsPerDayMax: 0 })
  await desk.hold(member, evening)
})

test('whoever has their cap is passed over with that reason, and served once a spot of theirs is gone', async () => {
  await set({ bookingsUpcomingMax: 1 })
  const [holder, waiter] = [await aPayer(), await aPayer()]
  const full = await aSession(db, { capacity: 1, startsAt: clock.now().add({ hours: 40 }) })
  const booked = await desk.book(holder, full)
  await desk.join(waiter, full)
  const other = await desk.book(waiter, await aSession(db, { startsAt: clock.now().add({ hours: 60 }) }))
  await desk.cancel(holder, booked.booking)
  await desk.settle()
  const [entry] = await db.sql`select state, passed_over_reason from waitlist_entries where user_id = ${waiter.id}`
  expect(entry).toEqual({ state: 'waiting', passedOverReason: 'too-many-bookings' })
  await desk.cancel(waiter, other.booking)
  await desk.settle()
  const [served] = await db.sql`select state from waitlist_entries where user_id = ${waiter.id}`
  expect(served).toEqual({ state: 'offered' })
  await set({ bookingsUpcomingMax: 0 })
})

test('before the drop a hold is refused with the instant at which booking opens; at that instant it is taken', async () => {
  await set({ bookingOpensMode: 'clock', bookingOpensWeekday: 3, bookingOpensTime: '18:00', bookingOpensLeadDays: 0 })
  const member = await aPayer()
  const session = await aSession(db, { startsAt: Temporal.Instant.from('2027-01-14T07:00:00Z') })
  const no = await refusal('booking-not-open', desk.hold(member, session))
  expect(no.facts).toEqual({ opensAt: '2027-01-13T18:00:00Z' })
  clock.set(Temporal.Instant.from('2027-01-13T18:00:00Z'))
  await desk.hold(member, session)
})
