// Rules of series as staff read them.
import { expect, test } from 'vitest'
import { endInWords, lastDayOf, madeInWords, ruleInWords, weekdaysOf } from './rule-words.ts'

test.each([
  ['FREQ=WEEKLY;BYDAY=MO,WE', 'Every Monday and Wednesday'],
  ['FREQ=WEEKLY;BYDAY=FR,MO,WE', 'Every Monday, Wednesday and Friday'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Every weekday'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU', 'Every day'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', 'Every second week on Friday'],
  ['FREQ=WEEKLY;INTERVAL=5;BYDAY=SA,SU', 'Every 5 weeks on Saturday and Sunday'],
  ['FREQ=DAILY;COUNT=10', 'Every day'],
  ['FREQ=DAILY;INTERVAL=3', 'Every third day'],
  ['FREQ=MONTHLY;BYMONTHDAY=15', 'Every month on the 15th'],
  ['FREQ=MONTHLY;BYMONTHDAY=1,11,22,-1', 'Every month on the 1st, the 11th, the 22nd and the last day'],
  ['FREQ=MONTHLY;BYMONTHDAY=-3', 'Every month on the 3rd to last day'],
  ['FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU', 'Every second month on the second Tuesday'],
  ['FREQ=MONTHLY;BYDAY=-1FR', 'Every month on the last Friday'],
  ['FREQ=MONTHLY;BYDAY=-2FR', 'Every month on the second to last Friday'],
  ['FREQ=MONTHLY;BYDAY=TH', 'Every month on every Thursday'],
])('%s is "%s"', (rrule, words) => {
  expect(ruleInWords(rrule)).toBe(words)
})

test('it ends where its rule does or where it was stopped, whichever comes first', () => {
  expect(lastDayOf({ rrule: 'FREQ=DAILY', endsBefore: null })).toBe(null)
  expect(lastDayOf({ rrule: 'FREQ=DAILY', endsBefore: '2027-03-01' })).toBe('2027-02-28')
  expect(lastDayOf({ rrule: 'FREQ=DAILY;UNTIL=20270115', endsBefore: '2027-03-01' })).toBe('2027-01-15')
  expect(lastDayOf({ rrule: 'FREQ=DAILY;UNTIL=20270315', endsBefore: '2027-03-01' })).toBe('2027-02-28')
  const words = (rrule: string) => endInWords({ rrule, endsBefore: null }, (day) => day)
  expect([words('FREQ=DAILY'), words('FREQ=DAILY;COUNT=1'), words('FREQ=DAILY;UNTIL=20270115')]).toEqual(['No end', '1 class in all', 'Until 2027-01-15'])
})

test('only a rule that goes by the week, or every day, has weekdays', () => {
  expect(weekdaysOf('FREQ=WEEKLY;BYDAY=MO,SU')).toEqual(new Set([1, 7]))
  expect(weekdaysOf('FREQ=DAILY')?.size).toBe(7)
  expect(weekdaysOf('FREQ=DAILY;INTERVAL=2')).toBe(null)
  expect(weekdaysOf('FREQ=MONTHLY;BYDAY=1MO')).toBe(null)
})

test.each([
  ['FREQ=DAILY', null, 'Made until 2027-01-31; more come by themselves.'],
  ['FREQ=DAILY;UNTIL=20270301', null, 'Made until 2027-01-31; more come by themselves until 2027-03-01.'],
  ['FREQ=DAILY;UNTIL=20270201', null, 'Made until 2027-01-31; more come by themselves until 2027-02-01.'],
  ['FREQ=DAILY;UNTIL=20270131', null, 'All are made, until 2027-01-31; no more come.'],
  ['FREQ=DAILY', '2027-01-21', 'All are made, until 2027-01-20; no more come.'],
  ['FREQ=DAILY;UNTIL=20270101', null, 'All are made, until 2027-01-01; no more come.'],
  ['FREQ=DAILY;UNTIL=20261231', null, 'It was made until 2026-12-31; no more come.'],
  ['FREQ=DAILY', '2027-01-01', 'It was made until 2026-12-31; no more come.'],
  ['FREQ=DAILY;COUNT=10', null, 'Made until 2027-01-31; it has 10 classes in all.'],
  ['FREQ=DAILY;COUNT=10', '2027-01-06', 'All are made, until 2027-01-05; no more come.'],
])('of %s, ending before %s, is said: %s', (rrule, endsBefore, words) => {
  const series = { rrule, endsBefore, publishes: true, until: '2027-02-01' }
  expect(madeInWords(series, '2027-01-01', (day) => day)).toBe(words)
})

test('what is made as drafts is said to be', () => {
  const words = (rrule: string) => madeInWords({ rrule, endsBefore: null, publishes: false, until: '2027-02-01' }, '2027-01-01', (day) => day)
  expect(words('FREQ=DAILY')).toBe('Made until 2027-01-31, as drafts; more come by themselves.')
  expect(words('FREQ=DAILY;UNTIL=20270110')).toBe('All are made, until 2027-01-10, as drafts; no more come.')
})
