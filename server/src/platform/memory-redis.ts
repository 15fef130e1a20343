// The memory of many processes, in Redis. A script makes each step one that nothing comes between.
import { openGather } from './gather.ts'
import type { Addition, Counted, KeptFigures, KeptText, Listed, Memory } from './memory.ts'
import { countReads } from './metrics.ts'
import type { Client, RedisLine } from './redis.ts'

// One command touches no more keys than this: Redis does one thing at a time.
const keysMax = 256

// A window begins with its first event, and its key ends with it: never a count without an end.
const countScript = `
local out = {}
for i, key in ipairs(KEYS) do
  local by, count, left = tonumber(ARGV[2 * i - 1]), 0, redis.call('PTTL', key)
  if left >= 0 or by > 0 then
    count = redis.call('INCRBY', key, by)
    if count < 0 then redis.call('INCRBY', key, -count) count = 0 end
    if left < 0 then redis.call('PEXPIRE', key, ARGV[2 * i]) end
  end
  out[2 * i - 1], out[2 * i] = count, left < 0 and tonumber(ARGV[2 * i]) or left
end
return out`

// ARGV: for each key version, keepMs, how many words follow, and field, value, field, value …
const figuresScript = `
local at = 1
for _, key in ipairs(KEYS) do
  local version, keep, words = tonumber(ARGV[at]), ARGV[at + 1], tonumber(ARGV[at + 2])
  local known = tonumber(redis.call('HGET', key, 'version') or '-1')
  if version >= known then
    redis.call('HSET', key, 'version', version, unpack(ARGV, at + 3, at + 2 + words))
    redis.call('PEXPIRE', key, keep)
  end
  at = at + 3 + words
end`

const readFiguresScript = `
local out = {}
for i, key in ipairs(KEYS) do out[i] = redis.call('HGETALL', key) end
return out`

// ARGV: for each key name, time, keepMs and LT where the earlier time stays.
const enlistScript = `
for i, key in ipairs(KEYS) do
  local name, at, keep, how = unpack(ARGV, 4 * i - 3, 4 * i)
  if how == 'LT' then redis.call('ZADD', key, 'LT', at, name) else redis.call('ZADD', key, at, name) end
  if redis.call('PTTL', key) < tonumber(keep) then redis.call('PEXPIRE', key, keep) end
end`

/** The memory behind a line to Redis. What is asked in one turn travels together. */
export function memoryInRedis(line: RedisLine): Memory {
  const ask = <Ask, Reply>(keyOf: (ask: Ask) => string, run: (client: Client, group: readonly Ask[]) => Promise<Reply[]>) =>
    openGather<Ask, Reply>(asks => inGroups(line, asks, { keyOf, run }))
  const key = (ask: { key: string }) => ask.key
  const itself = (ask: string) => ask
  const read = ask<string, string | null>(itself, (client, keys) => client.mget(...keys))
  const readFigures = ask<string, Record<string, number> | null>(itself, async (client, keys) => {
    const told = (await client.eval(readFiguresScript, keys.length, ...keys)) as string[][]
    return told.map(figuresIn)
  })
  return {
    read: async keys => counted(keys, await read(keys)),
    write: done(ask<KeptText, unknown>(key, (client, texts) => Promise.all(texts.map(({ key: at, text, keepMs }) => client.set(at, text, 'PX', whole(keepMs)))))),
    writeFirst: async ({ key: at, text, keepMs }) =>
      line.ask(async client => (await client.set(at, text, 'PX', whole(keepMs), 'NX', 'GET')) ?? text),
    drop: done(ask<string, unknown>(itself, async (client, keys) => [await client.del(...keys)])),
    count: ask<Addition, Counted>(key, async (client, additions) => {
      const words = additions.flatMap(({ by, windowMs }) => [by, whole(windowMs)])
      const told = (await evaluate(client, countScript, additions, words)) as number[]
      return additions.map((_, at) => ({ count: told[2 * at] ?? 0, leftMs: told[2 * at + 1] ?? 0 }))
    }),
    writeFigures: done(ask<KeptFigures, unknown>(key, async (client, entries) => {
      const words = entries.flatMap(({ version, keepMs, figures }) => {
        const pairs = Object.entries(figures).flat()
        return [version, whole(keepMs), pairs.length, ...pairs]
      })
      return [await evaluate(client, figuresScript, entries, words)]
    })),
    readFigures: async keys => counted(keys, await readFigures(keys)),
    enlist: done(ask<Listed, unknown>(key, async (client, names) => {
      const words = names.flatMap(({ name, atMs, keepMs, earlier }) => [name, atMs, whole(keepMs), earlier ? 'LT' : ''])
      return [await evaluate(client, enlistScript, names, words)]
    })),
    strike: done(ask<Pick<Listed, 'key' | 'name'>, unknown>(key, (client, names) => Promise.all([...Map.groupBy(names, key)].map(([at, of]) => client.zrem(at, ...of.map(one => one.name)))))),
    first: (keys, limit) => line.ask(client => Promise.all(keys.map(at => firstOf(client, at, limit)))),
  }
}

