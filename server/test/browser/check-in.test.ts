// The door: staff mark who came with one tap and take it back, forgive what a missed class cost, and the member reads all of it.
import type { Roster } from '@fitflow/contract/booking.ts'
import type { MyMemberships } from '@fitflow/contract/credits.ts'
import type { Penalties } from '@fitflow/contract/penalties.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aFrontDesk } from '../front-desk.ts'
import { aLot, aSession, aTemplate, type Person } from '../world.ts'
import { aStudio, everySize } from './studio.ts'
import { told } from './told.ts'

const { db, open, person } = await aStudio()
const desk = await aFrontDesk(db)
// Nobody is in two classes at once: each journey has people of its own.
const [admin, ...payers] = await Promise.all((['admin', 'member31', 'member32', 'member33', 'member34', 'member37', 'member38'] as const).map(person))
const [missing, forgiven] = await Promise.all([person('member35'), person('member36')])
for (const payer of payers) await aLot(db, payer)
for (const unlimited of [missing, forgiven]) await aLot(db, unlimited, { credits: null, name: 'Unlimited' })
// Check-in came into this house long ago.
await db.sql`update schema_migrations set applied_at = now() - interval '1 day'`

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** A class that these people have booked, as if that had been before it began so many minutes ago. */
async function aClassSince(minutes: number, people: readonly Person[], name: string) {
  const { id: templateId } = await aTemplate(db, { name })
  const session = await aSession(db, { templateId, startsAt: db.clock.now().add({ hours: 300 }), capacity: 6 })
  const bookings = []
  for (const who of people) {
    const hold = await desk.hold(who, session)
    bookings.push((await desk.confirm(who, hold, { method: hold.quote.options[0]!.method })).booking)
  }
  const startsAt = db.clock.now().subtract({ seconds: minutes * 60 })
  const times = { bookedAt: String(startsAt.subtract({ hours: 48 })), startsAt: String(startsAt), endsAt: String(startsAt.add({ minutes: 60 })) }
  for (const table of ['bookings', 'spot_holds']) {
    await db.sql`update ${db.sql(table)} set created_at = ${times.bookedAt}, starts_at = ${times.startsAt}, ends_at = ${times.endsAt} where session_id = ${session.id}`
  }
  await db.sql`update class_sessions set starts_at = ${times.startsAt}, ends_at = ${times.endsAt} where id = ${session.id}`
  return { ...session, bookings }
}

test.each(everySize)('staff mark who is here and who is not with one tap, and take a slip back, on the %s', async size => {
  const [anna, ben] = size === 'phone' ? [payers[0]!, payers[1]!] : [payers[2]!, payers[3]!]
  const session = await aClassSince(-5, [anna, ben], `Door ${size}`)
  const page = await open('admin', size)
  await page.goto(`/staff/sessions/${session.id}`)
  const roster = page.getByRole('region', { name: 'Roster' })
  const button = page.getByRole('button', { name: `${anna.name} is here` })
  const box = await button.boundingBox()
  expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(44)
  await button.click()
  await roster.getByText(/Here, \d/).waitFor()
  await page.getByText('1 of 2 here', { exact: false }).waitFor()
  await press(page, `${ben.name} is here`)
  await page.getByText('2 of 2 here', { exact: false }).waitFor()
  await press(page, `Undo the mark of ${ben.name}`)
  await page.getByText('1 of 2 here', { exact: false }).waitFor()
  const { entries } = await told<Roster>(page, `/admin/sessions/${session.id}/roster`)
  expect(entries.map(entry => [entry.user.name, entry.status, entry.checkin?.late])).toEqual([
    [anna.name, 'attended', false],
    [ben.name, 'confirmed', undefined],
  ])
})

test('whoever is not there when the grace ends is missed; staff say that they were here after all, and nothing counts against them', async () => {
  const session = await aClassSince(12, [missing], 'Missed and found')
  const page = await open('admin', 'desktop')
  await page.goto(`/staff/sessions/${session.id}`)
  // The worker marks it by itself.
  await page.getByText('Missed', { exact: true }).waitFor()
  const own = await open('member35', 'phone')
  await expect.poll(async () => (await told<Penalties>(own, '/penalties/me')).strikes.counting, { timeout: 15_000 }).toBe(1)
  await own.goto('/strikes')
  await own.getByText('1 strike counts').waitFor()
  await own.getByText('Did not come to Missed and found', { exact: false }).waitFor()

  await page.getByRole('button', { name: `${missing.name} is here` }).click()
  await page.getByText(/Late, \d/).waitFor()
  await own.reload()
  await own.getByText('No strikes count').waitFor()
  await own.getByText('Taken back', { exact: true }).waitFor()
})

test.each(everySize)('staff give back what a missed class kept, with a reason that the member reads, on the %s', async size => {
  const who = size === 'desktop' ? payers[4]! : payers[5]!
  const session = await aClassSince(0, [who], `Forgiven ${size}`)
  await desk.mark(admin!, session.bookings[0]!, 'absent')
  const page = await open('admin', size)
  await page.goto(`/staff/clients/${who.id}/penalties`)
  await page.getByRole('button', { name: new RegExp(`^Give back 1 credit of Forgiven ${size}`) }).click()
  await page.getByRole('dialog').getByText(`1 credit of Forgiven ${size} go back`, { exact: false }).waitFor()
  await page.getByLabel('Reason').fill('The bus broke down')
  await press(page, 'Give back')
  await page.getByText('1 credit given back.').waitFor()
  const own = await open(size === 'desktop' ? 'member37' : 'member38', 'phone')
  await own.goto('/credits')
  await own.getByText('The bus broke down', { exact: false }).first().waitFor({ state: 'attached' })
  expect((await told<MyMemberships>(own, '/memberships/me')).creditsBalance).toBe(10)
})

test('staff take one strike back on the phone', async () => {
  const session = await aClassSince(0, [forgiven], 'A strike')
  await desk.mark(admin!, session.bookings[0]!, 'absent')
  const page = await open('admin', 'phone')
  await expect.poll(async () => (await told<Penalties>(page, `/admin/clients/${forgiven.id}/penalties`)).strikes.counting, { timeout: 15_000 }).toBe(1)
  await page.goto(`/staff/clients/${forgiven.id}/penalties`)
  await page.getByRole('button', { name: /^Take back: Did not come to A strike/ }).click()
  await page.getByLabel('Reason').fill('She rang the desk')
  await press(page, 'Take it back')
  await page.getByText('The strike is taken back.').waitFor()
  await page.getByText('No strikes count').waitFor()
})

test('the live board shows a booking of today as it is made, and leads to its session', async () => {
  const timeZone = 'Europe/Madrid'
  const midnight = db.clock.now().toZonedDateTimeISO(timeZone).add({ days: 1 }).startOfDay().toInstant()
  const { id: templateId } = await aTemplate(db, { name: 'Late Stretch' })
  const session = await aSession(db, { templateId, startsAt: midnight.subtract({ seconds: 1 }), capacity: 6 })
  const page = await open('admin', 'desktop')
  // It never asks: it is told.
  await page.addInitScript('window.setInterval = () => 0')
  await page.goto('/staff/board')
  const tile = page.getByRole('link', { name: /Late Stretch/ })
  await tile.getByText('0 of 6 booked').waitFor()
  await desk.book(payers[5]!, session)
  await tile.getByText('1 of 6 booked').waitFor()
  await tile.click()
  await page.getByRole('heading', { name: 'Late Stretch' }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/staff/sessions/${session.id}`)
})
