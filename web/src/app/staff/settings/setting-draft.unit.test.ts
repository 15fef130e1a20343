// The settings' page: every setting has its words and the contract's bounds, and what is typed is what is sent.
import { expect, test } from 'vitest'
import { settingShapes } from '@fitflow/contract/settings.ts'
import { changesOf, faultOf, readingOf, saidOf, textOf, valueOf } from './setting-draft.ts'
import type { SettingName, SettingValues, SettingWords } from './setting-kinds.ts'
import { settingGroups, wordsOf } from './setting-words.ts'

const all = settingGroups.flatMap((group) => group.settings)
const of = (name: SettingName) => wordsOf(name) as SettingWords

test('every setting of the contract has its place on the page, once', () => {
  expect(all.map(({ name }) => name).sort()).toEqual(Object.keys(settingShapes).sort())
})

test('every number has the bounds of the contract', () => {
  const said = all.flatMap((words) => (words.kind === 'count' ? [[words.name, words.min, words.max]] : words.kind === 'money' ? [[words.name, 0, words.max]] : []))
  const shapes = settingShapes as unknown as Record<string, { type?: string; minimum?: number; maximum?: number }>
  const bounds = Object.entries(shapes).filter(([name, { type }]) => type === 'integer' && name !== 'bookingOpensWeekday')
  expect(said.sort()).toEqual(bounds.map(([name, { minimum, maximum }]) => [name, minimum, maximum]).sort())
})

test('what is typed is said to be wrong or understood', () => {
  expect([faultOf(of('holdSeconds'), '4', 'EUR'), faultOf(of('holdSeconds'), '5', 'EUR'), faultOf(of('holdSeconds'), '', 'EUR')]).toEqual([
    'A whole number from 5 to 3,600.',
    '',
    'A whole number from 5 to 3,600.',
  ])
  expect(['7.5', '7.555', '-1', '100000.01'].map((text) => valueOf(of('noShowFee'), text, 'EUR'))).toEqual([750, undefined, undefined, undefined])
  expect(valueOf(of('noShowFee'), '750', 'JPY')).toBe(750)
  expect(textOf(of('noShowFee'), 750, 'EUR')).toBe('7.5')
  expect([valueOf(of('strikesOn'), 'false', 'EUR'), valueOf(of('bookingOpensWeekday'), '7', 'EUR')]).toEqual([false, 7])
  expect([faultOf(of('currency'), 'eur', 'EUR'), faultOf(of('studioName'), ' ', 'EUR')]).not.toContain('')
})

test('only what was typed anew and fits is sent', () => {
  const settings = { holdSeconds: 600, offerSeconds: 300, studioName: 'Ritmo', currency: 'EUR' } as SettingValues
  expect(changesOf(settings, { holdSeconds: '600', offerSeconds: '200', studioName: ' Ritmo ' })).toEqual({ offerSeconds: 200 })
  expect(changesOf(settings, { holdSeconds: '1' })).toEqual({})
})

test('values are said as people count them', () => {
  expect([readingOf('seconds', 600), readingOf('seconds', 90), readingOf('seconds', 30), readingOf('minutes', 30), readingOf('minutes', 1500), readingOf('hours', 12), readingOf('hours', 36), readingOf('days', 9)]).toEqual(
    ['10 min', '1 min 30 s', '', '', '1 day 1 h', '', '1 day 12 h', ''],
  )
  expect(saidOf(of('bookingsPerDayMax'), 0, 'EUR')).toBe('no cap')
  expect(saidOf(of('bookingsPerDayMax'), 1, 'EUR')).toBe('1 spot')
  expect(saidOf(of('waitlistMax'), 1, 'EUR')).toBe('1 person')
  expect(saidOf(of('halfReturnPercent'), 50, 'EUR')).toBe('50 %')
  expect(saidOf(of('bookingOpensMode'), 'clock', 'EUR')).toBe('Once a week')
  expect(saidOf(of('bookingOpensWeekday'), 1, 'EUR')).toBe('Monday')
  expect(saidOf(of('strikesOn'), false, 'EUR')).toBe('Off')
  expect(saidOf(of('noShowFee'), 750, 'EUR')).toBe('€7.50')
})