/** One ask of the line for all of it. A cluster lets one command touch only what has the same words in braces. */
async function inGroups<Ask, Reply>(
  line: RedisLine,
  asks: readonly Ask[],
  { keyOf, run }: { keyOf: (ask: Ask) => string; run: (client: Client, group: readonly Ask[]) => Promise<Reply[]> },
): Promise<Reply[]> {
  if (asks.length === 0) return []
  const together = line.isCluster ? [...Map.groupBy(asks, ask => tagOf(keyOf(ask))).values()] : [asks]
  const groups = together.flatMap(group => Array.from({ length: Math.ceil(group.length / keysMax) }, (_, at) => group.slice(at * keysMax, (at + 1) * keysMax)))
  return line.ask(async client => {
    const replies = new Map<Ask, Reply | undefined>()
    await Promise.all(groups.map(async group => {
      const told = await run(client, group)
      group.forEach((one, at) => replies.set(one, told[at]))
    }))
    return asks.map(one => replies.get(one) as Reply)
  })
}

/** What decides about where in a cluster a key lives. */
const tagOf = (key: string) => /\{([^}]+)\}/.exec(key)?.[1] ?? key

const whole = (ms: number) => Math.max(1, Math.ceil(ms))

function evaluate(client: Client, script: string, asks: readonly { key: string }[], words: readonly (string | number)[]): Promise<unknown> {
  return client.eval(script, asks.length, ...asks.map(ask => ask.key), ...words)
}

/** Field, value, field, value … */
function figuresIn(words: readonly string[]): Record<string, number> | null {
  if (words.length === 0) return null
  return Object.fromEntries(Array.from({ length: words.length / 2 }, (_, at) => [words[2 * at], Number(words[2 * at + 1])]))
}

async function firstOf(client: Client, key: string, limit: number): Promise<{ name: string; atMs: number }[]> {
  const told = await client.zrange(key, '0', String(limit - 1), 'WITHSCORES')
  return Array.from({ length: told.length / 2 }, (_, at) => ({ name: told[2 * at] ?? '', atMs: Number(told[2 * at + 1]) }))
}

/** For callers that need to know only that it was done. */
function done<Ask>(run: (asks: readonly Ask[]) => Promise<unknown>): (asks: readonly Ask[]) => Promise<void> {
  return async asks => void (await run(asks))
}

function counted<Value>(keys: readonly string[], values: (Value | null)[]): (Value | null)[] {
  keys.forEach((key, at) => countReads(kindOf(key), values[at] !== null))
  return values
}

/** What a key is about, without whose: `session:booked_count`. */
const kindOf = (key: string) => key.replace(/:\{[^}]*\}/, '').split(':', 2).join(':')
