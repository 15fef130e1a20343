// The studio's own people: from a template to a class that members can book, and what they are told when a change must not be.
import type { Roster } from '@fitflow/contract/booking.ts'
import type { MyMemberships } from '@fitflow/contract/credits.ts'
import type { Trainer } from '@fitflow/contract/identity.ts'
import type { Page as ListPage } from '@fitflow/contract/scalars.ts'
import type { ClassTemplate, StaffSession } from '@fitflow/contract/sessions.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { SessionId } from '../../src/platform/ids.ts'
import { aFrontDesk } from '../front-desk.ts'
import { aLot, aTrainer } from '../world.ts'
import { aClass, dayAhead } from './classes.ts'
import { aStudio, type Face, type Size } from './studio.ts'
import { told } from './told.ts'

const { db, open, person } = await aStudio()
const desk = await aFrontDesk(db)
const [alex, first, second] = await Promise.all([person('alex'), person('member31'), person('member32')])
for (const payer of [first, second]) await aLot(db, payer)

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const place = (page: Page, name: string) => page.getByRole('navigation', { name: 'Staff places' }).getByRole('link', { name })

const staff: { face: Face; size: Size }[] = [
  { face: 'admin', size: 'desktop' },
  { face: 'alex', size: 'phone' },
]

async function createTemplate(page: Page, name: string, { picksTrainer, size }: { picksTrainer: boolean; size: Size }): Promise<void> {
  // The phone's bar has room for four places; the others unfold above them and fold away when one was gone to.
  if (size === 'phone') await press(page, 'More')
  await place(page, 'Templates').click()
  await page.getByRole('link', { name: 'New template' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Type').fill('Rowing')
  if (picksTrainer) await page.getByLabel('Trainer').selectOption({ label: 'Alex Moreno' })
  await page.getByLabel('What it is, for members').fill('Twenty minutes of steady strokes.')
  await page.getByLabel('Minutes').fill('40')
  await page.getByLabel('People at most').fill('8')
  await press(page, 'Create template')
  await page.getByText(`${name} is ready.`, { exact: false }).waitFor()
}

async function createSession(page: Page, name: string, day: string): Promise<SessionId> {
  await page.getByRole('link', { name: `New session of ${name}` }).click()
  await page.getByText('40 min').first().waitFor({ state: 'attached' })
  await page.getByLabel('Day', { exact: true }).fill(day)
  await page.getByLabel('Start', { exact: true }).fill('15:00')
  await page.getByText('15:00 to 15:40').waitFor()
  await page.getByLabel('Publish at once').uncheck()
  await press(page, 'Create session')
  await heading(page, name).waitFor()
  return new URL(page.url()).pathname.split('/').at(-1) as SessionId
}

test.each(staff)('$face makes a template, a class out of it and publishes it, on the $size', async ({ face, size }) => {
  const name = `Rowing by ${face}`
  const day = dayAhead(db, size === 'phone' ? 2 : 3)
  const page = await open(face, size)
  await page.goto('/staff')
  // A trainer's own classes are theirs.
  await createTemplate(page, name, { picksTrainer: face === 'admin', size })
  const { items: templates } = await told<ListPage<ClassTemplate>>(page, '/admin/templates?limit=200')
  expect(templates.find(one => one.name === name)).toMatchObject({ durationMinutes: 40, defaultCapacity: 8, trainer: { name: 'Alex Moreno' } })

  const id = await createSession(page, name, day.toString())
  await page.getByText('Draft', { exact: true }).waitFor()
  const startsAt = day.toZonedDateTime({ timeZone: 'Europe/Madrid', plainTime: '15:00' }).toInstant()
  const session = () => told<StaffSession>(page, `/admin/sessions/${id}`)
  expect(await session()).toMatchObject({ status: 'draft', capacity: 8, startsAt: startsAt.toString() })
  const visitor = await open('visitor', size)
  await visitor.goto(`/?day=${day}`)
  await visitor.locator('app-session-card').first().waitFor()
  expect(await visitor.getByRole('link', { name }).count()).toBe(0)

  await press(page, 'Publish')
  await page.getByText('Published. Members can book it.').waitFor()
  await page.getByText('Published', { exact: true }).waitFor()
  expect((await session()).status).toBe('published')
  // Whoever looks at the schedule already sees it come.
  await visitor.getByRole('link', { name }).waitFor()
  await place(page, 'Sessions').click()
  await page.getByRole('row', { name }).getByText('0 of 8').waitFor()
})

test.each(staff)('$face sees bookings come in, and what a booked class does not let them do, on the $size', async ({ face, size }) => {
  const name = `Rowing for ${face}`
  const { id } = await aClass(db, { name, daysAhead: size === 'phone' ? 4 : 5, capacity: 8, trainerId: alex.id })
  const page = await open(face, size)
  await page.goto('/staff')
  await page.getByRole('link', { name }).click()
  await page.getByText('Nobody has booked yet').waitFor()
  for (const member of [first, second]) await desk.book(member, { id })
  const roster = page.getByRole('region', { name: 'Roster' })
  for (const member of [first, second]) await roster.getByText(member.name).waitFor()
  const { entries } = await told<Roster>(page, `/admin/sessions/${id}/roster`)
  expect(entries.map(entry => entry.user.id)).toEqual([first.id, second.id])

  await press(page, 'Capacity')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('People at most').fill('1')
  await dialog.getByText('2 spots of this class are taken.').waitFor()
  expect(await dialog.getByRole('button', { name: 'Set capacity' }).isDisabled()).toBe(true)
  await dialog.getByLabel('People at most').fill('2')
  await dialog.getByText('Nobody is affected.').waitFor()
  await dialog.getByRole('button', { name: 'Set capacity' }).click()
  await page.getByText('Capacity set. Nobody is affected.').waitFor()
  expect(await told<StaffSession>(page, `/admin/sessions/${id}`)).toMatchObject({ capacity: 2, taken: 2, spotsLeft: 0 })

  // What could only be refused is not offered.
  expect(await page.getByRole('button', { name: 'Unpublish' }).count()).toBe(0)
})

test.each(staff)('$face gives credits to a client on the $size, who finds them with the reason', async ({ face, size }) => {
  const member = size === 'phone' ? 'member39' : 'member40'
  const client = await person(member)
  await aLot(db, client)
  // A trainer sees who has been in a class of theirs.
  await desk.book(client, await aClass(db, { name: `Rowing with ${member}`, daysAhead: size === 'phone' ? 6 : 7, trainerId: alex.id }))
  const page = await open(face, size)
  await page.goto('/staff')
  await place(page, 'Clients').click()
  await page.getByLabel('Name or e-mail').fill(client.email)
  // The row moves up when the others go: whoever clicks before that opens somebody else.
  await expect.poll(() => page.getByRole('row').count()).toBe(2)
  await page.getByRole('link', { name: client.name }).click()
  await page.getByRole('article', { name: '10-class pack' }).waitFor()
  await press(page, 'Give credits')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Credits').fill('5')
  await dialog.getByLabel('Reason').fill('for helping at the open day')
  await dialog.getByRole('button', { name: 'Give' }).click()
  await page.getByText(`${client.name} has 5 credits more.`).waitFor()

  const own = await open(member, 'phone')
  await own.goto('/credits')
  await own.getByText('14', { exact: true }).waitFor()
  await own.locator('app-ledger-line').first().getByText('From the studio').click()
  await own.getByText(/^Granted 5 credits that expire on .*: for helping at the open day\.$/).waitFor()
  expect((await told<MyMemberships>(own, '/memberships/me')).creditsBalance).toBe(14)
})

test('an admin changes how a trainer is introduced, who finds their words again when they teach anew', async () => {
  const trainer = await aTrainer(db, 'Toni Trainer')
  const page = await open('admin', 'desktop')
  await page.goto(`/staff/people?search=${trainer.email}`)
  const dialog = page.getByRole('dialog')
  const change = async (save: () => Promise<void>) => {
    await press(page, `Change ${trainer.name}`)
    await save()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  const words = dialog.getByLabel('A few words for members')
  await change(() => words.fill('Rows since she was six.'))
  await change(() => dialog.getByRole('checkbox', { name: /^Teaches/ }).uncheck())
  await page.getByRole('row', { name: trainer.name }).getByText('Yes').waitFor({ state: 'detached' })
  await change(() => dialog.getByRole('checkbox', { name: /^Teaches/ }).check())
  await page.getByRole('row', { name: trainer.name }).getByText('Yes').waitFor()
  const { items } = await told<ListPage<Trainer>>(page, '/trainers?limit=200')
  expect(items.find(one => one.id === trainer.id)).toMatchObject({ bio: 'Rows since she was six.' })
})
