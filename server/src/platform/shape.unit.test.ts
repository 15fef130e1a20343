// What is said of input that does not fit its shape: the field that is wrong, and not those of shapes that nobody meant.
import Type from 'typebox'
import { expect, test } from 'vitest'
import { BookForClient } from '@fitflow/contract/session-changes.ts'
import { compileCheck } from './shape.ts'

const userId = '01a227a6-0895-7000-82a4-2f9d50ae7a44'
const check = compileCheck('body', BookForClient)
const paths = (means: unknown) => check({ userId, means })?.map(({ path }) => path)

test('of the ways to pay only the one that was named is spoken of', () => {
  expect(check({ userId, means: { method: 'complimentary', reason: ' ' } })).toEqual([{ path: 'body/means/reason', message: expect.stringContaining('pattern') as string }])
  expect(new Set(paths({ method: 'complimentary', reason: '' }))).toEqual(new Set(['body/means/reason']))
  expect(paths({ method: 'complimentary' })).toEqual(['body/means/reason'])
  expect(check({ userId, means: { method: 'any', reason: 'A gift' } })).toEqual([{ path: 'body/means/reason', message: 'is not known here' }])
})

test('where none was named, or no constant tells them apart, all of it is said', () => {
  expect(paths({ method: 'cash' })).toContain('body/means/method')
  expect(paths(3)).toEqual(['body/means', 'body/means', 'body/means'])
  const either = compileCheck('body', Type.Object({ reason: Type.Union([Type.Literal('late'), Type.Literal('ill'), Type.Null()]) }))
  expect(either({ reason: 'bored' })?.length).toBeGreaterThan(1)
})

test('who sent something did not mean nothing', () => {
  const maybe = compileCheck('body', Type.Object({ zone: Type.Union([Type.String({ minLength: 1 }), Type.Null()]) }))
  expect(maybe({ zone: null })).toBeNull()
  expect(maybe({ zone: '' })).toEqual([{ path: 'body/zone', message: 'must not have fewer than 1 characters' }])
})
