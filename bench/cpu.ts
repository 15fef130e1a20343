// What a run cost in processor time, by program. On a machine that others use too this says more than the clock does.
import { existsSync, readFileSync, readdirSync } from 'node:fs'

/** Seconds of processor time so far. */
export interface Cpu {
  api: number
  worker: number
  postgres: number
}

export interface Processes {
  apis: readonly number[]
  worker: number
  /** The postmaster: its children are counted with it. */
  postgres: number
}

// What Linux counts in, on every machine that Node runs on.
const ticksPerSecond = 100

/** Reads it where the system tells, which is on Linux; undefined elsewhere. */
export function readCpu({ apis, worker, postgres }: Processes): Cpu | undefined {
  if (!existsSync('/proc/self/stat')) return undefined
  const all = readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(statOf)
  const seconds = (isCounted: (one: Stat) => boolean) => all.filter(isCounted).reduce((sum, one) => sum + one.seconds, 0)
  return {
    api: seconds(({ pid }) => apis.includes(pid)),
    worker: seconds(({ pid }) => pid === worker),
    postgres: seconds(({ pid, parent }) => pid === postgres || parent === postgres),
  }
}

interface Stat {
  pid: number
  parent: number
  seconds: number
}

function statOf(pid: string): Stat[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name may hold spaces and brackets; what follows its end does not.
    // Own time, and that of children which have ended.
    const [, parent, , , , , , , , , , ...times] = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number)
    return [{ pid: Number(pid), parent: parent ?? 0, seconds: times.slice(0, 4).reduce((sum, one) => sum + one, 0) / ticksPerSecond }]
  } catch {
    // It has ended since it was listed.
    return []
  }
}
