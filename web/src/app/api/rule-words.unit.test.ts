// Rules of series as staff read them.
import { expect, test } from 'vitest'
import { endInWords, lastDayOf, ruleInWords, weekdaysOf } from './rule-words.ts'

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
