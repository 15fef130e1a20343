// What a kill leaves behind: a postmaster without an owner, its children, a stale lock file.
import { existsSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { birthOf } from './process-birth.ts'

const pollMs = 20
const patienceMs = 10_000

/**
 * Ends every server process that still runs on the cluster `data` and removes its lock file.
 * Only for the owner of the directory: whoever runs here then has lost its owner.
 */
export async function healCluster(data: string): Promise<void> {
  const lockFile = join(data, 'postmaster.pid')
  if (!existsSync(lockFile)) return
  const postmaster = Number(readFileSync(lockFile, 'utf8').split('\n')[0])
  const real = realpathSync(data)
  if (processesOn(real, postmaster).includes(postmaster)) signal(postmaster, 'SIGINT')
  for (let waitedMs = 0; processesOn(real, postmaster).length > 0; waitedMs += pollMs) {
    if (waitedMs >= patienceMs) for (const pid of processesOn(real, postmaster)) signal(pid, 'SIGKILL')
    await delay(pollMs)
  }
  // PostgreSQL itself would refuse to start if the pid in there lives again as any other process of its user.
  rmSync(lockFile, { force: true })
}

/** Every process of a cluster has its data directory as working directory; without /proc only the postmaster is known. */
function processesOn(data: string, postmaster: number): number[] {
  if (!existsSync('/proc/self/cwd')) return postmaster > 0 && birthOf(postmaster) !== null ? [postmaster] : []
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && workingDirectory(name) === data)
    .map(Number)
}

function workingDirectory(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    // It ended meanwhile, or it belongs to another user and so is no server of ours.
    return null
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    // It ended between the look and the signal, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
