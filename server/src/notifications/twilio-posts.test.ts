// What Twilio posts, at the wrong time: again, or before we know what it speaks of.
import { afterAll, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { freePort } from '../../test/fleet.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aServer } from '../../test/server.ts'
import { aTelling } from '../../test/told.ts'
import { aTwilio } from '../../test/twilio.ts'
import { aLot, aMember, aSession } from '../../test/world.ts'
import { smsAddresses } from './phones.ts'
import { openWays, type Way } from './ways.ts'

const { db, clock } = await aDatabase()
const port = await freePort()
const publicUrl = `http://127.0.0.1:${port}`
const twilio = await aTwilio()
const { accountSid, authToken } = twilio
const server = await aServer(db, { config: { port, publicUrl, twilio: { accountSid, authToken, sender: { from: twilio.number }, apiBase: twilio.url } } })
const desk = await aFrontDesk(db)
afterAll(() => desk.house.settings.close())

let numbers = 0

async function somebodyReached() {
  const member = await aMember(db)
  const number = `+3461299${String(1000 + numbers++)}`
  await db.sql`insert into phones (user_id, number, verified_at) values (${member.id}, ${number}, ${clock.now()})`
  const isReached = async () => (await smsAddresses(db.sql, [member.id])).size === 1
  return { member, number, isReached }
}

/** A post of Twilio's, signed; sent as often as it is called. */
async function aPost(path: string, fields: Record<string, string>) {
  const { default: sdk } = await import('twilio')
  const url = `${publicUrl}/api/v1/twilio/${path}`
  const post = { AccountSid: accountSid, ...fields }
  const headers = { 'x-twilio-signature': sdk.getExpectedTwilioSignature(authToken, url, post) }
  return async () => (await fetch(url, { method: 'POST', headers, body: new URLSearchParams(post) })).status
}

const sid = () => `SM${crypto.randomUUID().replaceAll('-', '')}`

test('a STOP or START that is delivered again, however late, does not undo what was said since', async () => {
  const { number, isReached } = await somebodyReached()
  const says = (Body: string) => aPost('incoming', { MessageSid: sid(), From: number, Body })
  const [stop, start, stopAgain] = await Promise.all([says('STOP'), says('START'), says('STOP')])
  expect([await stop(), await isReached()]).toEqual([204, false])
  expect([await start(), await isReached()]).toEqual([204, true])
  clock.advance({ hours: 24 * 30 })
  expect([await stop(), await isReached()]).toEqual([204, true])
  expect([await stopAgain(), await start(), await isReached()]).toEqual([204, 204, false])
})

test('that a number had said STOP, told again, does not undo its START', async () => {
  const { number, isReached } = await somebodyReached()
  const lost = await aPost(`status?message=${crypto.randomUUID()}`, { MessageSid: sid(), To: number, MessageStatus: 'failed', ErrorCode: '21610' })
  expect([await lost(), await isReached()]).toEqual([204, false])
  await (await aPost('incoming', { MessageSid: sid(), From: number, Body: 'START' }))()
  expect([await lost(), await isReached()]).toEqual([204, true])
})

/** The way of SMS, with something that happens between Twilio's taking a message and our knowing of it. */
function smsWay(between: (reference: string) => Promise<void>): Way {
  const way = openWays(server.house).find(one => one.channel.name === 'sms')!
  const { channel } = way
  return { ...way, channel: { ...channel, send: async message => {
    const sent = await channel.send(message)
    if (sent.outcome === 'sent') await between(sent.reference ?? '')
    return sent
  } } }
}

test('an SMS that is lost before we know that it was taken is a dead letter, too, and can be sent again', async () => {
  const { member } = await somebodyReached()
  await server.ask(member, 'PATCH', '/api/v1/me/notification-preferences', { body: { groups: { bookings: { sms: true } } } })
  await aLot(db, member)
  const told = aTelling(db, desk.house.settings, [])
  const references: string[] = []
  told.ways.push(smsWay(async reference => {
    references.push(reference)
    if (references.length === 1) await twilio.became(reference, 'undelivered')
    // The first one's news, once more.
    else await twilio.became(references[0]!, 'undelivered')
  }))
  await desk.book(member, await aSession(db))
  await told.hear()
  await told.send()
  expect(await told.rowsOf(member)).toMatchObject([{ channel: 'sms', state: 'failed', lastError: 'Twilio: undelivered' }])
  await db.sql`update messages set state = 'waiting', attempts = 0 where user_id = ${member.id}`
  await told.send()
  expect([references.length, await told.rowsOf(member)]).toMatchObject([2, [{ state: 'sent', lastError: null }]])
})
