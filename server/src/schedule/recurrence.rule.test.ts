// What a rule may say, as a table: one spelling of what is accepted, and a reason for what is not.
import { describe, expect, test } from 'vitest'
import { Problem } from '../platform/problem.ts'
import { readRecurrence, recurrenceText } from './recurrence.rule.ts'

const thursday = Temporal.PlainDate.from('2026-11-26')
const spelled = (text: string) => recurrenceText(readRecurrence(text, thursday))
const refused = (text: string): string => {
  try {
    readRecurrence(text, thursday)
  } catch (error) {
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({ code: 'invalid-request', facts: { errors: [{ path: 'body/rrule' }] } })
    return (error as Problem).detail
  }
  throw new Error(`${text} was accepted`)
}

describe('a rule', () => {
  test.each([
    ['FREQ=WEEKLY;BYDAY=MO,TH', 'FREQ=WEEKLY;BYDAY=MO,TH'],
    ['BYDAY=MO,TH,MO;INTERVAL=1;FREQ=WEEKLY', 'FREQ=WEEKLY;BYDAY=MO,TH'],
    ['FREQ=DAILY', 'FREQ=DAILY'],
    ['FREQ=DAILY;INTERVAL=366', 'FREQ=DAILY;INTERVAL=366'],
    ['FREQ=DAILY;BYDAY=SA,SU', 'FREQ=DAILY;BYDAY=SA,SU'],
    ['FREQ=WEEKLY', 'FREQ=WEEKLY;BYDAY=TH'],
    ['FREQ=MONTHLY', 'FREQ=MONTHLY;BYMONTHDAY=26'],
    ['FREQ=MONTHLY;BYDAY=+1MO,-1FR', 'FREQ=MONTHLY;BYDAY=1MO,-1FR'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1,31', 'FREQ=MONTHLY;BYMONTHDAY=-1,31'],
    ['FREQ=DAILY;COUNT=1', 'FREQ=DAILY;COUNT=1'],
    ['FREQ=DAILY;COUNT=5000', 'FREQ=DAILY;COUNT=5000'],
    ['FREQ=DAILY;UNTIL=20261224', 'FREQ=DAILY;UNTIL=20261224'],
  ])('%s is kept as %s', (text, kept) => {
    expect(spelled(text)).toBe(kept)
    expect(spelled(kept)).toBe(kept)
  })

  test.each([
    ['', 'parts are NAME=VALUE'],
    ['RRULE:FREQ=DAILY', 'parts are NAME=VALUE'],
    ['FREQ=DAILY;', 'parts are NAME=VALUE'],
    ['FREQ=DAILY;BYHOUR=7,9', 'BYHOUR'],
    ['FREQ=DAILY;EXDATE=20261224', 'a session to cancel, or a closure'],
    ['FREQ=WEEKLY;WKST=SU', 'WKST'],
    ['FREQ=DAILY;FREQ=DAILY', 'FREQ twice'],
    ['INTERVAL=2', 'must have FREQ'],
    ['FREQ=YEARLY', 'must have FREQ'],
    ['FREQ=HOURLY', 'must have FREQ'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL between 1 and 366'],
    ['FREQ=DAILY;INTERVAL=367', 'INTERVAL between 1 and 366'],
    ['FREQ=DAILY;COUNT=0', 'COUNT between 1 and 5000'],
    ['FREQ=DAILY;COUNT=5001', 'COUNT between 1 and 5000'],
    ['FREQ=DAILY;COUNT=-3', 'COUNT between 1 and 5000'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20261224', 'both COUNT and UNTIL'],
    ['FREQ=DAILY;UNTIL=20261224T070000', 'UNTIL as a day'],
    ['FREQ=DAILY;UNTIL=20260230', 'no day'],
    ['FREQ=WEEKLY;BYDAY=1MO', '“1MO” in BYDAY'],
    ['FREQ=MONTHLY;BYDAY=6MO', '“6MO” in BYDAY'],
    ['FREQ=MONTHLY;BYDAY=XX', '“XX” in BYDAY'],
    ['FREQ=WEEKLY;BYMONTHDAY=3', 'only with FREQ=MONTHLY'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'between 1 and 31'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'between 1 and 31'],
    ['FREQ=MONTHLY;BYMONTHDAY=-32', 'between 1 and 31'],
    ['FREQ=MONTHLY;BYMONTHDAY=MO', 'between 1 and 31'],
  ])('%s is refused: %s', (text, reason) => {
    expect(refused(text)).toContain(reason)
  })
})
