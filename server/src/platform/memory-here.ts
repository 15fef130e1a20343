// The memory of one process alone: the same promises as Redis keeps for many, bounded, least recently used first out.
import { openCache, type Cache } from './cache.ts'
import type { Clock } from './clock.ts'
import type { Counted, KeptFigures, Listed, Memory } from './memory.ts'

interface Kept<Value> {
  value: Value
  endsAtMs: number
}

// Some 12 MB of the usual refusals.
const textsMax = 20_000
// Past this many the least recently seen are forgotten: an attacker with many keys costs no more memory than this.
const countsMax = 200_000
const othersMax = 20_000

/** Opens an empty memory. */
export function memoryOfThisProcess(clock: Clock): Memory {
  return { ...textsOf(clock), ...countsOf(clock), ...figuresOf(clock), ...listsOf(clock) }
}

function textsOf(clock: Clock): Pick<Memory, 'read' | 'write' | 'writeFirst' | 'drop'> {
  const texts = shelf<string>(clock, textsMax)
  return {
    read: async keys => keys.map(key => texts.get(key)?.value ?? null),
    write: async entries => entries.forEach(({ key, text, keepMs }) => texts.set(key, text, keepMs)),
    async writeFirst({ key, text, keepMs }) {
      const known = texts.get(key)
      if (!known) texts.set(key, text, keepMs)
      return known?.value ?? text
    },
    drop: async keys => keys.forEach(texts.delete),
  }
}

function countsOf(clock: Clock): Pick<Memory, 'count'> {
  const counts = shelf<{ count: number }>(clock, countsMax)
  const add = ({ key, by, windowMs }: { key: string; by: number; windowMs: number }): Counted => {
    const known = counts.get(key)
    if (known) known.value.count = Math.max(0, known.value.count + by)
    else if (by > 0) counts.set(key, { count: by }, windowMs)
    const { value, endsAtMs } = known ?? { value: { count: Math.max(0, by) }, endsAtMs: clock.monotonicMs() + windowMs }
    return { count: value.count, leftMs: endsAtMs - clock.monotonicMs() }
  }
  return { count: async additions => additions.map(add) }
}

function figuresOf(clock: Clock): Pick<Memory, 'writeFigures' | 'readFigures'> {
  const shelved = shelf<Record<string, number>>(clock, othersMax)
  const write = ({ key, version, figures, keepMs }: KeptFigures) => {
    const known = shelved.get(key)?.value['version'] ?? -Infinity
    if (version >= known) shelved.set(key, { ...figures, version }, keepMs)
  }
  return {
    writeFigures: async entries => entries.forEach(write),
    readFigures: async keys => keys.map(key => shelved.get(key)?.value ?? null),
  }
}

function listsOf(clock: Clock): Pick<Memory, 'enlist' | 'strike' | 'first'> {
  const lists = shelf<Map<string, number>>(clock, othersMax)
  const enlist = ({ key, name, atMs, keepMs, earlier }: Listed) => {
    const known = lists.get(key)
    const list = known?.value ?? new Map<string, number>()
    list.set(name, earlier ? Math.min(atMs, list.get(name) ?? atMs) : atMs)
    const leftMs = known ? known.endsAtMs - clock.monotonicMs() : 0
    lists.set(key, list, Math.max(leftMs, keepMs))
  }
  return {
    enlist: async names => names.forEach(enlist),
    strike: async names => names.forEach(({ key, name }) => lists.get(key)?.value.delete(name)),
    first: async (keys, limit) =>
      keys.map(key =>
        Array.from(lists.get(key)?.value ?? [], ([name, atMs]) => ({ name, atMs }))
          .sort((a, b) => a.atMs - b.atMs)
          .slice(0, limit),
      ),
  }
}

/** Things by key, each until its end. */
function shelf<Value>(clock: Clock, entriesMax: number) {
  const entries: Cache<Kept<Value>> = openCache({ entriesMax })
  return {
    get(key: string): Kept<Value> | undefined {
      const kept = entries.get(key)
      return kept && kept.endsAtMs > clock.monotonicMs() ? kept : undefined
    },
    set: (key: string, value: Value, keepMs: number) => entries.set(key, { value, endsAtMs: clock.monotonicMs() + keepMs }),
    delete: (key: string) => entries.delete(key),
  }
}
