// When a message is sent: instants around the quiet hours, in the member's zone or the studio's.
import { expect, test } from 'vitest'
import { dueAt, quietOf } from './due.rule.ts'
import type { MessageKind } from './message-kinds.ts'

const studio = { timeZone: 'Europe/Madrid', quietHoursStart: '22:00', quietHoursEnd: '07:00' }
const at = (text: string) => Temporal.Instant.from(text)
// Winter: 22:00 in Madrid is 21:00 in Greenwich.
const cases: [what: string, kind: MessageKind, now: string, startsAt: string | null, due: string][] = [
  ['by day at once', 'credit-expiring', '2027-01-11T12:00:00Z', null, '2027-01-11T12:00:00Z'],
  ['a moment before they begin at once', 'credit-expiring', '2027-01-11T20:59:59Z', null, '2027-01-11T20:59:59Z'],
  ['as they begin in the morning', 'credit-expiring', '2027-01-11T21:00:00Z', null, '2027-01-12T06:00:00Z'],
  ['a moment before they end in the morning', 'credit-expiring', '2027-01-12T05:59:59Z', null, '2027-01-12T06:00:00Z'],
  ['as they end at once', 'credit-expiring', '2027-01-12T06:00:00Z', null, '2027-01-12T06:00:00Z'],
  ['a reminder of the day can wait', 'reminder-day', '2027-01-11T23:00:00Z', '2027-01-12T23:00:00Z', '2027-01-12T06:00:00Z'],
  ['what begins three hours after they end can wait', 'reminder-day', '2027-01-11T23:00:00Z', '2027-01-12T09:00:00Z', '2027-01-12T06:00:00Z'],
  ['what begins a moment sooner cannot', 'reminder-day', '2027-01-11T23:00:00Z', '2027-01-12T08:59:59Z', '2027-01-11T23:00:00Z'],
  ['an early class called off in the night is told in the night', 'session-cancelled', '2027-01-11T23:00:00Z', '2027-01-12T06:30:00Z', '2027-01-11T23:00:00Z'],
  ['a class next week called off in the night is told in the morning', 'session-cancelled', '2027-01-11T23:00:00Z', '2027-01-18T06:30:00Z', '2027-01-12T06:00:00Z'],
  ['an offer never waits', 'waitlist-offer', '2027-01-11T23:00:00Z', '2027-01-18T06:30:00Z', '2027-01-11T23:00:00Z'],
  ['the answer to what somebody just did never waits', 'booking-confirmed', '2027-01-11T23:00:00Z', '2027-01-18T06:30:00Z', '2027-01-11T23:00:00Z'],
  ['the reminder of the hour never waits', 'reminder-hour', '2027-01-12T05:00:00Z', '2027-01-12T06:00:00Z', '2027-01-12T05:00:00Z'],
  ['a night of summer time ends an hour sooner', 'no-show', '2027-07-11T22:00:00Z', '2027-07-11T18:00:00Z', '2027-07-12T05:00:00Z'],
]

test.each(cases)('%s', (...[, kind, now, startsAt, due]) => {
  expect(String(dueAt(kind, { now: at(now), startsAt: startsAt === null ? null : at(startsAt) }, studio))).toBe(due)
})

test('who chose a zone or hours of their own is asleep by these', () => {
  const own = quietOf({ timeZone: 'America/New_York', quietStart: null, quietEnd: null }, studio)
  expect(String(dueAt('no-show', { now: at('2027-01-12T04:00:00Z'), startsAt: null }, own))).toBe('2027-01-12T12:00:00Z')
  const late = quietOf({ timeZone: null, quietStart: '01:00', quietEnd: '10:30' }, studio)
  expect(String(dueAt('no-show', { now: at('2027-01-12T04:00:00Z'), startsAt: null }, late))).toBe('2027-01-12T09:30:00Z')
  const never = quietOf({ timeZone: null, quietStart: '00:00', quietEnd: '00:00' }, studio)
  expect(String(dueAt('no-show', { now: at('2027-01-12T04:00:00Z'), startsAt: null }, never))).toBe('2027-01-12T04:00:00Z')
})
