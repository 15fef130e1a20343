// Pages of a list: they join without a gap, and a forged cursor goes nowhere.
import { Id, Instant } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import { expect, test } from 'vitest'
import { openKeyset } from './keyset.ts'
import { Problem } from './problem.ts'

const keyset = openKeyset<[string, string]>(Type.Tuple([Instant, Id]))
const id = '01890000-0000-7000-8000-000000000001'
const rows = [1, 2, 3].map(day => ({ key: [`2027-01-0${day}T00:00:00Z`, id] as [string, string] }))

test('a page that is followed by another says where that begins', () => {
  const { items, nextCursor } = keyset.page(rows, 2, row => row.key)
  expect(items).toHaveLength(2)
  expect(keyset.read(nextCursor!)).toEqual(['2027-01-02T00:00:00Z', id])
})

test('the last page has no next cursor, full or not', () => {
  expect(keyset.page(rows, 3, row => row.key).nextCursor).toBeNull()
  expect(keyset.page([], 3, (row: (typeof rows)[0]) => row.key)).toEqual({ items: [], nextCursor: null })
})

test('a cursor that this list never handed out is a malformed request', () => {
  const word = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  for (const forged of ['x', '%%%', word(null), word([id]), word(['2027-01-02T00:00:00Z', "' or 1=1"]), word([1, id])]) {
    expect(() => keyset.read(forged), forged).toThrow(Problem)
  }
})
