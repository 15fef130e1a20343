// A member's number over HTTP, with a Twilio that somebody else built: nothing goes to it before a code was read there.
import type { MyPhone } from '@fitflow/contract/phones.ts'
import { afterAll, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { freePort } from '../../test/fleet.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aServer } from '../../test/server.ts'
import { aTelling } from '../../test/told.ts'
import { aRefusal, aTwilio } from '../../test/twilio.ts'
import { aLot, aMember, anAdmin, aSession, type Person } from '../../test/world.ts'
import { smsAddresses } from './phones.ts'
import { openWays } from './ways.ts'

const { db, clock } = await aDatabase()
const port = await freePort()
const publicUrl = `http://127.0.0.1:${port}`
const twilio = await aTwilio(`${publicUrl}/api/v1/twilio/incoming`)
const { accountSid, authToken } = twilio
const server = await aServer(db, { config: { port, publicUrl, twilio: { accountSid, authToken, sender: { from: twilio.number }, apiBase: twilio.url } } })
const desk = await aFrontDesk(db)
afterAll(() => desk.house.settings.close())
const path = '/api/v1/me/phone'

let numbers = 0
const aNumber = () => `+3461234${String(1000 + numbers++)}`

const put = (member: Person, number: string) => server.ask(member, 'PUT', path, { body: { number } })
const confirm = (member: Person, code: string, key?: string) => server.ask(member, 'POST', `${path}/confirm`, { body: { code }, ...(key ? { key } : {}) })
const phoneOf = async (member: Person) => (await server.ask(member, 'GET', path)).json as MyPhone
const reached = async (member: Person) => [...(await smsAddresses(db.sql, [member.id])).values()].flat()
const smsTo = async (number: string) => (await twilio.taken()).filter(one => one.to === number)

/** The code of the last SMS to a number. */
async function codeTo(number: string): Promise<string> {
  return /^\d{6}/.exec((await smsTo(number)).at(-1)?.body ?? '')?.[0] ?? ''
}

const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

async function somebodyVerified() {
  const member = await aMember(db)
  const number = aNumber()
  await put(member, number)
  await confirm(member, await codeTo(number))
  return { member, number }
}

test('a number is written to only once its code was typed; the code is kept as a digest', async () => {
  const member = await aMember(db)
  const number = aNumber()
  const asked = await put(member, `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`)
  expect([asked.status, asked.json]).toMatchObject([202, { number: null, pending: { number, triesLeft: 5 } }])
  expect(await reached(member)).toEqual([])
  const code = await codeTo(number)
  expect(JSON.stringify(await db.sql`select * from phone_codes where user_id = ${member.id}`)).not.toContain(code)
  const done = await confirm(member, code)
  expect([done.status, done.json]).toEqual([200, { number, optedOut: false, pending: null }])
  expect(await reached(member)).toEqual([number])
})

test('of one code five tries count, however many come at once; then another one is needed', async () => {
  const member = await aMember(db)
  const number = aNumber()
  await put(member, number)
  const code = await codeTo(number)
  const tries = await Promise.all(Array.from({ length: 12 }, () => confirm(member, otherThan(code))))
  expect(tries.map(one => one.problem.code).sort()).toEqual([...Array<string>(7).fill('phone-code-expired'), ...Array<string>(5).fill('phone-code-wrong')])
  expect((await confirm(member, code)).problem.code).toBe('phone-code-expired')
  expect(await reached(member)).toEqual([])
})

test('a code holds for ten minutes', async () => {
  const [late, inTime] = [await aMember(db), await aMember(db)]
  const [lateNumber, number] = [aNumber(), aNumber()]
  await put(late, lateNumber)
  clock.advance({ seconds: 1 })
  await put(inTime, number)
  clock.advance({ seconds: 599 })
  expect((await confirm(late, await codeTo(lateNumber))).problem.code).toBe('phone-code-expired')
  expect((await confirm(inTime, await codeTo(number))).status).toBe(200)
})

test('a code is good for whom and once: not for another member, not again, not after a newer one', async () => {
  const [member, other] = [await aMember(db), await aMember(db)]
  const number = aNumber()
  await put(member, number)
  const first = await codeTo(number)
  await put(other, aNumber())
  expect((await confirm(other, first)).problem.code).toBe('phone-code-wrong')
  clock.advance({ seconds: 30 })
  await put(member, number)
  expect((await confirm(member, first)).problem.code).toBe('phone-code-wrong')
  const code = await codeTo(number)
  const key = crypto.randomUUID()
  const done = await confirm(member, code, key)
  expect((await confirm(member, code)).problem.code).toBe('phone-code-expired')
  const again = await confirm(member, code, key)
  expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([200, done.text, 'true'])
})

test('codes are few: for a member within half a minute and an hour, for a number from whomever; at once they are counted, too', async () => {
  const member = await aMember(db)
  const at = async (number: string) => (await put(member, number)).status
  expect(await at(aNumber())).toBe(202)
  const soon = await put(member, aNumber())
  expect([soon.problem.code, soon.headers.get('retry-after')]).toEqual(['rate-limited', '30'])
  for (const status of [202, 202, 429]) {
    clock.advance({ minutes: 1 })
    expect(await at(aNumber())).toBe(status)
  }
  const victim = aNumber()
  const askers = await Promise.all(Array.from({ length: 8 }, () => aMember(db)))
  const answers = await Promise.all(askers.map(one => put(one, victim)))
  expect(answers.map(one => one.status).sort()).toEqual([202, 202, 202, 202, 202, 429, 429, 429])
  expect(await smsTo(victim)).toHaveLength(5)
})

test('the same request again sends no second SMS', async () => {
  const member = await aMember(db)
  const asked = { body: { number: aNumber() }, key: crypto.randomUUID() }
  await server.ask(member, 'PUT', path, asked)
  clock.advance({ minutes: 1 })
  expect((await server.ask(member, 'PUT', path, asked)).status).toBe(202)
  expect(await smsTo(asked.body.number)).toHaveLength(1)
})

test.each(['612 345 678', '+34 000', '+34 915 000 000', '+34 803 123 456', '+34 612 345 678; drop', 'call +34 612 345 678', 'no number'])('%s is no number that an SMS may go to', async number => {
  const refused = await put(await aMember(db), number)
  expect([refused.problem.code, refused.problem.errors?.[0]?.path]).toEqual(['invalid-request', 'body/number'])
})

test('a number can be changed, and the old one holds until the new one is known; it can be forgotten', async () => {
  const { member, number } = await somebodyVerified()
  clock.advance({ minutes: 1 })
  const next = aNumber()
  await put(member, next)
  expect(await phoneOf(member)).toMatchObject({ number, pending: { number: next } })
  await confirm(member, await codeTo(next))
  expect(await reached(member)).toEqual([next])
  expect((await server.ask(member, 'DELETE', path)).status).toBe(204)
  expect([await phoneOf(member), await reached(member)]).toEqual([{ number: null, optedOut: false, pending: null }, []])
})

test('STOP from a number ends what goes to it, whoever has it, until START; other words change nothing', async () => {
  const { member, number } = await somebodyVerified()
  const { member: other } = await somebodyVerified()
  await twilio.says(number, 'See you at seven')
  expect(await reached(member)).toEqual([number])
  await twilio.says(number, ' stop ')
  expect([await reached(member), (await phoneOf(member)).optedOut]).toEqual([[], true])
  expect(await reached(other)).toHaveLength(1)
  await twilio.says(number, 'START')
  expect(await reached(member)).toEqual([number])
})

test('what Twilio did not sign, or signed for another address, another account or other words, changes nothing', async () => {
  const { member, number } = await somebodyVerified()
  const { default: sdk } = await import('twilio')
  const url = `${publicUrl}/api/v1/twilio/incoming`
  const fields = { AccountSid: accountSid, MessageSid: `SM${'1'.repeat(32)}`, From: number, Body: 'STOP' }
  const signed = (at: string, what: Record<string, string>, token = authToken) => sdk.getExpectedTwilioSignature(token, at, what)
  const post = async (signature: string | null, what: Record<string, string> = fields) =>
    (await fetch(url, { method: 'POST', headers: signature === null ? {} : { 'x-twilio-signature': signature }, body: new URLSearchParams(what) })).status
  const another = { ...fields, AccountSid: `AC${'6'.repeat(32)}` }
  expect([
    await post(null),
    await post('short'),
    await post(signed(url, fields, 'another token')),
    await post(signed(`${url}x`, fields)),
    await post(signed(url, { ...fields, Body: 'START' })),
    await post(signed(url, another), another),
  ]).toEqual([403, 403, 403, 403, 403, 403])
  expect(await reached(member)).toEqual([number])
  expect([await post(signed(url, fields)), await reached(member)]).toEqual([204, []])
})

/** The way of SMS as a worker opens it. */
const smsWay = (apiBase = twilio.url) => {
  const { config } = server.house
  return openWays({ ...server.house, config: { ...config, twilio: { ...config.twilio!, apiBase } } }).filter(way => way.channel.name === 'sms')
}

test('an SMS that Twilio loses afterwards is a dead letter; said again, and of one that was sent again since, it changes nothing', async () => {
  const { member, number } = await somebodyVerified()
  await server.ask(member, 'PATCH', '/api/v1/me/notification-preferences', { body: { groups: { bookings: { sms: true } } } })
  await aLot(db, member)
  const told = aTelling(db, desk.house.settings, [])
  told.ways.push(...smsWay())
  await desk.book(member, await aSession(db))
  await told.hear()
  await told.send()
  const { sid = '' } = (await smsTo(number)).at(-1) ?? {}
  await twilio.became(sid, 'delivered')
  expect(await told.rowsOf(member)).toMatchObject([{ channel: 'sms', state: 'sent', lastError: null }])
  for (const _ of [1, 2]) await twilio.became(sid, 'undelivered')
  expect(await told.rowsOf(member)).toMatchObject([{ state: 'failed', lastError: 'Twilio: undelivered' }])

  const [{ id } = { id: '' }] = await db.sql<{ id: string }[]>`select id from messages where user_id = ${member.id}`
  expect((await server.ask(await anAdmin(db), 'POST', `/api/v1/admin/messages/${id}/resend`)).status).toBe(200)
  await twilio.became(sid, 'undelivered')
  expect(await told.rowsOf(member)).toMatchObject([{ state: 'waiting' }])
  await told.send()
  expect(await smsTo(number)).toHaveLength(3)
  await twilio.became(sid, 'undelivered')
  expect(await told.rowsOf(member)).toMatchObject([{ state: 'sent', lastError: null }])
})

test('a number that Twilio says has said STOP is not written to again', async () => {
  const { member, number } = await somebodyVerified()
  const [way] = smsWay(await aRefusal(400, 21610))
  await way!.channel.send({ id: 'x', to: number, subject: '', text: 'Hello', html: null, url: null, attachments: [], unsubscribeUrl: null })
  expect([await reached(member), (await phoneOf(member)).optedOut]).toEqual([[], true])
})
