// Guarantees of availabilities: who may say when a trainer takes 1:1s, what makes no sense, and what a change leaves alone.
import { expect, test } from 'vitest'
import type { Availability, NewAvailability, SlotOffer } from '@fitflow/contract/availability.ts'
import { anAvailability } from '../../test/availability.ts'
import { aDatabase } from '../../test/database.ts'
import { aServer } from '../../test/server.ts'
import { aTemplate, aTrainer, anAdmin, system } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { createTemplate } from './create-template.ts'

const { db } = await aDatabase()
const server = await aServer(db)
const trainer = await aTrainer(db)
const monday = { kind: 'weekly', weekday: 1, from: '09:00', to: '12:00' } as const

async function aOneToOne(): Promise<string> {
  const wish = { name: 'Personal training', type: '1:1', durationMinutes: 45, defaultCapacity: 1, kind: 'one_to_one', trainerId: trainer.id } as const
  return (await transact(db, system, {}, tx => createTemplate(tx, wish))).id
}

test('a trainer says when, and the slots are there: as long as the template, with notice and horizon of their own', async () => {
  const body = { templateId: await aOneToOne(), blocks: [monday], bufferMinutes: 15, horizonDays: 10 }
  const made = await server.ask(trainer, 'POST', '/api/v1/admin/availabilities', { body })
  expect(made.status).toBe(201)
  expect(made.json).toMatchObject({ slotMinutes: 45, bufferMinutes: 15, noticeMinutes: 120, horizonDays: 10, blocks: [monday], archived: false })
  const { json } = await server.ask(null, 'GET', `/api/v1/slots?trainer_id=${trainer.id}`)
  const [offer] = (json as { items: SlotOffer[] }).items
  // It is Monday, nine o'clock; two hours' notice leave the last slot of today, and next Monday is within ten days.
  expect(offer!.slots.map(slot => slot.startsAt)).toEqual(['2027-01-11T11:00:00Z', '2027-01-18T09:00:00Z', '2027-01-18T10:00:00Z', '2027-01-18T11:00:00Z'])
  expect(offer).toMatchObject({ name: 'Personal training', slotMinutes: 45, price: { credits: 1 }, until: '2027-01-21' })
})

test.each([
  ['a weekly block without a weekday', { ...monday, weekday: undefined }, 'body/blocks/0/weekday'],
  ['a weekly block with a day', { ...monday, on: '2027-01-11' }, 'body/blocks/0/on'],
  ['one day without the day', { kind: 'once', from: '09:00', to: '10:00' }, 'body/blocks/0/on'],
  ['one day with a weekday', { kind: 'exception', on: '2027-01-11', weekday: 1, from: '09:00', to: '10:00' }, 'body/blocks/0/weekday'],
  ['a block that ends as it begins', { ...monday, to: '09:00' }, 'body/blocks/0/to'],
  ['a block shorter than a slot', { ...monday, to: '09:44' }, 'body/blocks/0/to'],
  ['a single day that is over', { kind: 'once', on: '2027-01-10', from: '09:00', to: '12:00' }, 'body/blocks/0/on'],
  ['a season that is over', { ...monday, validUntil: '2027-01-10' }, 'body/blocks/0/validUntil'],
  ['a season without such a weekday', { ...monday, validFrom: '2027-01-12', validUntil: '2027-01-17' }, 'body/blocks/0/validUntil'],
  ['a day farther ahead than two years', { kind: 'once', on: '2029-01-12', from: '09:00', to: '12:00' }, 'body/blocks/0/on'],
  ['a season that begins farther ahead than two years', { ...monday, validFrom: '2107-01-01' }, 'body/blocks/0/validFrom'],
  ['nothing but time away', { kind: 'exception', on: '2027-01-12', from: '09:00', to: '12:00' }, 'body/blocks'],
  ['a block that is over before it begins', { ...monday, validFrom: '2027-01-12', validUntil: '2027-01-11' }, 'body/blocks/0/validUntil'],
])('%s is refused, and named', async (_, block, path) => {
  const body = { templateId: await aOneToOne(), blocks: [block] }
  const { status, json } = await server.ask(trainer, 'POST', '/api/v1/admin/availabilities', { body })
  expect({ status, json }).toMatchObject({ status: 400, json: { code: 'invalid-request', errors: [{ path }] } })
})

const sunday = { kind: 'weekly', weekday: 7, from: '08:00', to: '10:00' } as const

test.each<[string, Partial<NewAvailability> & Pick<NewAvailability, 'blocks'>, string]>([
  ['an only day that is taken away again', { blocks: [{ kind: 'once', on: '2027-01-13', from: '10:00', to: '12:00' }, { kind: 'exception', on: '2027-01-13', from: '09:00', to: '12:00' }] }, 'body/blocks'],
  ['an hour of today that is over', { blocks: [{ kind: 'once', on: '2027-01-11', from: '07:00', to: '09:00' }], noticeMinutes: 0 }, 'body/blocks'],
  ['an hour of today that its notice leaves out', { blocks: [{ kind: 'once', on: '2027-01-11', from: '09:30', to: '10:59' }] }, 'body/blocks'],
  ['a weekday whose last hour is over', { blocks: [{ ...monday, from: '07:00', to: '09:00', validUntil: '2027-01-17' }] }, 'body/blocks'],
  ['a season that ends before its weekday comes again', { blocks: [{ ...sunday, validUntil: '2027-01-16' }] }, 'body/blocks'],
  ['a notice that ends after the last hour in reach', { blocks: [sunday], horizonDays: 2, noticeMinutes: 3361 + 60 }, 'body/noticeMinutes'],
])('%s leaves nothing to book, and is refused', async (_, wish, path) => {
  const body = { templateId: await aOneToOne(), slotMinutes: 60, ...wish }
  const { status, json } = await server.ask(trainer, 'POST', '/api/v1/admin/availabilities', { body })
  expect({ status, json }).toMatchObject({ status: 400, json: { code: 'invalid-request', errors: [{ path }] } })
})

