// Tells one process from another that was given the same pid later: a pid alone proves nothing after a crash.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const bootIdFile = '/proc/sys/kernel/random/boot_id'

/** When the living process `pid` was born, as an opaque word that no other process shares; null when nobody lives there. */
export function birthOf(pid: number): string | null {
  return existsSync(bootIdFile) ? birthFromProc(pid) : birthFromPs(pid)
}

function birthFromProc(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`)
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const [state, ...rest] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  const startTicks = rest[18]
  if (state === undefined || startTicks === undefined || 'ZX'.includes(state)) return null
  return `${readFileSync(bootIdFile, 'utf8').trim()}:${startTicks}`
}

/** The way of systems without /proc, and the one that needs another program. */
function birthFromPs(pid: number): string | null {
  try {
    const [state = 'Z', ...startedAt] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { PATH: '/bin:/usr/bin', LC_ALL: 'C' },
    })
      .trim()
      .split(/\s+/)
    return state.startsWith('Z') ? null : startedAt.join(' ')
  } catch {
    // ps answers 1 when there is no such process.
    return null
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // No such process, or it ended while being read: either way it does not live.
    return null
  }
}
