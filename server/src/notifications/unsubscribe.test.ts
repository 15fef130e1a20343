// The link at the end of a mail, as mail programs, scanners and people use it.
import { afterAll, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aServer } from '../../test/server.ts'
import { aTelling } from '../../test/told.ts'
import { aLot, aMember, aSession } from '../../test/world.ts'
import { messageGroups } from '@fitflow/contract/notifications.ts'
import { openSecret } from '../platform/secret.ts'
import { openUnsubscribeTokens } from './unsubscribe-tokens.ts'

const { db } = await aDatabase()
const server = await aServer(db)
const desk = await aFrontDesk(db)
const tokens = openUnsubscribeTokens(server.house.secret)
const told = aTelling(db, desk.house.settings)
told.house.unsubscribe = tokens
afterAll(() => desk.house.settings.close())

async function somebodyTold() {
  const member = await aMember(db)
  await aLot(db, member)
  await desk.book(member, await aSession(db))
  await told.hear()
  await told.send()
  const url = new URL(told.out.at(-1)!.unsubscribeUrl!)
  return { member, at: url.pathname + url.search }
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const groupsOf = async (userId: string) => (await db.sql<{ choices: object }[]>`select choices from message_preferences where user_id = ${userId}`)[0]?.choices ?? null

test.each([
  ['as a form', { headers: form, raw: 'List-Unsubscribe=One-Click' }],
  ['as a form in parts', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, raw: '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n' }],
  ['by our page', {}],
])('one click unsubscribes, sent %s, without a sign-in and without a key, as often as it is sent', async (_, sent) => {
  const { member, at } = await somebodyTold()
  for (let n = 0; n < 2; n++) {
    const answer = await server.ask(null, 'POST', at, { key: null, ...sent })
    expect([answer.status, answer.json]).toEqual([200, { group: 'bookings', channel: 'email', subscribed: false }])
  }
  expect(await groupsOf(member.id)).toEqual({ bookings: { email: false } })
  await desk.book(member, await aSession(db, { startsAt: db.clock.now().add({ hours: 60 }) }))
  await told.hear()
  expect((await told.rowsOf(member)).map(row => row.kind)).toEqual(['booking-confirmed'])
})

test('looking at the link changes nothing', async () => {
  const { member, at } = await somebodyTold()
  for (const method of ['GET', 'HEAD', 'OPTIONS']) await fetch(server.url + at, { method })
  expect((await server.ask(null, 'GET', at)).json).toEqual({ group: 'bookings', channel: 'email', subscribed: true })
  expect(await groupsOf(member.id)).toBeNull()
})

test('a link that is forged, of another studio, or for what comes in any case does nothing', async () => {
  const { member } = await somebodyTold()
  const genuine = tokens.mint({ userId: member.id, group: 'reminders' })
  const bytes = Buffer.from(genuine, 'base64url')
  bytes[20]! ^= 1
  const foreign = openUnsubscribeTokens(openSecret({ secret: 'y'.repeat(32), previousSecret: null, dataDirectory: '/nowhere' }))
  const bad = [bytes.toString('base64url'), genuine.slice(0, -2), 'x', foreign.mint({ userId: member.id, group: 'reminders' }), tokens.mint({ userId: member.id, group: 'changes' })]
  for (const token of bad) {
    const answer = await server.ask(null, 'POST', `/api/v1/unsubscribe?token=${token}`, { key: null })
    expect([answer.status, answer.problem.code]).toEqual([404, 'not-found'])
  }
  expect(await groupsOf(member.id)).toBeNull()
})

test('a link still works while the secret rotates', () => {
  const old = openSecret({ secret: 'o'.repeat(32), previousSecret: null, dataDirectory: '/nowhere' })
  const rotated = openSecret({ secret: 'n'.repeat(32), previousSecret: 'o'.repeat(32), dataDirectory: '/nowhere' })
  const userId = '01890000-0000-7000-8000-000000000001' as Parameters<typeof tokens.mint>[0]['userId']
  for (const group of messageGroups) {
    expect(openUnsubscribeTokens(rotated).read(openUnsubscribeTokens(old).mint({ userId, group }))).toEqual({ userId, group })
  }
})
