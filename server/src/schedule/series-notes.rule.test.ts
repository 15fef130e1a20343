// What is said before a series is changed or stopped: at the days on which it begins, has ended and goes on.
import { expect, test } from 'vitest'
import { editNotes, endsEarlier, stopNotes, type Stopping } from './series-notes.rule.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const later = { startsOn: day('2027-03-03'), wallTime: '18:00' }

test('a change says where it no longer reaches', () => {
  expect(editNotes(undefined)).toEqual([])
  expect(editNotes(later)).toEqual(['From 3 March 2027 on it goes on at 18:00 as a series of its own, and stays as it is: change that one too if it should follow.'])
})

test.each([
  ['2027-01-26', null, true],
  ['2027-01-26', '2027-01-27', true],
  ['2027-01-27', '2027-01-27', false],
  ['2027-01-28', '2027-01-27', false],
])('an end on %s is earlier than %s: %s', (endsBefore, was, earlier) => {
  expect(endsEarlier({ endsBefore: day(endsBefore), was: was === null ? null : day(was) })).toBe(earlier)
})

const stop = (endsBefore: string, of: Partial<Stopping> = {}) =>
  stopNotes({ endsBefore: day(endsBefore), was: null, firstOn: day('2027-01-20'), later: undefined, standings: 0, ...of })
const already = 'It makes no classes from 27 January 2027 on already, and that stays.'
const never = 'Its first class is on 20 January 2027: it would never begin.'

test('a stop says that one before it stands, from its very day on', () => {
  const was = day('2027-01-27')
  expect(stop('2027-01-26', { was })).toEqual([])
  expect(stop('2027-01-27', { was })).toEqual([already])
  expect(stop('2027-01-28', { was })).toEqual([already])
})

test('a stop on the first day or before it says that the series would never begin', () => {
  expect(stop('2027-01-21')).toEqual([])
  expect(stop('2027-01-20')).toEqual([never])
  expect(stop('2027-01-19')).toEqual([never])
  expect(stop('2027-01-19', { firstOn: undefined })).toEqual([])
})

test('a stop says what goes on all the same', () => {
  expect(stop('2027-02-03', { later })).toEqual(['From 3 March 2027 on it goes on at 18:00 as a series of its own, which is not stopped.'])
})

test.each<[number, Partial<Stopping>, string[]]>([
  [0, {}, []],
  [1, {}, ['One standing reservation in it has no classes from then on.']],
  [2, {}, ['2 standing reservations in it have no classes from then on.']],
  [2, { was: day('2027-02-10') }, ['It makes no classes from 10 February 2027 on already, and that stays.']],
])('%i standing reservations that reach beyond the stop are counted, %j', (standings, of, notes) => {
  expect(stop('2027-02-10', { standings, ...of })).toEqual(notes)
})

test('standing reservations go on in what goes on as another series', () => {
  expect(stop('2027-02-10', { standings: 1, later }).join()).not.toContain('standing')
})
