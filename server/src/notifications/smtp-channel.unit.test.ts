// What a real SMTP server gets from us, and what becomes of its refusals.
import { onTestFinished, expect, test } from 'vitest'
import { aPostOffice } from '../../test/post-office.ts'
import type { Outgoing } from './channel.ts'
import { openSmtp } from './smtp-channel.ts'

const mail: Outgoing = {
  id: '0197-row',
  to: 'mia@example.test',
  subject: 'Booked: Morning Strength — Mañana',
  text: 'See you there.',
  html: '<p>See you <img src="cid:qr"> there.</p>',
  url: null,
  attachments: [
    { name: 'class.ics', type: 'text/calendar; charset=utf-8; method=PUBLISH', content: 'BEGIN:VCALENDAR', cid: null },
    { name: 'qr.png', type: 'image/png', content: new Uint8Array([137, 80, 78, 71]), cid: 'qr' },
  ],
  unsubscribeUrl: 'https://studio.example/api/v1/unsubscribe?token=abc',
}

function smtp(url: string) {
  const channel = openSmtp({ url, from: 'The Studio <hello@studio.example>', domain: 'studio.example' })
  onTestFinished(channel.close)
  return channel
}

/** Long headers are folded over lines. */
const unfolded = (raw: string) => raw.replaceAll(/\r\n[ \t]+/g, ' ')

test('a mail goes out with its text, HTML, attachments and one-click unsubscribing, under a Message-ID that is the same at each attempt', async () => {
  const office = await aPostOffice()
  const channel = smtp(office.url)
  const reference = '<0197-row@studio.example>'
  expect(await channel.send(mail)).toEqual({ outcome: 'sent', reference })
  expect(await channel.send(mail)).toEqual({ outcome: 'sent', reference })
  expect(office.taken.map(one => /^Message-ID: (.*)$/im.exec(unfolded(one.raw))?.[1])).toEqual([reference, reference])
  const [{ to, raw }] = office.taken as [typeof office.taken[0]]
  expect(to).toEqual(['mia@example.test'])
  expect(unfolded(raw)).toMatch(/^From: The Studio <hello@studio\.example>$/im)
  expect(unfolded(raw)).toMatch(/^List-Unsubscribe: <https:\/\/studio\.example\/api\/v1\/unsubscribe\?token=abc>$/im)
  expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/im)
  expect(raw).toContain('See you there.')
  expect(unfolded(raw)).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=PUBLISH; name=class\.ics/i)
  expect(raw).toMatch(/Content-ID: <qr>/i)
  expect(raw).toContain('iVBORw==')
})

test('a mail that nobody can unsubscribe from has no such header', async () => {
  const office = await aPostOffice()
  await smtp(office.url).send({ ...mail, unsubscribeUrl: null })
  expect(office.taken[0]?.raw).not.toMatch(/List-Unsubscribe/i)
})

test.each([
  [550, true],
  [553, true],
  [450, false],
  [421, false],
  [530, false],
])('a recipient refused with %i is for good: %s', async (code, permanent) => {
  const office = await aPostOffice()
  office.refuse = () => code
  const sent = await smtp(office.url).send(mail)
  expect(sent).toMatchObject({ outcome: 'failed', permanent })
  expect(sent).toHaveProperty('reason', expect.stringContaining(String(code)))
})

test('a mail server that is not there may come back', async () => {
  const office = await aPostOffice()
  await office.close()
  expect(await smtp(office.url).send(mail)).toMatchObject({ outcome: 'failed', permanent: false })
})

test('an address that would be several is none', async () => {
  const office = await aPostOffice()
  const sent = await smtp(office.url).send({ ...mail, to: 'mia@example.test, eve@example.test' })
  expect(office.taken.flatMap(one => one.to)).not.toContain('eve@example.test')
  expect(sent).toHaveProperty('outcome')
})
