// Which slots are open, instant by instant, and over every night on which the clocks change.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canEverOpen, lastDay, openSlots, type AvailabilityBlock, type SlotFacts, type SlotTerms } from './slots.rule.ts'

// A Monday.
const monday = Temporal.PlainDate.from('2027-01-11')
const terms: SlotTerms = { slotMinutes: 60, bufferMinutes: 0, noticeMinutes: 0, horizonDays: 30 }
const weekly: AvailabilityBlock = { kind: 'weekly', weekday: 1, onDate: null, from: '09:00', to: '12:00', validFrom: null, validUntil: null }
const facts: SlotFacts = { blocks: [weekly], busy: [], closed: [], timeZone: 'UTC', now: Temporal.Instant.from('2027-01-10T00:00:00Z'), closesMinutes: 0 }
const at = (time: string) => Temporal.Instant.from(`2027-01-11T${time}:00Z`)
const span = (from: string, to: string) => ({ startsAt: at(from), endsAt: at(to) })

function startsOf(with_: { terms?: Partial<SlotTerms>; facts?: Partial<SlotFacts>; from?: Temporal.PlainDate; to?: Temporal.PlainDate } = {}): string[] {
  const { from = monday, to = monday } = with_
  return openSlots({ ...terms, ...with_.terms }, { ...facts, ...with_.facts }, { from, to }).map(slot => slot.startsAt.toString().slice(11, 16))
}

test('a block is cut into slots, and the last one ends with it', () => {
  expect(startsOf()).toEqual(['09:00', '10:00', '11:00'])
  expect(startsOf({ terms: { slotMinutes: 61 } })).toEqual(['09:00', '10:01'])
  expect(startsOf({ terms: { slotMinutes: 180 } })).toEqual(['09:00'])
  expect(startsOf({ terms: { slotMinutes: 181 } })).toEqual([])
})

test('a buffer lies between slots', () => {
  expect(startsOf({ terms: { bufferMinutes: 15 } })).toEqual(['09:00', '10:15'])
  expect(startsOf({ terms: { bufferMinutes: 30 } })).toEqual(['09:00', '10:30'])
})

test.each([
  ['ends as the slot begins', span('08:00', '10:00'), 0, ['10:00', '11:00']],
  ['begins as the slot ends', span('10:00', '11:00'), 0, ['09:00', '11:00']],
  ['reaches a minute in', span('08:00', '10:01'), 0, ['11:00']],
  ['ends a buffer before the slot begins', span('08:00', '08:45'), 15, ['09:00', '10:15']],
  ['ends a minute later than that', span('08:00', '08:46'), 15, ['10:15']],
  ['begins a buffer after the slot ends', span('11:30', '12:00'), 15, ['09:00', '10:15']],
  ['begins a minute sooner than that', span('11:29', '12:00'), 15, ['09:00']],
])('what the trainer teaches is kept clear, buffer and all: it %s', (_, busy, bufferMinutes, open) => {
  expect(startsOf({ facts: { busy: [busy] }, terms: { bufferMinutes } })).toEqual(open)
})

test('a closure shuts what it touches, and no buffer is kept to it', () => {
  expect(startsOf({ facts: { closed: [span('10:00', '11:00')] }, terms: { bufferMinutes: 0 } })).toEqual(['09:00', '11:00'])
  expect(startsOf({ facts: { closed: [span('08:00', '09:00')] }, terms: { bufferMinutes: 15 } })).toEqual(['09:00', '10:15'])
})

test('an exception shuts a part of one day only', () => {
  const exception: AvailabilityBlock = { ...weekly, kind: 'exception', weekday: null, onDate: monday, from: '10:00', to: '10:30' }
  expect(startsOf({ facts: { blocks: [weekly, exception] } })).toEqual(['09:00', '11:00'])
  const nextWeek = monday.add({ days: 7 })
  expect(startsOf({ facts: { blocks: [weekly, exception] }, from: nextWeek, to: nextWeek })).toEqual(['09:00', '10:00', '11:00'])
})

test('one day may be open by itself, and slots that two blocks share are there once', () => {
  const once: AvailabilityBlock = { ...weekly, kind: 'once', weekday: null, onDate: monday, from: '11:00', to: '13:00' }
  expect(startsOf({ facts: { blocks: [once, weekly] } })).toEqual(['09:00', '10:00', '11:00', '12:00'])
  expect(startsOf({ facts: { blocks: [once] }, from: monday.add({ days: 7 }), to: monday.add({ days: 7 }) })).toEqual([])
})

test('a weekly block holds from its first day to its last, both included', () => {
  const on = (validFrom: Temporal.PlainDate | null, validUntil: Temporal.PlainDate | null) => startsOf({ facts: { blocks: [{ ...weekly, validFrom, validUntil }] } }).length
  expect([on(monday, monday), on(monday.add({ days: 1 }), null), on(null, monday.subtract({ days: 1 }))]).toEqual([3, 0, 0])
})

test('exactly the minimum notice ahead is early enough, a second less is not', () => {
  const ahead = (now: string) => startsOf({ facts: { now: Temporal.Instant.from(now) }, terms: { noticeMinutes: 120 } })
  expect(ahead('2027-01-11T07:00:00Z')).toEqual(['09:00', '10:00', '11:00'])
  expect(ahead('2027-01-11T07:00:01Z')).toEqual(['10:00', '11:00'])
})

test('without notice a slot is open until it begins', () => {
  const now = (time: string) => startsOf({ facts: { now: Temporal.Instant.from(`2027-01-11T${time}Z`) } })
  expect(now('09:59:59')).toEqual(['10:00', '11:00'])
  expect(now('10:00:00')).toEqual(['11:00'])
})

