// One suite for the memory of a process, of a Redis and of a cluster of six; and what a Redis that is away, silent or emptied costs.
import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { aRedis, aRedisCluster } from '../../test/redis.ts'
import { systemClock } from './clock.ts'
import { openLog } from './log.ts'
import { memoryOfThisProcess } from './memory-here.ts'
import { openMemories, type Memories } from './memories.ts'
import { Away } from './memory.ts'
import { registry } from './metrics.ts'

const house = { clock: systemClock, log: openLog('silent') }
const [redis, cluster] = [await aRedis(), await aRedisCluster()]

async function opened(url: string | null): Promise<Memories> {
  const memories = openMemories(url, house)
  afterAll(memories.close)
  await new Promise<void>(resolve => (memories.line ? memories.line.hearBack(resolve) : resolve()))
  return memories
}

const places = { 'this process': null, 'a Redis': redis.url, 'a cluster of six': cluster.url }
const tag = () => `{${randomUUID()}}`

describe.each(Object.entries(places))('%s', async (_, url) => {
  const memories = await opened(url)
  const memory = url === null ? memoryOfThisProcess(systemClock) : memories.common

  test('gives back what it was given, for as long as it was told', async () => {
    const [a, b, gone] = [`text:${tag()}`, `text:${tag()}`, `text:${tag()}`]
    await memory.write([{ key: a, text: 'á one', keepMs: 60_000 }, { key: b, text: 'two', keepMs: 40 }])
    expect(await memory.read([b, gone, a])).toEqual(['two', null, 'á one'])
    await expect.poll(() => memory.read([a, b])).toEqual(['á one', null])
    await memory.drop([a, gone])
    expect(await memory.read([a])).toEqual([null])
  })

  test('of many who write first, all get what one of them wrote', async () => {
    const key = `text:${tag()}`
    const told = await Promise.all(Array.from({ length: 20 }, (__, n) => memory.writeFirst({ key, text: String(n), keepMs: 60_000 })))
    expect(new Set(told).size).toBe(1)
    expect(await memory.read([key])).toEqual([told[0]])
  })

  test('counts everyone who asks at once, and begins anew when the window ends', async () => {
    const keys = Array.from({ length: 300 }, () => `user:${tag()}:rate_limit:hold`)
    const three = () => memory.count(keys.map(key => ({ key, by: 1, windowMs: 60_000 })))
    const told = await Promise.all([three(), three(), three()])
    keys.forEach((__, at) => expect(told.map(one => one[at]?.count).sort()).toEqual([1, 2, 3]))
    const key = `user:${tag()}:rate_limit:hold`
    const once = async () => (await memory.count([{ key, by: 1, windowMs: 60 }]))[0]!
    expect(await once()).toEqual({ count: 1, leftMs: expect.closeTo(60, -1.5) })
    expect((await once()).count).toBe(2)
    // Counting on does not make the window longer: some time somebody is the first again.
    await expect.poll(async () => (await once()).count, { interval: 5 }).toBe(1)
  })

  test('takes back what was counted, never below nothing, and keeps nothing for it', async () => {
    const key = `user:${tag()}:rate_limit:hold`
    const add = async (by: number) => (await memory.count([{ key, by, windowMs: 60_000 }]))[0]!.count
    expect([await add(-1), await add(1), await add(-1), await add(-1), await add(1), await add(1)]).toEqual([0, 1, 0, 0, 1, 2])
  })

  test('figures of an older version never take the place of newer ones, in whatever order they come', async () => {
    const key = `session:${tag()}:booked_count`
    const write = (version: number) => memory.writeFigures([{ key, version, figures: { booked: version * 10 }, keepMs: 60_000 }])
    await Promise.all([4, 7, 5, 6].map(write))
    await write(3)
    expect(await memory.readFigures([key, `session:${tag()}:booked_count`])).toEqual([{ version: 7, booked: 70 }, null])
    await write(8)
    expect(await memory.readFigures([key])).toEqual([{ version: 8, booked: 80 }])
  })

  test('lists names in the order of their time; a name has one time, the earlier where that is asked', async () => {
    const [key, other] = [`session:${tag()}:holds`, `session:${tag()}:holds`]
    const put = (name: string, atMs: number, earlier = false) => memory.enlist([{ key, name, atMs, earlier, keepMs: 60_000 }])
    for (const [name, atMs] of [['late', 300], ['soon', 100], ['next', 200]] as const) await put(name, atMs)
    await put('soon', 400, true)
    await put('late', 50, true)
    await put('next', 500)
    const all = [{ name: 'late', atMs: 50 }, { name: 'soon', atMs: 100 }, { name: 'next', atMs: 500 }]
    expect(await memory.first([key, other], 10)).toEqual([all, []])
    expect(await memory.first([key], 2)).toEqual([all.slice(0, 2)])
    await memory.strike([{ key, name: 'soon' }, { key: other, name: 'soon' }])
    expect(await memory.first([key], 10)).toEqual([[all[0], all[2]]])
  })

  test('a list is kept until its last name’s time, however short the others are', async () => {
    const key = `session:${tag()}:holds`
    await memory.enlist([{ key, name: 'long', atMs: 1, keepMs: 60_000 }, { key, name: 'short', atMs: 2, keepMs: 30 }])
    const brief = `session:${tag()}:holds`
    await memory.enlist([{ key: brief, name: 'short', atMs: 2, keepMs: 30 }])
    await expect.poll(() => memory.first([brief], 10)).toEqual([[]])
    expect((await memory.first([key], 10))[0]).toHaveLength(2)
  })
})

