// A block that is moved lands on a quarter of an hour, whole within the hours shown.
import { expect, test } from 'vitest'
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import type { Block } from './board.ts'
import { type Drag, dragged, isClick, minuteAt, nudged } from './moving.ts'

const block: Block = { session: {} as StaffSession, day: '2026-11-26', from: 450, to: 510, hue: 1, movable: true }
const drag: Drag = { block, column: 2, minute: 450, moving: false, origin: { x: 100, y: 200, column: 2 } }
const hours = { first: 7, last: 21 }
const dropAt = (y: number) => dragged(drag, { y, column: 3, hourPx: 60, hours }).minute

test.each([
  [200, 450],
  [207, 450],
  [208, 465],
  [192, 435],
  [160, 420],
  [0, 420],
  [950, 1200],
  [2000, 1200],
])('taken at 200 px and let go at %i px it begins at minute %i', (y, minute) => {
  expect(dropAt(y)).toBe(minute)
})

test('a hand that shakes has not moved anything', () => {
  expect(isClick({ x: 10, y: 10 }, { clientX: 15, clientY: 5 })).toBe(true)
  expect(isClick({ x: 10, y: 10 }, { clientX: 16, clientY: 10 })).toBe(false)
  expect(isClick({ x: 10, y: 10 }, { clientX: 10, clientY: 4 })).toBe(false)
})

test('keys move by a quarter and by a column, and stop at the edges', () => {
  const by = (key: string, from: Partial<Drag> = {}) => nudged({ ...drag, ...from }, { key, columns: 7, hours })
  expect(by('ArrowDown')).toMatchObject({ minute: 465, column: 2, moving: true })
  expect(by('ArrowUp')).toMatchObject({ minute: 435 })
  expect(by('ArrowUp', { minute: 420 })).toMatchObject({ minute: 420 })
  expect(by('ArrowDown', { minute: 1200 })).toMatchObject({ minute: 1200 })
  expect(by('ArrowLeft')).toMatchObject({ column: 1 })
  expect(by('ArrowLeft', { column: 0 })).toMatchObject({ column: 0 })
  expect(by('ArrowRight', { column: 6 })).toMatchObject({ column: 6 })
  expect(by('a')).toBeUndefined()
  expect(nudged(drag, { key: 'ArrowRight', columns: 0, hours })).toMatchObject({ column: 2 })
})

test('empty time is chosen by the quarter it lies in', () => {
  expect([0, 14, 15, 59, 60].map((y) => minuteAt(y, 60))).toEqual([0, 0, 15, 45, 60])
})