test('the close of booking binds slots too, whatever the notice: at that instant it is closed', () => {
  const now = (time: string) => startsOf({ facts: { now: Temporal.Instant.from(`2027-01-11T${time}Z`), closesMinutes: 30 } })
  expect(now('09:29:59')).toEqual(['10:00', '11:00'])
  expect(now('09:30:00')).toEqual(['11:00'])
})

test('the last day of the horizon is open, the day after is not', () => {
  const horizon = (horizonDays: number) => startsOf({ terms: { horizonDays } }).length
  expect([horizon(1), horizon(2)]).toEqual([3, 3])
  const nextMonday = monday.add({ days: 7 })
  expect(startsOf({ terms: { horizonDays: 8 }, from: nextMonday, to: nextMonday })).toHaveLength(3)
  expect(startsOf({ terms: { horizonDays: 7 }, from: nextMonday, to: nextMonday })).toEqual([])
  expect(String(lastDay({ horizonDays: 8 }, facts))).toBe('2027-01-18')
})

test('a block may end with the day', () => {
  expect(startsOf({ facts: { blocks: [{ ...weekly, from: '22:30', to: '24:00' }] } })).toEqual(['22:30'])
  expect(startsOf({ facts: { blocks: [{ ...weekly, from: '23:00', to: '24:00' }] } })).toEqual(['23:00'])
})

test('a block in the hour that the clocks skip begins after the gap, and one that comes twice is the earlier', () => {
  const gap = Temporal.PlainDate.from('2027-03-28')
  const overlap = Temporal.PlainDate.from('2027-10-31')
  const on = (day: Temporal.PlainDate, from: string, to: string) => {
    const blocks = [{ ...weekly, weekday: 7, from, to }]
    const now = day.subtract({ days: 2 }).toZonedDateTime('UTC').toInstant()
    return openSlots(terms, { ...facts, blocks, now, timeZone: 'Europe/Madrid' }, { from: day, to: day }).map(slot => String(slot.startsAt))
  }
  expect(on(gap, '02:30', '04:30')).toEqual(['2027-03-28T01:30:00Z'])
  expect(on(overlap, '02:30', '03:30')).toEqual(['2027-10-31T00:30:00Z', '2027-10-31T01:30:00Z'])
})

const zones = ['Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns', 'Africa/Casablanca', 'Asia/Tehran', 'UTC']
const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45)).map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)

test('on every day of every zone slots lie in their block, are as long as they should be and never meet', () => {
  const property = fc.property(
    fc.constantFrom(...zones),
    fc.integer({ min: 0, max: 366 }),
    fc.tuple(clock, fc.oneof(clock, fc.constant('24:00'))).filter(([from, to]) => from < to),
    fc.record({ slotMinutes: fc.constantFrom(15, 45, 60, 90), bufferMinutes: fc.constantFrom(0, 10, 30) }),
    (timeZone, dayOfYear, [from, to], wish) => {
      const day = Temporal.PlainDate.from('2027-01-01').add({ days: dayOfYear })
      const block: AvailabilityBlock = { ...weekly, kind: 'once', weekday: null, onDate: day, from, to }
      const now = day.subtract({ days: 3 }).toZonedDateTime(timeZone).toInstant()
      const slots = openSlots({ ...terms, ...wish }, { ...facts, blocks: [block], timeZone, now }, { from: day, to: day })
      expect(slots.every(slot => slot.startsAt.until(slot.endsAt).total('minutes') === wish.slotMinutes)).toBe(true)
      expect(slots.slice(1).every((slot, n) => slots[n]!.endsAt.until(slot.startsAt).total('minutes') === wish.bufferMinutes)).toBe(true)
      // A block begins at its wall time, or where the clocks skip that, when they say what is after it.
      const wall = slots[0]?.startsAt.toZonedDateTimeISO(timeZone).toPlainTime().toString().slice(0, 5) ?? from
      const meant = day.toZonedDateTime({ timeZone, plainTime: from }).toPlainTime().toString().slice(0, 5)
      expect(wall).toBe(meant)
    },
  )
  fc.assert(property, { numRuns: 300 })
})

test('an hour that the clocks skip opens nothing on that day alone, and every other week it does', () => {
  const madrid = { ...facts, timeZone: 'Europe/Madrid' }
  const skipped = { ...weekly, from: '02:00', to: '03:00', weekday: null, kind: 'once' as const, onDate: Temporal.PlainDate.from('2027-03-28') }
  expect(canEverOpen(terms, { ...madrid, blocks: [skipped] })).toBe(false)
  expect(canEverOpen(terms, { ...madrid, blocks: [{ ...skipped, onDate: skipped.onDate.add({ days: 1 }) }] })).toBe(true)
  expect(canEverOpen(terms, { ...madrid, blocks: [{ ...weekly, from: '02:00', to: '03:00', weekday: 7 }] })).toBe(true)
})

test('a day behind the horizon opens once the horizon reaches it, and one after a long time away too', () => {
  const away = Array.from({ length: 60 }, (_, week) => ({ ...weekly, kind: 'exception' as const, weekday: null, onDate: monday.add({ weeks: week }) }))
  expect(canEverOpen({ ...terms, horizonDays: 1 }, { ...facts, blocks: [{ ...weekly, validFrom: monday.add({ years: 2 }) }] })).toBe(true)
  expect(canEverOpen(terms, { ...facts, blocks: [weekly, ...away] })).toBe(true)
  expect(canEverOpen(terms, { ...facts, blocks: [{ ...weekly, validUntil: monday.add({ weeks: 59 }) }, ...away] })).toBe(false)
})
