// What a run cost in processor time, by program. On a machine that others use too this says more than the clock does.
import { existsSync, readFileSync, readdirSync } from 'node:fs'

/** `engines` is whatever else this benchmark started: Redis and RabbitMQ. */
export const programs = ['api', 'worker', 'postgres', 'proxy', 'engines', 'load'] as const

/** Seconds of processor time so far. */
export type Cpu = Record<(typeof programs)[number], number>

/** Which processes are whose; their children are counted with them. */
export type Processes = Record<Exclude<keyof Cpu, 'engines'>, readonly number[]>

// What Linux counts in, on every machine that Node runs on.
const ticksPerSecond = 100

export function mapCpu(of: (program: keyof Cpu) => number): Cpu {
  return Object.fromEntries(programs.map(program => [program, of(program)])) as Cpu
}

/** Reads it where the system tells, which is on Linux; undefined elsewhere. */
export function readCpu(processes: Processes): Cpu | undefined {
  if (!existsSync('/proc/self/stat')) return undefined
  const all = new Map(readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(statOf).map(one => [one.pid, one]))
  const owners = new Map(Object.entries(processes).flatMap(([program, ids]) => ids.map(id => [id, program])))
  const ownerOf = (one: Stat | undefined): string | undefined => {
    if (!one) return undefined
    return owners.get(one.pid) ?? (one.parent === process.pid ? 'engines' : ownerOf(all.get(one.parent)))
  }
  return mapCpu(program => [...all.values()].filter(one => ownerOf(one) === program).reduce((sum, one) => sum + one.seconds, 0))
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
