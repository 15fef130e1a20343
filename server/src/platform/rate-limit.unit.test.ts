// Windows of a minute, counted by key.
import { expect, test } from 'vitest'
import { systemClock } from './clock.ts'
import { addressKey, openLimiter } from './rate-limit.ts'

function aLimiter(limit: () => number) {
  let nowMs = 1000
  const limiter = openLimiter({ ...systemClock, monotonicMs: () => nowMs }, limit)
  return { limiter, pass: (milliseconds: number) => (nowMs += milliseconds) }
}

test('the limit is the last that is admitted, and a minute after the first the window begins anew', () => {
  const { limiter, pass } = aLimiter(() => 2)
  expect([limiter.count('a').exceeded, limiter.count('a').exceeded, limiter.count('a').exceeded]).toEqual([false, false, true])
  expect(limiter.count('b').exceeded).toBe(false)
  pass(59_999)
  expect(limiter.count('a')).toMatchObject({ exceeded: true, resetSeconds: 1 })
  pass(1)
  expect(limiter.count('a')).toMatchObject({ exceeded: false, remaining: 1, resetSeconds: 60 })
})

test('what is given back can be used again', () => {
  const { limiter } = aLimiter(() => 1)
  expect([limiter.count('a').exceeded, limiter.count('a').exceeded]).toEqual([false, true])
  limiter.refund('a')
  limiter.refund('a')
  expect(limiter.count('a').exceeded).toBe(false)
})

test('a changed limit is in force at once', () => {
  let limit = 1
  const { limiter } = aLimiter(() => limit)
  limiter.count('a')
  expect(limiter.count('a').exceeded).toBe(true)
  limit = 5
  expect(limiter.count('a').exceeded).toBe(false)
})

test.each([
  ['203.0.113.5', '203.0.113.5'],
  ['::ffff:203.0.113.5', '::ffff:203.0.113.5'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s counts as %s', (ip, key) => {
  expect(addressKey(ip)).toBe(key)
})
