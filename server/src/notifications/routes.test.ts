// What people read and choose over HTTP, and what staff see and send again.
import type { NotificationPreferences, StaffMessage, StaffMessageDetail } from '@fitflow/contract/notifications.ts'
import { afterAll, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aServer } from '../../test/server.ts'
import { aTelling } from '../../test/told.ts'
import { aLot, aMember, anAdmin, aSession } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { changePreferences } from './preferences.ts'

const { db } = await aDatabase()
const server = await aServer(db)
const desk = await aFrontDesk(db)
const told = aTelling(db, desk.house.settings)
afterAll(() => desk.house.settings.close())
const path = '/api/v1/me/notification-preferences'

async function somebodyTold() {
  const member = await aMember(db)
  await aLot(db, member)
  const booked = await desk.book(member, await aSession(db))
  await told.hear()
  return { member, ...booked }
}

test('choices are kept one by one, beside what the studio does', async () => {
  const member = await aMember(db)
  const before = (await server.ask(member, 'GET', path)).json as NotificationPreferences
  expect(before).toMatchObject({ language: 'en', timeZone: null, quietHours: null, channels: ['email', 'push'], studio: { quietHours: { start: '22:00', end: '07:00' } } })
  expect(before.groups.find(one => one.group === 'changes')).toEqual({ group: 'changes', email: true, sms: false, push: true, required: ['email'] })
  await server.ask(member, 'PATCH', path, { body: { language: 'es', groups: { reminders: { email: false } } } })
  await server.ask(member, 'PATCH', path, { body: { timeZone: 'America/New_York', quietHours: { start: '21:30', end: '08:00' }, groups: { reminders: { sms: true } } } })
  const after = (await server.ask(member, 'GET', path)).json as NotificationPreferences
  expect(after).toMatchObject({ language: 'es', timeZone: 'America/New_York', quietHours: { start: '21:30', end: '08:00' } })
  expect(after.groups.find(one => one.group === 'reminders')).toMatchObject({ email: false, sms: true, push: true })
  await server.ask(member, 'PATCH', path, { body: { timeZone: null, quietHours: null } })
  expect((await server.ask(member, 'GET', path)).json).toMatchObject({ timeZone: null, quietHours: null, language: 'es' })
})

test('two choices made at once are both kept', async () => {
  const member = await aMember(db)
  await server.ask(member, 'PATCH', path, { body: { language: 'es' } })
  const [made, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const choose = (group: 'reminders' | 'waitlist', before: () => Promise<void>) =>
    transact(db, member.context, { isolation: 'read committed' }, async tx => {
      await changePreferences(tx, member.id, { groups: { [group]: { email: false } } })
      await before()
    })
  const first = choose('reminders', () => (made.resolve(), end.promise))
  await made.promise
  const second = choose('waitlist', () => Promise.resolve())
  // By now the second has read, or waits for the first.
  await expect.poll(async () => (await db.sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`).length).toBe(1)
  end.resolve()
  await Promise.all([first, second])
  const after = (await server.ask(member, 'GET', path)).json as NotificationPreferences
  expect(after.groups.filter(one => !one.email).map(one => one.group)).toEqual(['reminders', 'waitlist'])
})

test('what says what becomes of a booking cannot be turned off, and there is no such zone', async () => {
  const member = await aMember(db)
  const refused = await server.ask(member, 'PATCH', path, { body: { groups: { changes: { email: false } }, language: 'es' } })
  expect([refused.status, refused.problem]).toEqual([409, expect.objectContaining({ code: 'message-required', group: 'changes', channel: 'email' })])
  for (const timeZone of ['Mars/Olympus', '+05:00', '']) {
    expect((await server.ask(member, 'PATCH', path, { body: { timeZone } })).problem, timeZone).toMatchObject({ code: 'invalid-request' })
  }
  expect((await server.ask(member, 'GET', path)).json).toMatchObject({ language: 'en', timeZone: null })
})

test('a member reads their own messages and nobody else’s', async () => {
  const { member } = await somebodyTold()
  const { member: other } = await somebodyTold()
  await told.send()
  const { json } = await server.ask(member, 'GET', '/api/v1/me/messages')
  expect(json).toMatchObject({ items: [{ kind: 'booking-confirmed', channel: 'email', state: 'sent', title: expect.any(String), url: expect.stringContaining('/bookings/') }], nextCursor: null })
  expect((await server.ask(other, 'GET', '/api/v1/me/messages')).text).not.toContain((json as { items: { id: string }[] }).items[0]!.id)
})

test('what will not be sent any more is not on its way', async () => {
  const { member, booking } = await somebodyTold()
  expect((await server.ask(member, 'GET', '/api/v1/me/messages')).json).toMatchObject({ items: [{ kind: 'booking-confirmed', state: 'waiting' }] })
  await desk.cancel(member, booking)
  expect((await server.ask(member, 'GET', '/api/v1/me/messages')).json).toEqual({ items: [], nextCursor: null })
})

test('staff see what failed with its reason and all that it says, and send it again once', async () => {
  const admin = await anAdmin(db)
  const { member } = await somebodyTold()
  told.answer = () => ({ outcome: 'failed', reason: '550 no such user', permanent: true })
  await told.send()
  const list = (await server.ask(admin, 'GET', `/api/v1/admin/messages?state=failed&userId=${member.id}`)).json as { items: StaffMessage[] }
  expect(list.items).toMatchObject([{ state: 'failed', lastError: '550 no such user', attempts: 1, user: { id: member.id, email: member.email } }])
  const at = `/api/v1/admin/messages/${list.items[0]!.id}`
  const detail = (await server.ask(admin, 'GET', at)).json as StaffMessageDetail
  expect(detail).toMatchObject({ subject: expect.stringContaining('Morning Strength'), html: expect.stringContaining('<'), text: expect.any(String) })
  told.answer = ({ id }) => ({ outcome: 'sent', reference: `<${id}>` })
  expect((await server.ask(admin, 'POST', `${at}/resend`)).json).toMatchObject({ state: 'waiting', attempts: 0 })
  await told.send()
  expect((await server.ask(admin, 'GET', at)).json).toMatchObject({ state: 'sent', attempts: 1, lastError: null, reference: `<${list.items[0]!.id}>` })
  const again = await server.ask(admin, 'POST', `${at}/resend`)
  expect([again.status, again.problem]).toEqual([409, expect.objectContaining({ code: 'message-not-failed', state: 'sent' })])
})

test('a list goes on where it stopped', async () => {
  const admin = await anAdmin(db)
  for (let n = 0; n < 3; n++) await somebodyTold()
  const first = (await server.ask(admin, 'GET', '/api/v1/admin/messages?limit=2')).json as { items: StaffMessage[]; nextCursor: string }
  const next = (await server.ask(admin, 'GET', `/api/v1/admin/messages?limit=2&cursor=${first.nextCursor}`)).json as { items: StaffMessage[] }
  const ids = [...first.items, ...next.items].map(one => one.id)
  expect(new Set(ids).size).toBe(4)
  expect(ids).toEqual(ids.toSorted().toReversed())
})
