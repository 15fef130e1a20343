// Present, absent or neither, each at the instants where the answer changes.
import { expect, test } from 'vitest'
import { Problem } from '../platform/problem.ts'
import { checkinTimes, decideMark, hasGracePassed, isLate, type Mark, type Occasion } from './mark.rule.ts'

const startsAt = Temporal.Instant.from('2027-01-11T18:00:00Z')
const createdAt = startsAt.subtract({ hours: 48 })
const settings = { scanOpensMinutes: 30, graceMinutes: 10 }
const at = (time: string) => Temporal.Instant.from(`2027-01-11T${time}Z`)

function decided(mark: Mark, status: Occasion['status'], time: string): string | null {
  try {
    return decideMark(mark, { status, startsAt, createdAt, now: at(time), settings })
  } catch (no) {
    if (no instanceof Problem) return no.code
    throw no
  }
}

test.each<[string, Mark, Occasion['status'], string, string | null]>([
  ['nobody is present before check-in opens', 'present', 'confirmed', '17:29:59.999', 'checkin-window'],
  ['they are from the instant it opens', 'present', 'confirmed', '17:30:00', 'attended'],
  ['staff let them in after the grace', 'present', 'no_show', '18:10:00', 'attended'],
  ['and correct it days later', 'present', 'no_show', '23:59:00', 'attended'],
  ['who is in stays in', 'present', 'attended', '18:05:00', null],
  ['nobody is absent before the start', 'absent', 'confirmed', '17:59:59.999', 'checkin-window'],
  ['they may be from the start on', 'absent', 'confirmed', '18:00:00', 'no_show'],
  ['who was marked present by mistake is absent', 'absent', 'attended', '19:00:00', 'no_show'],
  ['who is absent stays so', 'absent', 'no_show', '18:05:00', null],
  ['a mark is undone before the start', 'undo', 'attended', '17:45:00', 'confirmed'],
  ['until the last instant of the grace', 'undo', 'no_show', '18:09:59.999', 'confirmed'],
  ['and not when it has passed', 'undo', 'no_show', '18:10:00', 'checkin-window'],
  ['what was never marked is not undone', 'undo', 'confirmed', '18:30:00', null],
  ['nobody is expected of a cancelled booking', 'present', 'cancelled', '18:00:00', 'booking-cancelled'],
])('%s', (_, ...[mark, status, time, outcome]) => {
  expect(decided(mark, status, time)).toBe(outcome)
})

test('a refusal names the instant it waits for, or waited for', () => {
  const facts = (mark: Mark, time: string) => {
    try {
      decideMark(mark, { status: 'attended' as const, startsAt, createdAt, now: at(time), settings })
    } catch (no) {
      return (no as Problem).facts
    }
    return undefined
  }
  expect(facts('absent', '17:00:00')).toMatchObject({ opensAt: '2027-01-11T18:00:00Z' })
  expect(facts('undo', '18:30:00')).toMatchObject({ closedAt: '2027-01-11T18:10:00Z' })
})

test('the window opens half an hour before the start, the grace ends ten minutes after it', () => {
  const { opensAt, graceEndsAt } = checkinTimes({ startsAt, createdAt, settings })
  expect([String(opensAt), String(graceEndsAt)]).toEqual(['2027-01-11T17:30:00Z', '2027-01-11T18:10:00Z'])
})

test.each([
  ['17:59:59', '18:09:59.999', false],
  ['17:59:59', '18:10:00', true],
  ['18:00:00', '18:10:00', true],
  ['18:00:01', '18:10:00', false],
  ['18:12:00', '18:21:59.999', false],
  ['18:12:00', '18:22:00', true],
])('booked at %s, at %s the grace has passed: %s', (booked, time, passed) => {
  expect(hasGracePassed({ startsAt, createdAt: at(booked), now: at(time), settings })).toBe(passed)
})

test.each([
  ['17:59:59', false],
  ['18:00:00', false],
  ['18:00:00.001', true],
])('whoever comes at %s is late: %s', (time, late) => {
  expect(isLate(at(time), startsAt)).toBe(late)
})
