// Guarantees of what staff read before they change a class: every person is counted once, in words that fit their number.
import { expect, test } from 'vitest'
import { changeSentence, fateSentence } from './change-sentences.ts'

type Counted = Parameters<typeof changeSentence>[0][number]
const one = (fate: Counted['fate'], has: Counted['has'], returned = 0): Counted => ({ fate, has, returned })

test('a change that affects nobody says so', () => {
  expect(changeSentence([])).toBe('Nobody is affected.')
})

test('one is singular, more are plural, and credits are added up', () => {
  expect(changeSentence([one('returned', 'booking', 100)])).toBe('1 booking is cancelled with 1 credit returned.')
  expect(changeSentence([one('returned', 'booking', 100), one('returned', 'booking', 150)])).toBe('2 bookings are cancelled with 2.5 credits returned.')
  expect(changeSentence([one('released', 'hold')])).toBe('1 hold ends.')
  expect(changeSentence([one('released', 'hold'), one('released', 'hold')])).toBe('2 holds end.')
})

test('a booking that cost nothing is cancelled without a word of credits', () => {
  expect(changeSentence([one('returned', 'booking')])).toBe('1 booking is cancelled.')
})

test('a cancelled class names bookings, then holds, then whoever waits', () => {
  const people = [one('closed', 'waiting'), one('released', 'hold'), one('closed', 'waiting'), one('returned', 'booking', 200)]
  expect(changeSentence(people)).toBe('1 booking is cancelled with 2 credits returned, 1 hold ends and 2 people no longer wait.')
})

test('an offer counts as the hold it is where it moves or ends, and as a place in the queue where that closes', () => {
  expect(changeSentence([one('moved', 'offer'), one('moved', 'hold')])).toBe('2 holds move along.')
  expect(changeSentence([one('released', 'offer')])).toBe('1 hold ends.')
  expect(changeSentence([one('closed', 'offer')])).toBe('1 person no longer waits.')
})

test('a moved class says who moves, who leaves free and who keeps waiting', () => {
  const people = [one('moved', 'booking'), one('moved', 'booking'), one('moved', 'waiting')]
  expect(changeSentence(people)).toBe('2 bookings move along and may be cancelled free and 1 person keeps waiting.')
})

test('more room says who is next', () => {
  expect(changeSentence([one('offered', 'waiting')])).toBe('1 person who waits is next.')
  expect(changeSentence([one('offered', 'waiting'), one('offered', 'waiting')])).toBe('2 people who wait are next.')
})

test('whoever is only told is counted, whatever they have', () => {
  const all = (['booking', 'hold', 'offer', 'waiting', 'cancelled'] as const).map(has => one('told', has))
  expect(changeSentence(all)).toBe('5 people are told.')
})

test('each person reads their own fate, with the instant until which they leave free', () => {
  const [freeUntil, timeZone] = [Temporal.Instant.from('2027-01-12T08:00:00Z'), 'Europe/Berlin']
  const words = (fate: Parameters<typeof fateSentence>[0], has: Counted['has'], until: Temporal.Instant | null = null) =>
    fateSentence(fate, { has, freeUntil: until, timeZone })
  expect(words('moved', 'booking', freeUntil)).toBe('Moves along, and may cancel free until 09:00 on 12 January 2027.')
  expect(words('moved', 'hold')).toBe('Moves along.')
  expect(words('moved', 'waiting', freeUntil)).toBe('Keeps their place on the waitlist.')
  expect(words('released', 'offer')).toBe('The offer ends.')
  expect(words('released', 'hold')).toBe('The hold ends.')
  expect(words('closed', 'waiting')).toBe('The waitlist closes.')
  expect(words('offered', 'waiting')).toBe('Is next for a spot that becomes free.')
  expect(words('told', 'booking')).toBe('Is told.')
  expect(words('told', 'booking', freeUntil)).toBe('Is told, and may cancel free until 09:00 on 12 January 2027.')
})
