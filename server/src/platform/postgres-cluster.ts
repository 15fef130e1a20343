// One PostgreSQL server on a directory of its own: made, healed, started, watched and stopped. Also what tests and benchmarks start.
import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { healCluster } from './postgres-heal.ts'
import { binariesFor, type Binaries } from './postgres-binaries.ts'
import { furnishHome, handOver, type PostgresHome } from './postgres-home.ts'
import { runPostgres, type RunningPostgres } from './postgres-run.ts'
import { Refusal } from './refusal.ts'

export interface Connection {
  host: string
  port: number
  user: string
  password: string
  database: string
}

export interface Cluster {
  connection: Connection
  /** Resolves with the last words of a server that ended, asked to or not. */
  ended: Promise<string>
  stop(): Promise<void>
}

const database = 'fitflow'
const superuser = 'postgres'
const portAttemptsMax = 5
const run = promisify(execFile)

/**
 * Starts the server of `directory`, making the cluster first if there is none and healing what a kill left behind.
 * `settings` go to the server's command line (`{ fsync: 'off' }` for a throw-away one); `say` gets each line it logs.
 * The caller owns the directory: no other process may be using it.
 */
export async function startCluster(
  directory: string,
  settings: Readonly<Record<string, string>> = {},
  say: (line: string) => void = () => undefined,
): Promise<Cluster> {
  const home = furnishHome(directory)
  const binaries = binariesFor(home)
  await healCluster(join(home.directory, 'data'))
  await makeCluster(home, binaries)
  const { running, port } = await startOnPort(home, freePort =>
    runPostgres({ home, postgres: binaries.postgres, port: freePort, settings, say }),
  )
  return { connection: connectionOf(home.directory, port), ended: running.ended, stop: () => running.stop() }
}

/** How to connect to the running server of `directory`, for a process that does not own it. */
export function connectionOf(directory: string, port: number): Connection {
  const password = readFileSync(passwordFile(directory), 'utf8')
  return { host: '127.0.0.1', port, user: superuser, password, database }
}

async function makeCluster(home: PostgresHome, binaries: Binaries): Promise<void> {
  const data = join(home.directory, 'data')
  const passwordLost = !existsSync(passwordFile(home.directory))
  if (passwordLost) writePassword(home)
  if (existsSync(join(data, 'PG_VERSION'))) {
    if (passwordLost) await setPassword(home, binaries)
    return
  }
  // A start that was killed in here leaves only a draft: what is called `data` is always whole.
  removeDrafts(home.directory)
  const draft = join(home.directory, `data.${randomUUID()}.draft`)
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '-T', 'simple']
  const access = ['-U', superuser, '-A', 'scram-sha-256', '--pwfile', passwordFile(home.directory)]
  try {
    await run(binaries.initdb, ['-D', draft, ...access, ...locale], surroundings(home))
    await runSingle(home, binaries, draft, `create database ${database}`)
  } catch (error) {
    const { stderr = String(error) } = error as { stderr?: string }
    throw new Refusal(`PostgreSQL could not make its database in ${home.directory}: ${stderr.trim().split('\n').at(-1)}`)
  }
  rmSync(data, { recursive: true, force: true })
  renameSync(draft, data)
}

/** An initdb whose parent was killed may still be writing its draft: it fails soon after, and the retries outlast it. */
function removeDrafts(directory: string): void {
  for (const name of readdirSync(directory).filter(one => one.startsWith('data.'))) {
    rmSync(join(directory, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
}

/** Runs one statement on a cluster whose server is not running, as its superuser and without a password. */
async function runSingle(home: PostgresHome, binaries: Binaries, data: string, statement: string): Promise<void> {
  const single = run(binaries.postgres, ['--single', '-D', data, 'template1'], surroundings(home))
  single.child.stdin?.end(`${statement}\n`)
  await single
}

/** The programs see neither our environment, which holds secrets, nor our working directory, which may be closed to them. */
function surroundings(home: PostgresHome) {
  return { ...home.account, cwd: '/', env: {} }
}

async function setPassword(home: PostgresHome, binaries: Binaries): Promise<void> {
  const password = readFileSync(passwordFile(home.directory), 'utf8')
  await runSingle(home, binaries, join(home.directory, 'data'), `alter role ${superuser} password '${password}'`)
}

function writePassword(home: PostgresHome): void {
  const file = passwordFile(home.directory)
  const draft = `${file}.draft`
  rmSync(draft, { force: true })
  writeFileSync(draft, randomBytes(24).toString('base64url'), { mode: 0o600 })
  handOver(draft, home.account)
  renameSync(draft, file)
}

function passwordFile(directory: string): string {
  return join(directory, 'password')
}

async function startOnPort(
  home: PostgresHome,
  start: (port: number) => Promise<RunningPostgres>,
): Promise<{ running: RunningPostgres; port: number }> {
  const file = join(home.directory, 'port')
  let port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  for (let attempt = 1; ; attempt += 1) {
    port = await freePort(port)
    writeFileSync(file, String(port))
    try {
      return { running: await start(port), port }
    } catch (error) {
      // Somebody may take the port between our look and the start; anything else is not ours to mend.
      if (!String(error).includes('Address already in use') || attempt === portAttemptsMax) throw error
    }
  }
}

/** `wanted` if nobody listens there, else any free port of this machine. */
async function freePort(wanted: number): Promise<number> {
  const probe = createServer()
  const listening = Promise.withResolvers<void>()
  probe.once('error', listening.reject).once('listening', listening.resolve)
  probe.listen(wanted, '127.0.0.1')
  try {
    await listening.promise
  } catch (error) {
    // Taken by a stranger since our last start.
    if (wanted === 0) throw error
    return freePort(0)
  }
  const address = probe.address()
  await new Promise(closed => probe.close(closed))
  if (address === null || typeof address === 'string') throw new Error('no port to listen on')
  return address.port
}
