// A loop of rounds: when the next one comes, that it outlives a fault, and that it ends with its round.
import { onTestFinished, expect, test, vi } from 'vitest'
import { openLog } from './log.ts'
import { repeat } from './repeat.ts'

const log = openLog('silent')
const everyMs = 1000

/** A loop by a clock of its own; each round ends when it is told how. */
function aLoop(apartMs = 0) {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const rounds: PromiseWithResolvers<'again' | 'later'>[] = []
  const loop = repeat('a test', { everyMs, apartMs }, log, () => {
    const round = Promise.withResolvers<'again' | 'later'>()
    rounds.push(round)
    return round.promise
  })
  return {
    loop,
    count: () => rounds.length,
    /** Ends the round under way. */
    async end(how: 'again' | 'later' | Error) {
      const round = rounds.at(-1)
      if (how instanceof Error) round?.reject(how)
      else round?.resolve(how)
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('the first round comes at once, the next a full pause after the end of the one before', async () => {
  const { count, end } = aLoop()
  expect(count()).toBe(1)
  await pass(5 * everyMs)
  expect(count(), 'no round overlaps another').toBe(1)
  await end('later')
  await pass(everyMs - 1)
  expect(count()).toBe(1)
  await pass(1)
  expect(count()).toBe(2)
})

test('where there is more to do the next round follows at once', async () => {
  const { count, end } = aLoop()
  await end('again')
  await end('again')
  expect(count()).toBe(3)
})

test('a fault is outlived: the next round comes at its time', async () => {
  const { count, end } = aLoop()
  const told = vi.spyOn(log, 'error')
  await end(new Error('met once'))
  expect(count()).toBe(1)
  await pass(everyMs)
  expect(count()).toBe(2)
  expect(told).toHaveBeenCalledWith(expect.objectContaining({ message: 'met once' }), 'a round of a test failed')
})

test('woken while it rests it starts at once', async () => {
  const { loop, count, end } = aLoop()
  await end('later')
  loop.wake()
  await pass(0)
  expect(count()).toBe(2)
})

test('woken in the middle of a round it looks again, because the round may have looked already; and only once', async () => {
  const { loop, count, end } = aLoop()
  loop.wake()
  loop.wake()
  await end('later')
  expect(count()).toBe(2)
  await end('later')
  await pass(everyMs - 1)
  expect(count()).toBe(2)
})

test('stopped in the middle of a round it ends with that round, and starts no other', async () => {
  const { loop, count, end } = aLoop()
  const stopped = loop.stop()
  let hasStopped = false
  void stopped.then(() => (hasStopped = true))
  await pass(everyMs)
  expect(hasStopped).toBe(false)
  await end('again')
  await stopped
  await pass(everyMs)
  expect(count()).toBe(1)
})

test('stopped while it rests it ends at once', async () => {
  const { loop, count, end } = aLoop()
  await end('later')
  await loop.stop()
  expect(count()).toBe(1)
})

test('woken time and again it begins its rounds so far apart, and one that rested begins at once', async () => {
  const { loop, count, end } = aLoop(100)
  await pass(30)
  await end('later')
  loop.wake()
  await pass(69)
  expect(count()).toBe(1)
  await pass(1)
  expect(count()).toBe(2)
  await end('later')
  await pass(500)
  loop.wake()
  await pass(0)
  expect(count()).toBe(3)
})

test('a full round is followed at once, and an end waits for no distance', async () => {
  const { loop, count, end } = aLoop(100)
  await end('again')
  expect(count()).toBe(2)
  loop.wake()
  await end('later')
  await loop.stop()
  expect(count()).toBe(2)
})
