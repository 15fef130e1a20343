// A change of the settings decides from its very instant on; what was held or booked before it keeps the rules of then.
import { expect, test } from 'vitest'
import type { SettingsChange } from '@fitflow/contract/settings.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aLot, aMember, aSession, system, type Person } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { changeSettings } from '../schedule/change-settings.ts'
import { withdrawSettings } from '../schedule/withdraw-settings.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const tick = { milliseconds: 1 }

async function aPayer(): Promise<Person> {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

/** Plans a change for an hour from now; answers its instant and its version. */
async function plan(change: SettingsChange) {
  const at = clock.now().add({ hours: 1 })
  const { version } = await transact(db, system, {}, tx => changeSettings(tx, { ...change, effectiveFrom: String(at) }, () => undefined))
  return { at, version }
}

const seconds = ({ expiresAt }: { expiresAt: string }, heldAt: Temporal.Instant) => heldAt.until(Temporal.Instant.from(expiresAt)).total('seconds')

test('a hold lasts as long as the settings said when it was made, to the instant of the change', async () => {
  const { at } = await plan({ holdSeconds: 60 })
  const session = await aSession(db)
  const [before, after] = [await aPayer(), await aPayer()]
  clock.set(at.subtract(tick))
  const held = await desk.hold(before, session)
  expect(seconds(held, clock.now())).toBe(600)
  clock.set(at)
  expect(seconds(await desk.hold(after, session), at)).toBe(60)
  expect(await desk.hold(before, session)).toMatchObject({ id: held.id, expiresAt: held.expiresAt })
})

test('whoever held before the change cancels by the rules of then, though they confirmed after it', async () => {
  const { at } = await plan({ fullReturnHours: 36 })
  const session = await aSession(db, { startsAt: at.add({ hours: 30 }) })
  const [before, after] = [await aPayer(), await aPayer()]
  clock.set(at.subtract(tick))
  const held = await desk.hold(before, session)
  clock.set(at)
  const { booking } = await desk.confirm(before, held)
  expect(await desk.preview(before, booking)).toMatchObject({ rule: 'full' })
  const { booking: later } = await desk.book(after, session)
  expect(await desk.preview(after, later)).toMatchObject({ rule: 'half' })
  await plan({ fullReturnHours: 24 })
  clock.advance({ hours: 1 })
})

test('a change that was withdrawn decides nothing', async () => {
  const { at, version } = await plan({ holdSeconds: 30 })
  const session = await aSession(db)
  const member = await aPayer()
  clock.set(at.subtract(tick))
  await transact(db, system, {}, tx => withdrawSettings(tx, version))
  clock.set(at)
  expect(seconds(await desk.hold(member, session), at)).toBe(60)
})
