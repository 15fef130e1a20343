// What Twilio gets from us, and what becomes of its refusals: a stand-in that somebody else built, and answers as Twilio documents them.
import { expect, test } from 'vitest'
import { aRefusal, aTwilio } from '../../test/twilio.ts'
import type { Outgoing } from './channel.ts'
import { openTwilio, type TwilioOptions } from './twilio-channel.ts'

const twilio = await aTwilio()
const account: TwilioOptions = {
  ...{ accountSid: twilio.accountSid, authToken: twilio.authToken, sender: { from: twilio.number } },
  ...{ apiBase: twilio.url, statusUrl: null },
}

const sms: Outgoing = {
  ...{ id: '0197-row', to: '+34612345678', subject: 'A title', text: 'Tomorrow, 07:00: Morning Strength.', html: null },
  ...{ url: 'https://studio.example/bookings/1', attachments: [], unsubscribeUrl: null },
}

test('an SMS goes out from our number, with the page it is about where that fits', async () => {
  const sent = await openTwilio(account).send(sms)
  const taken = (await twilio.taken()).at(-1)
  expect(taken).toMatchObject({ to: sms.to, from: twilio.number, body: `${sms.text} ${sms.url}` })
  expect(sent).toEqual({ outcome: 'sent', reference: taken?.sid })
  await openTwilio(account).send({ ...sms, text: 'Too long for an address beside it. '.repeat(4) })
  expect((await twilio.taken()).at(-1)?.body).not.toContain('https://')
})

test('a number that is not ours is our own mistake, and may be put right', async () => {
  const sent = await openTwilio({ ...account, sender: { from: '+34900000000' } }).send(sms)
  expect(sent).toMatchObject({ outcome: 'failed', permanent: false, reason: expect.stringContaining('21606') })
})

test('a wrong token may be put right, too', async () => {
  expect(await openTwilio({ ...account, authToken: 'another' }).send(sms)).toMatchObject({ outcome: 'failed', permanent: false })
})

test.each([
  ['no number', 400, 21211, true],
  ['somebody who said STOP', 400, 21610, true],
  ['no mobile', 400, 21614, true],
  ['a landline', 400, 21635, true],
  ['too many at once', 429, 20429, false],
  ['a full queue', 400, 21611, false],
  ['trouble at Twilio', 503, 20503, false],
  ['trouble before Twilio', 502, null, false],
])('refused for %s (%i, %s): for good is %s', async (_, status, code, permanent) => {
  const apiBase = await aRefusal(status, code)
  const sent = await openTwilio({ ...account, apiBase }).send(sms)
  expect(sent).toMatchObject({ outcome: 'failed', permanent, reason: expect.stringContaining(String(code ?? status)) })
})

test('only who said STOP is noted as such', async () => {
  const noted: string[] = []
  const optedOut = (number: string) => Promise.resolve(void noted.push(number))
  for (const code of [21211, 21610]) await openTwilio({ ...account, apiBase: await aRefusal(400, code), optedOut }).send(sms)
  expect(noted).toEqual([sms.to])
})

test('no answer in time may come another time', async () => {
  const channel = openTwilio({ ...account, apiBase: await aRefusal(null), timeoutMs: 200 })
  expect(await channel.send(sms)).toMatchObject({ outcome: 'failed', permanent: false })
})

test('nobody there may come back', async () => {
  expect(await openTwilio({ ...account, apiBase: 'http://127.0.0.1:1' }).send(sms)).toMatchObject({ outcome: 'failed', permanent: false })
})
