// Topics in groups and words, and how an endpoint is doing.
import { topics } from '@fitflow/contract/events.ts'
import { expect, test } from 'vitest'
import { answerWords, hostOf, readable, standingOf, topicGroups, topicsInWords } from './webhook-words.ts'

test('every topic of the catalogue is in one group, and every group has a name of its own', () => {
  const groups = topicGroups()
  expect(groups.flatMap((group) => group.topics).toSorted()).toEqual(topics.toSorted())
  expect(groups.filter((group) => !/^[A-Z]/.test(group.name))).toEqual([])
})

test('what is chosen is said by whole groups where it can be', () => {
  const bookings = topicGroups().find((group) => group.name === 'Bookings')!.topics
  expect(topicsInWords(topics)).toBe('Every event')
  expect(topicsInWords(bookings)).toBe('Bookings')
  expect(topicsInWords([...bookings, 'hold.created'])).toBe('Bookings and 1 more')
  expect(topicsInWords(['hold.created', 'hold.expired'])).toBe('hold.created, hold.expired')
  expect(topicsInWords(['hold.created', 'hold.expired', 'credit.used', 'credit.granted'])).toBe('hold.created, hold.expired, credit.used and 1 more')
})

test('it is active, failing, paused or stopped', () => {
  const at = '2027-01-11T09:00:00Z'
  const words = [
    standingOf({ paused: null, failingSince: null }),
    standingOf({ paused: null, failingSince: at }),
    ...(['asked', 'failing', 'gone'] as const).map((cause) => standingOf({ paused: { at, cause }, failingSince: at })),
  ].map((one) => one.words)
  expect(words).toEqual(['Active', 'Failing', 'Paused', 'Stopped', 'Stopped'])
})

test('answers, hosts and bodies are said as they are', () => {
  expect(answerWords({ answer: null })).toBe('Not sent yet')
  expect(answerWords({ answer: { status: 503, body: '', fault: null } })).toBe('Answered 503')
  expect(answerWords({ answer: { status: null, body: '', fault: 'Nobody listens at that address.' } })).toBe('Nobody listens at that address.')
  expect([hostOf('https://hooks.example.com:8443/a'), hostOf('nonsense')]).toEqual(['hooks.example.com:8443', 'nonsense'])
  expect([readable('{"a":1}'), readable('<p>')]).toEqual(['{\n  "a": 1\n}', '<p>'])
})