test('what is over while it is out of use comes back only with an hour ahead', async () => {
  const { id } = await anAvailability(db, { trainer, blocks: [monday] })
  const path = `/api/v1/admin/availabilities/${id}`
  await server.ask(trainer, 'PATCH', path, { body: { archived: true } })
  await db.sql`update availability_blocks set valid_until = '2027-01-10' where availability_id = ${id}`
  expect((await server.ask(trainer, 'PATCH', path, { body: { archived: false } })).json).toMatchObject({ code: 'invalid-request', detail: expect.stringContaining('change its hours') as string, errors: [{ path: 'body/blocks' }] })
  expect((await server.ask(trainer, 'PATCH', path, { body: { archived: false, blocks: [monday] } })).status).toBe(200)
})

test('a slot to the minute, today and the last day of a season are enough', async () => {
  for (const block of [{ ...monday, to: '09:45' }, { ...monday, validFrom: '2027-01-12', validUntil: '2027-01-18' }, { kind: 'once', on: '2027-01-11', from: '20:00', to: '24:00' }]) {
    const body = { templateId: await aOneToOne(), blocks: [block] }
    expect((await server.ask(trainer, 'POST', '/api/v1/admin/availabilities', { body })).status).toBe(201)
  }
})

test('a notice that reaches past the horizon leaves nothing to book', async () => {
  const ask = async (noticeMinutes: number) =>
    server.ask(trainer, 'POST', '/api/v1/admin/availabilities', { body: { templateId: await aOneToOne(), blocks: [monday], horizonDays: 7, noticeMinutes } })
  expect((await ask(8 * 24 * 60)).json).toMatchObject({ code: 'invalid-request', errors: [{ path: 'body/noticeMinutes' }] })
  // The last slot of a Monday begins at 11:15, and its week before at midnight.
  const last = 7 * 24 * 60 + 11 * 60 + 15
  expect((await ask(last + 1)).json).toMatchObject({ code: 'invalid-request', errors: [{ path: 'body/noticeMinutes' }] })
  expect((await ask(last)).status).toBe(201)
})

test('what was open once and is over may stay among the hours; longer slots are refused where they fit no more', async () => {
  const { id } = await anAvailability(db, { trainer, blocks: [monday] })
  await db.sql`insert into availability_blocks (availability_id, kind, on_date, from_time, to_time, created_at) values (${id}, 'once', '2027-01-04', '09:00', '10:00', now())`
  const path = `/api/v1/admin/availabilities/${id}`
  const { blocks } = (await server.ask(trainer, 'GET', path)).json as Availability
  expect((await server.ask(trainer, 'PATCH', path, { body: { blocks } })).status).toBe(200)
  expect((await server.ask(trainer, 'PATCH', path, { body: { slotMinutes: 61 } })).json).toMatchObject({ errors: [{ path: expect.stringMatching(/^body\/blocks\/\d\/to$/) as string }] })
  expect((await server.ask(trainer, 'PATCH', path, { body: { blocks: blocks.filter(block => block.kind === 'once') } })).json).toMatchObject({ errors: [{ path: 'body/blocks' }] })
})

test('only the template of a 1:1 has slots', async () => {
  const { id: templateId } = await aTemplate(db, { trainerId: trainer.id })
  const { json } = await server.ask(trainer, 'POST', '/api/v1/admin/availabilities', { body: { templateId, blocks: [monday] } })
  expect(json).toMatchObject({ code: 'invalid-request', errors: [{ path: 'body/templateId' }] })
})

test('a change replaces the blocks, keeps what it does not name, and is refused to who read an older version', async () => {
  const { id } = await anAvailability(db, { trainer })
  const path = `/api/v1/admin/availabilities/${id}`
  const before = await server.ask(trainer, 'GET', path)
  const etag = before.headers.get('etag') as string
  const body = { blocks: [monday, { kind: 'exception', on: '2027-01-12', from: '00:00', to: '24:00' }], slotMinutes: 30 }
  const changed = await server.ask(trainer, 'PATCH', path, { body, headers: { 'if-match': etag } })
  expect(changed.json).toMatchObject({ blocks: body.blocks, slotMinutes: 30, bufferMinutes: 0, noticeMinutes: 120, version: 2 })
  expect((await server.ask(trainer, 'PATCH', path, { body, headers: { 'if-match': etag } })).status).toBe(412)
  expect((await server.ask(await aTrainer(db), 'PATCH', path, { body })).status).toBe(404)
})

test('taken out of use it leaves the list of those in use, and comes back when taken into use', async () => {
  const own = await aTrainer(db)
  const { id } = await anAvailability(db, { trainer: own })
  const list = async (archived: boolean) =>
    ((await server.ask(own, 'GET', `/api/v1/admin/availabilities?archived=${archived}`)).json as { items: Availability[] }).items.map(one => one.id)
  const change = (archived: boolean) => server.ask(own, 'PATCH', `/api/v1/admin/availabilities/${id}`, { body: { archived } })
  await change(true)
  expect([await list(false), await list(true)]).toEqual([[], [id]])
  await change(false)
  expect([await list(false), await list(true)]).toEqual([[id], []])
  const all = await server.ask(await anAdmin(db), 'GET', `/api/v1/admin/availabilities?trainer_id=${own.id}`)
  expect((all.json as { items: Availability[] }).items.map(one => one.id)).toEqual([id])
})
