// Conditional requests: when two ETags match, and when an edit comes too late.
import { expect, test } from 'vitest'
import { etagOf, expectVersion, matches } from './etag.ts'

test('two states of one address have two ETags', () => {
  expect(etagOf(Buffer.from('{"a":1}'))).not.toBe(etagOf(Buffer.from('{"a":2}')))
  expect(etagOf(Buffer.from('{}'), 1)).not.toBe(etagOf(Buffer.from('{}'), 2))
})

test.each([
  ['W/"a"', true],
  ['"a"', true],
  ['"b", W/"a"', true],
  ['*', true],
  ['"b"', false],
  [undefined, false],
])('If-None-Match %s matches W/"a": %s', (header, expected) => {
  expect(matches(header, 'W/"a"')).toBe(expected)
})

test('an edit of what somebody changed meanwhile is refused; without If-Match it is not asked', () => {
  const edit = (ifMatch: string | undefined) => () => expectVersion(ifMatch === undefined ? {} : { 'if-match': ifMatch }, 3)
  for (const current of [undefined, '*', '"v3"', 'W/"v3-1a-xyz"', '"v2", "v3"']) expect(edit(current)).not.toThrow()
  for (const stale of ['"v2"', 'W/"v30-1a-xyz"', '"nonsense"', '']) {
    expect(edit(stale)).toThrow(expect.objectContaining({ code: 'precondition-failed' }) as Error)
  }
})
