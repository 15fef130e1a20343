// Calendar entries as another parser reads them, and the code at the door as a scanner does.
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { readQr } from '../../test/browser/qr.ts'
import { frame, kinds, languages, samples } from '../../test/messages.ts'
import type { FactsOf } from './message-kinds.ts'
import { renderMessage } from './render.ts'

const [booked] = samples['booking-confirmed'] as [FactsOf['booking-confirmed']]
const [changed] = samples['session-changed'] as [FactsOf['session-changed']]
const [cancelled] = samples['booking-cancelled'] as [FactsOf['booking-cancelled']]

interface Entry {
  method: string
  uid: string
  sequence: number
  status: string
  summary: string
  start: string
  end: string
}

function entryOf({ attachments }: Awaited<ReturnType<typeof renderMessage>>): Entry {
  const calendar = new ICAL.Component(ICAL.parse(String(attachments.find(one => one.cid === null)?.content)) as unknown[])
  const event = calendar.getFirstSubcomponent('vevent')!
  const { uid, summary, startDate, endDate, sequence } = new ICAL.Event(event)
  const iso = (time: ICAL.Time) => time.toJSDate().toISOString().replace('.000', '')
  return { method: String(calendar.getFirstPropertyValue('method')), status: String(event.getFirstPropertyValue('status')), uid, summary, sequence, start: iso(startDate), end: iso(endDate) }
}

test('booked, moved and cancelled are one entry, each time a later one', async () => {
  const first = entryOf(await renderMessage('booking-confirmed', 'en', booked, frame))
  const moved = entryOf(await renderMessage('session-changed', 'en', { ...changed, version: booked.version + 1, startsAt: '2027-01-13T06:00:00Z', endsAt: '2027-01-13T06:50:00Z' }, frame))
  const gone = entryOf(await renderMessage('booking-cancelled', 'es', { ...cancelled, version: booked.version + 1 }, frame))
  expect(first).toMatchObject({ method: 'PUBLISH', status: 'CONFIRMED', summary: 'Reformer Flow', start: '2027-01-12T06:00:00Z', end: '2027-01-12T06:50:00Z' })
  expect(moved).toMatchObject({ method: 'PUBLISH', uid: first.uid, start: '2027-01-13T06:00:00Z' })
  expect(gone).toMatchObject({ method: 'CANCEL', uid: first.uid, status: 'CANCELLED' })
  expect([first.sequence, moved.sequence, gone.sequence]).toEqual([6, 8, 9])
})

test('an entry is of the booking: who books again gets another one', async () => {
  const again = { ...booked, bookingId: '01890000-0000-7000-8000-0000000000ff' }
  const [one, other] = [entryOf(await renderMessage('booking-confirmed', 'en', booked, frame)), entryOf(await renderMessage('booking-confirmed', 'en', again, frame))]
  expect(other.uid).not.toBe(one.uid)
})

test('who has no booking gets no entry, and a reminder brings none again', async () => {
  const without = [
    await renderMessage('session-changed', 'en', { ...changed, bookingId: null, had: 'waiting' }, frame),
    await renderMessage('reminder-day', 'en', samples['reminder-day'][0]!, frame),
    await renderMessage('no-show', 'en', samples['no-show'][0]!, frame),
  ]
  expect(without.flatMap(({ attachments }) => attachments.filter(one => one.cid === null))).toEqual([])
})

test.each([
  { when: 'the clocks go back', startsAt: '2027-10-31T00:10:00Z', endsAt: '2027-10-31T01:05:00Z', told: /02:10 \D+02:05/ },
  { when: 'the clocks go forward', startsAt: '2027-03-28T00:30:00Z', endsAt: '2027-03-28T01:20:00Z', told: /01:30 \D+03:20/ },
])('when $when during a class, both moments are told as they are', async ({ startsAt, endsAt, told }) => {
  for (const language of languages) {
    const message = await renderMessage('booking-confirmed', language, { ...booked, startsAt, endsAt }, frame)
    expect(entryOf(message)).toMatchObject({ start: startsAt, end: endsAt })
    expect(message.text).toMatch(told)
  }
})

test('a class is told in its own zone, whatever the zone of the server', async () => {
  const message = await renderMessage('booking-confirmed', 'en', { ...booked, timeZone: 'Pacific/Auckland' }, frame)
  expect(message.subject).toBe("You're in: Reformer Flow, Tue 12 Jan, 19:00")
})

test('the code in the mail is the one of the booking', async () => {
  for (const kind of kinds) {
    for (const facts of samples[kind]) {
      const { html, attachments } = await renderMessage(kind, 'en', facts as never, frame)
      const code = attachments.find(one => one.cid !== null)
      const token = 'qrToken' in facts ? facts.qrToken : null
      expect(code ? readQr(code.content as Buffer) : null).toBe(token)
      expect(html.includes(`cid:${code?.cid}`)).toBe(token !== null)
    }
  }
})