test('nothing is kept in Redis without an end', async () => {
  for (const at of [redis, cluster]) {
    const script = "local n = {0, 0} for _, key in ipairs(redis.call('keys', '*')) do n[1] = n[1] + 1 if redis.call('ttl', key) < 0 then n[2] = n[2] + 1 end end return n"
    const [all, endless] = at.cli('eval', script, '0').split('\n').map(Number)
    expect([all! > 50, endless]).toEqual([true, 0])
  }
})

test('a cluster refuses what lies apart: the words in braces are what keeps it together', () => {
  expect(cluster.cli('mget', 'session:{1}:a', 'session:{2}:a')).toMatch(/CROSSSLOT/)
  expect(cluster.cli('mget', 'session:{1}:a', 'session:{1}:b')).not.toMatch(/CROSSSLOT/)
})

test('without Redis what would be shared is away, and what is enough alone is not', async () => {
  const { common, atBest } = await opened(null)
  await expect(common.read(['x'])).rejects.toThrow(Away)
  expect(await atBest.read(['x'])).toEqual([null])
})

const figure = async (name: string) => {
  const line = (await registry.metrics()).split('\n').find(one => one.startsWith(name))
  return Number(line?.split(' ').at(-1))
}

/** How long so many askers, one after the other, had to wait. */
async function waitOf(askers: number, ask: () => Promise<unknown>): Promise<number> {
  const startedMs = systemClock.monotonicMs()
  for (let n = 0; n < askers; n++) await ask()
  return systemClock.monotonicMs() - startedMs
}

describe('a Redis that fails', async () => {
  const { atBest, common, line } = await opened(redis.url)
  const key = `user:${tag()}:rate_limit:hold`
  const count = async () => (await atBest.count([{ key, by: 1, windowMs: 600_000 }]))[0]!.count
  const backAgain = async () => {
    await expect.poll(() => line!.isUp(), { timeout: 10_000 }).toBe(true)
  }

  test('that says nothing costs one short wait, then none; it is used again when it speaks', async () => {
    expect([await count(), await count()]).toEqual([1, 2])
    redis.pause()
    expect(await waitOf(1, count)).toBeLessThan(5000)
    expect(line!.isUp()).toBe(false)
    expect(await figure('fitflow_redis_up')).toBe(0)
    // A hundred that wait a tenth of a second each would need ten.
    expect(await waitOf(100, count)).toBeLessThan(5000)
    expect(await count()).toBe(104)
    await expect(common.read([key])).rejects.toThrow(Away)
    redis.resume()
    await backAgain()
    expect(await figure('fitflow_redis_up')).toBe(1)
    await expect(common.read([key])).resolves.toHaveLength(1)
  })

  test('that is stopped is done without, and found again where it comes back', async () => {
    const before = await count()
    await redis.stop()
    for (let n = 1; n <= 5; n++) expect(await count()).toBeGreaterThan(before)
    await expect.poll(() => line!.isUp()).toBe(false)
    await redis.start()
    await backAgain()
    expect(await common.read([key])).toEqual([null])
    expect(await count()).toBe(1)
  })

  test('that was emptied begins anew', async () => {
    await common.write([{ key, text: '7', keepMs: 60_000 }])
    redis.cli('flushall')
    redis.cli('script', 'flush')
    expect(await common.read([key])).toEqual([null])
    expect(await count()).toBe(1)
  })

  test('that refuses one thing is still asked for another', async () => {
    await common.write([{ key, text: 'no number', keepMs: 60_000 }])
    const known = await count()
    expect(known).toBeGreaterThan(1)
    expect(line!.isUp()).toBe(true)
    expect(await common.read([key])).toEqual(['no number'])
  })
})
