// Where a process keeps what may be lost: in Redis for all processes, in itself alone, or the one when the other is away.
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import { Away, type Memory } from './memory.ts'
import { memoryOfThisProcess } from './memory-here.ts'
import { memoryInRedis } from './memory-redis.ts'
import { openRedis, type RedisLine } from './redis.ts'

export interface Memories {
  /** What all processes share: Redis. Every call throws Away while there is none. */
  common: Memory
  /** What this process knows, and what the others have told while Redis is there. Never throws. */
  atBest: Pick<Memory, 'read' | 'write' | 'count'>
  /** The line to Redis; null where none is configured. */
  line: RedisLine | null
  close(): void
}

/** Opens what is shared by way of Redis, or only the memory of this process when `url` is null. */
export function openMemories(url: string | null, house: { clock: Clock; log: Log }): Memories {
  const here = memoryOfThisProcess(house.clock)
  if (url === null) return { common: nothing, atBest: here, line: null, close: () => undefined }
  const line = openRedis(url, house)
  const common = memoryInRedis(line)
  return { common, atBest: bothOf(here, common, house.clock), line, close: line.close }
}

const none = () => Promise.reject(away)
const away = new Away('no memory is shared here')
const nothing: Memory = {
  ...{ read: none, write: none, writeFirst: none, drop: none, count: none },
  ...{ writeFigures: none, readFigures: none, enlist: none, strike: none, first: none },
}

/** Ours and the common one as one: the common one decides where both know. */
function bothOf(here: Memory, common: Memory, clock: Clock): Memories['atBest'] {
  const mayShare = openThrift(clock)
  return {
    async read(keys) {
      const known = await here.read(keys)
      const missing = keys.filter((_, at) => known[at] === null)
      if (missing.length === 0) return known
      const told = (await unlessAway(common.read(missing)))?.values()
      return known.map(text => text ?? told?.next().value ?? null)
    },
    async write(texts) {
      await here.write(texts)
      const shared = texts.filter(mayShare)
      if (shared.length > 0) await unlessAway(common.write(shared))
    },
    async count(additions) {
      // Counted here too: when the common count is lost, nobody begins anew with us.
      const known = await here.count(additions)
      return (await unlessAway(common.count(additions))) ?? known
    },
  }
}

async function unlessAway<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    // Slower or less shared is all that it costs to do without.
    if (error instanceof Away) return undefined
    throw error
  }
}

const burstMax = 1000
const eachSecondMax = 100

/** However much is refused in a rush, what is kept of it in Redis stays small. */
function openThrift(clock: Clock): () => boolean {
  let [left, atMs] = [burstMax, clock.monotonicMs()]
  return () => {
    const nowMs = clock.monotonicMs()
    left = Math.min(burstMax, left + ((nowMs - atMs) / 1000) * eachSecondMax)
    atMs = nowMs
    return left >= 1 && --left >= 0
  }
}
