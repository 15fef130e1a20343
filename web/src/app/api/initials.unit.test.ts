// Whoever has no picture is known by the first letters of their name, whatever these are.
import { expect, test } from 'vitest'
import { initialsOf } from './initials.ts'

test.each([
  ['Ada Lovelace', 'AL'],
  ['  ada  king lovelace ', 'AL'],
  ['Cher', 'C'],
  ['O\u0308yku\u0308 Ünal', 'O\u0308Ü'],
  ['👩‍👩‍👧‍👦🏋🏽‍♀️🧘', '👩‍👩‍👧‍👦'],
  ['🏋🏽‍♀️ 🧘', '🏋🏽‍♀️🧘'],
  ['𝒜da 𝓛ovelace', '𝒜𝓛'],
  ['', ''],
])('%s is %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
