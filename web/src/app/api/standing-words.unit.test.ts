// What is said of each class of a standing reservation, to its member and to staff.
import type { StandingOccurrence } from '@fitflow/contract/standing.ts'
import { expect, test } from 'vitest'
import { payerWords, standingSaid } from './standing-words.ts'

const decidesAt = '2027-01-04T06:00:00Z'
const coming: StandingOccurrence = {
  ...{ sessionId: 'a', startsAt: '2027-02-03T07:00:00Z', endsAt: '2027-02-03T08:00:00Z', state: 'coming', outcome: null },
  ...{ reason: null, sentence: null, bookingId: null, decidesAt, decidedAt: null },
}
const moment = (iso: string): string => iso.slice(0, 16)
const said = (differs: Partial<StandingOccurrence>, voice: 'you' | 'they' = 'you', atMs = Date.parse(decidesAt)) => {
  const { tag, words, way } = standingSaid({ ...coming, ...differs }, { atMs, voice, moment })
  return [tag, words, ...(way ? [way.link] : [])]
}

test('before its turn it says when that is, at its turn that it is being booked', () => {
  expect(said({}, 'you', Date.parse(decidesAt) - 1)).toEqual(['To come', 'Books itself 2027-01-04T06:00.'])
  expect(said({}, 'you')).toEqual(['Now', 'Being booked.'])
})

test.each<[Partial<StandingOccurrence>, string[]]>([
  [{ state: 'booked', outcome: 'booked', sentence: 'Booked Yoga with 1 credit.' }, ['Booked', 'Booked Yoga with 1 credit.']],
  [{ state: 'booked', outcome: 'waitlisted' }, ['Got in', 'It was full at first: you got in from the waitlist.']],
  [{ state: 'booked', outcome: 'skipped', reason: 'insufficient-credits' }, ['Booked', 'You booked it yourself.']],
  [{ state: 'skipped', outcome: 'skipped', reason: 'insufficient-credits' }, ['Skipped', 'You had nothing that pays for it then.', '/credits']],
  [{ state: 'skipped', outcome: 'skipped', reason: 'member-blocked' }, ['Skipped', 'You could not book just then, after too many late cancellations or missed classes.', '/strikes']],
  [{ state: 'skipped', outcome: 'skipped', reason: 'something-new', sentence: 'Its own words.' }, ['Skipped', 'Its own words.']],
  [{ state: 'skipped', outcome: null }, ['Not booked', 'It began before its turn had come.']],
  [{ state: 'missed', outcome: 'waitlisted' }, ['Did not get in', 'It was full, and no spot came free for you.']],
])('%o', (differs, expected) => {
  expect(said(differs)).toEqual(expected)
})

test('staff read of the member, who is not they who read', () => {
  const states = ['booked', 'attended', 'no-show', 'waiting', 'offered', 'skipped', 'missed', 'cancelled', 'called-off'] as const
  const reasons = [null, 'insufficient-credits', 'session-full', 'member-blocked', 'too-many-bookings', 'own-class', 'teaching-then', 'overlapping-booking', 'already-booked']
  const all = states.flatMap((state) => reasons.map((reason) => said({ state, reason, outcome: reason ? 'skipped' : 'booked', sentence: 'You see.' }, 'they').join(' ')))
  expect(all.filter((words) => /\b(you|your)\b/i.test(words.replace('You see.', '')))).toEqual([])
})

test('what pays first is said only where it was chosen', () => {
  expect([payerWords({ paysFirst: null }), payerWords({ paysFirst: { id: 'a', name: '10-class pack' } })]).toEqual(['', '10-class pack pays first.'])
})
