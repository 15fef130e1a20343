// A place and an operating-system user under which PostgreSQL can run: it refuses root and needs an open way to its files.
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { accessSync, chmodSync, chownSync, constants, existsSync, mkdirSync, readlinkSync, realpathSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from './refusal.ts'

/** The user that PostgreSQL runs as; null means: as ourselves. */
export type Account = { uid: number; gid: number } | null

export interface PostgresHome {
  /** The real path of the directory that holds the cluster, its password and its port. */
  directory: string
  account: Account
}

// Where root keeps a cluster whose own directory no other user can reach (a checkout in root's 0700 home).
const openPlace = '/var/lib/fitflow'

/** Makes `directory` fit for PostgreSQL, or links it to a place that is. Safe to call again and from racing processes. */
export function furnishHome(directory: string): PostgresHome {
  if (process.getuid?.() !== 0) return { directory: furnishAsOurselves(directory), account: null }
  const account = accountFor(directory)
  if (!existsSync(directory)) makeReachable(directory, account)
  const real = realpathSync(directory)
  chownSync(real, account.uid, account.gid)
  if (!canReach(account, '-w', real)) {
    throw new Refusal(`${real} cannot be reached by the user that PostgreSQL runs as (uid ${account.uid}): open the way to it (chmod o+x on its parents) or set FITFLOW_DATA_DIR to another directory.`)
  }
  return { directory: real, account }
}

/** Whether `account` passes test(1) with `flag` on `path`; asked of the system, because modes alone do not tell. */
export function canReach(account: Account, flag: '-r' | '-w' | '-x', path: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'test "$0" "$1"', flag, path], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
}

/** Gives what root made to the account that has to read it. */
export function handOver(path: string, account: Account): void {
  if (account) chownSync(path, account.uid, account.gid)
}

function furnishAsOurselves(directory: string): string {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK)
    return realpathSync(directory)
  } catch {
    // Whatever the reason in the system's words, the person needs the way out.
    throw new Refusal(`${directory} belongs to another user: start FitFlow as that user, or set FITFLOW_DATA_DIR to a directory of your own.`)
  }
}

function accountFor(directory: string): NonNullable<Account> {
  const data = join(directory, 'data')
  if (existsSync(data)) {
    // A cluster stays with its user, even if a better one has come to the machine since.
    const { uid, gid } = statSync(data)
    if (uid !== 0) return { uid, gid }
  }
  for (const name of ['postgres', 'nobody']) {
    const account = lookUp(name)
    if (account) return account
  }
  throw new Refusal('PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody": start FitFlow as an ordinary user.')
}

function lookUp(name: string): Account {
  const id = (flag: string) => execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    return { uid: Number(id('-u')), gid: Number(id('-g')) }
  } catch {
    // id(1) answers 1 when there is no such user.
    return null
  }
}

function makeReachable(directory: string, account: NonNullable<Account>): void {
  const parent = dirname(directory)
  mkdirSync(parent, { recursive: true, mode: 0o711 })
  // The data directory itself is ours to open; what lies above it is not.
  chmodSync(parent, statSync(parent).mode | 0o011)
  if (canReach(account, '-x', parent)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    return
  }
  const elsewhere = join(openPlace, randomUUID())
  mkdirSync(openPlace, { recursive: true, mode: 0o755 })
  try {
    symlinkSync(elsewhere, directory)
  } catch (error) {
    // Linked already, by a racing start or before that place was lost: the place it names counts.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  mkdirSync(readlinkSync(directory), { recursive: true, mode: 0o700 })
}
