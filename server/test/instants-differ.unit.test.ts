// A test that compares instants must be able to fail, however it compares them.
import { expect, test } from 'vitest'
import './instants-differ.ts'

const at = Temporal.Instant.from('2027-01-01T00:00:00Z')
const later = at.add({ nanoseconds: 1 })

test('an instant matches itself and no other, inside of objects and lists too', () => {
  expect({ at }).toMatchObject({ at: Temporal.Instant.from(String(at)) })
  expect({ at }).not.toMatchObject({ at: later })
  expect([{ at }]).not.toMatchObject([{ at: later }])
  expect({ at }).not.toEqual({ at: later })
  expect({ at }).not.toMatchObject({ at: String(at) })
})
