// The rows of the availability editor: what is typed becomes what the server is told, and what is senseless is said at once.
import { expect, test } from 'vitest'
import type { Block } from '@fitflow/contract/availability.ts'
import { barrenOf, blocksOf, draft, draftsOf, faultOf, inOrder, slotStarts } from './availability-draft.ts'

const terms = { slotMinutes: 60, bufferMinutes: 15 }

test('blocks go through the editor unchanged, the end of the day among them', () => {
  const blocks: Block[] = [
    { kind: 'weekly', weekday: 3, from: '10:00', to: '24:00', validFrom: '2027-01-01', validUntil: '2027-03-31' },
    { kind: 'once', on: '2027-01-13', from: '08:00', to: '09:30' },
    { kind: 'exception', on: '2027-01-20', from: '00:00', to: '24:00' },
  ]
  expect(blocksOf(draftsOf(blocks))).toEqual(blocks)
})

test('a row says its slots as they will be offered: buffer between them, none past its end', () => {
  expect(slotStarts(draft({ kind: 'weekly', from: '10:00', to: '13:00' }), terms)).toEqual(['10:00', '11:15'])
  expect(slotStarts(draft({ kind: 'weekly', from: '10:00', to: '12:15' }), terms)).toEqual(['10:00', '11:15'])
  expect(slotStarts(draft({ kind: 'weekly', from: '10:00', to: '12:14' }), terms)).toEqual(['10:00'])
  expect(slotStarts(draft({ kind: 'once', on: '2027-01-13', from: '22:30', to: '00:00' }), terms)).toEqual(['22:30'])
  expect(slotStarts(draft({ kind: 'exception', on: '2027-01-13' }), terms)).toEqual([])
  expect(slotStarts(draft({ kind: 'weekly' }), { slotMinutes: Number.NaN, bufferMinutes: 0 })).toEqual([])
})

test.each([
  ['nothing', {}, ''],
  ['an end that is its beginning', { from: '10:00', to: '10:00' }, 'It ends before it begins.'],
  ['an end at midnight', { from: '10:00', to: '00:00' }, ''],
  ['no hour', { from: '' }, 'Say from when until when.'],
  ['no day', { kind: 'once' as const }, 'Choose the day.'],
  ['one day as first and last', { validFrom: '2027-01-01', validUntil: '2027-01-01' }, ''],
  ['a last day before the first', { validFrom: '2027-01-02', validUntil: '2027-01-01' }, 'Its last day is before its first.'],
])('%s is wrong with it: %o', (_, of, fault) => {
  expect(faultOf(draft({ kind: 'weekly', ...of }))).toBe(fault)
})

test.each([
  ['a slot to the minute', {}, ''],
  ['a minute too little', { to: '09:59' }, 'Too short for one of 60 minutes.'],
  ['until midnight', { from: '23:00', to: '00:00' }, ''],
  ['time away, however short', { kind: 'exception' as const, on: '2027-01-11', to: '09:05' }, ''],
  ['a season without its weekday', { validFrom: '2027-01-12', validUntil: '2027-01-17' }, 'There is no such weekday between its first day and its last.'],
  ['a season that ends on its weekday', { validFrom: '2027-01-12', validUntil: '2027-01-18' }, ''],
  ['yesterday', { kind: 'once' as const, on: '2027-01-10' }, 'That is over already.'],
  ['a season that is over', { validUntil: '2027-01-10' }, 'That is over already.'],
  ['another century', { kind: 'once' as const, on: '2107-01-11' }, 'At most 2 years ahead: look at the year again.'],
])('of %s it is said why no slot comes of it', (_, of, words) => {
  const row = draft({ kind: 'weekly', to: '10:00', ...of })
  const sense = { slotMinutes: 60, today: '2027-01-11', lastDay: '2029-01-11', kept: [] }
  expect(barrenOf(row, sense)).toBe(words)
})

test('what stands already may be over', () => {
  const row = draft({ kind: 'once', on: '2027-01-04' })
  expect(barrenOf(row, { slotMinutes: 60, today: '2027-01-11', lastDay: '2029-01-11', kept: blocksOf([row]) })).toBe('')
})

test('rows stand by day and hour', () => {
  const rows = [draft({ kind: 'once', on: '2027-02-01', from: '08:00' }), draft({ kind: 'once', on: '2027-01-01', from: '18:00' }), draft({ kind: 'once', on: '2027-01-01', from: '08:00' })]
  expect(inOrder(rows).map((row) => row.on + row.from)).toEqual(['2027-01-0108:00', '2027-01-0118:00', '2027-02-0108:00'])
})
