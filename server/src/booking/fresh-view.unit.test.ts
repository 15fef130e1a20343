// A shared read: how old it may be, who waits for whom, and when the same object comes back.
import { expect, test } from 'vitest'
import { handClock } from '../platform/clock.ts'
import { openFreshView } from './fresh-view.ts'

interface Value {
  text: string
}

/** A view over one text, by a watch set by hand; reads end at once unless `slow`. */
function aView({ readEveryMs = 250, slow = false } = {}) {
  const world = { text: 'first', nowMs: 5000, reads: 0 }
  const gates: (() => void)[] = []
  const clock = { ...handClock(Temporal.Instant.from('2027-01-11T09:00:00Z')), monotonicMs: () => world.nowMs }
  const view = openFreshView<Value>({
    ...{ clock, entriesMax: 10, readEveryMs, isSame: (a, b) => a.text === b.text },
    async read() {
      world.reads += 1
      const { text } = world
      if (slow) await new Promise<void>(resolve => gates.push(resolve))
      if (text === 'broken') throw new Error('no database')
      return { text }
    },
  })
  return { view, world, letThrough: () => gates.splice(0).forEach(open => open()) }
}

test('within a second it is read once, and then anew', async () => {
  const { view, world } = aView()
  await view.get('a')
  world.nowMs += 999
  await view.get('a')
  expect(world.reads).toBe(1)
  world.nowMs += 1
  await view.get('a')
  expect(world.reads).toBe(2)
})

test('after a hint it is read anew as soon as the last read is a quarter of a second old', async () => {
  const { view, world } = aView()
  await view.get('a')
  world.text = 'second'
  view.expire('a')
  world.nowMs += 249
  expect(await view.get('a')).toEqual({ text: 'first' })
  world.nowMs += 1
  expect(await view.get('a')).toEqual({ text: 'second' })
})

test('where a hint counts at once, the very next look sees the change', async () => {
  const { view, world } = aView({ readEveryMs: 0 })
  await view.get('a')
  world.text = 'second'
  view.expire('a')
  expect(await view.get('a')).toEqual({ text: 'second' })
})

test('a hint about one name leaves the others be; one about all spares none', async () => {
  const { view, world } = aView({ readEveryMs: 0 })
  await Promise.all([view.get('a'), view.get('b')])
  view.expire('a')
  await Promise.all([view.get('a'), view.get('b')])
  expect(world.reads).toBe(3)
  view.expireAll()
  await Promise.all([view.get('a'), view.get('b')])
  expect(world.reads).toBe(5)
})

test('a hint about what nobody has asked for reads nothing', async () => {
  const { view, world } = aView()
  view.expire('unknown')
  expect(world.reads).toBe(0)
})

test('a read that gave the same gives the same object, so that its rendering can be kept', async () => {
  const { view, world } = aView()
  const first = await view.get('a')
  world.nowMs += 1000
  expect(await view.get('a')).toBe(first)
  world.text = 'second'
  world.nowMs += 1000
  expect(await view.get('a')).not.toBe(first)
})

test('many askers at once share one read', async () => {
  const { view, world, letThrough } = aView({ slow: true })
  const all = Promise.all(Array.from({ length: 100 }, async () => view.get('a')))
  letThrough()
  expect(new Set(await all).size).toBe(1)
  expect(world.reads).toBe(1)
})

test('a hint that comes while it is read is not lost: the next asker reads again', async () => {
  const { view, world, letThrough } = aView({ slow: true, readEveryMs: 0 })
  const first = view.get('a')
  world.text = 'second'
  view.expire('a')
  const next = view.get('a')
  letThrough()
  expect([await first, await next]).toEqual([{ text: 'first' }, { text: 'second' }])
})

test('a read that failed is told to those who waited for it, and asked for anew by the next', async () => {
  const { view, world } = aView()
  world.text = 'broken'
  await expect(view.get('a')).rejects.toThrow('no database')
  world.text = 'well again'
  expect(await view.get('a')).toEqual({ text: 'well again' })
})
