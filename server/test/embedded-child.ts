// A process that opens the embedded PostgreSQL, for tests that then treat it badly.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import { afterEach } from 'vitest'
import type { Stay } from '../src/platform/embedded-postgres.ts'
import type { Connection } from '../src/platform/postgres-cluster.ts'

const program = `
import { openLog } from '${new URL('../src/platform/log.ts', import.meta.url)}'
import { takeSeat } from '${new URL('../src/platform/embedded-postgres.ts', import.meta.url)}'
const [directory, stay] = process.argv.slice(1)
const say = said => process.stdout.write(JSON.stringify(said) + '\\n')
try {
  const embedded = await (await takeSeat(directory, stay)).open(openLog('error'))
  say({ connection: embedded.connection, owned: embedded.owned })
  for await (const _ of process.stdin);
  await embedded.stop()
  process.exit(0)
} catch (error) {
  say({ refusal: error.message })
}`

interface Said {
  connection: Connection
  owned: boolean
  refusal?: string
}

const directories: string[] = []
const children: ChildProcess[] = []

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.stdin?.end()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  for (const directory of directories.splice(0)) {
    const home = join(directory, 'postgres')
    const real = existsSync(home) ? realpathSync(home) : home
    for (const path of [real, directory]) rmSync(path, { recursive: true, force: true })
  }
})

/** A data directory that is gone after the test, wherever its cluster had to lie; `inside` a parent that is closed to others. */
export function aDirectory(inside = ''): string {
  const parent = mkdtempSync(join(tmpdir(), 'fitflow-embedded-'))
  const directory = join(parent, inside)
  mkdirSync(directory, { recursive: true })
  directories.push(directory, parent)
  return directory
}

/** Starts the process without waiting for it to open anything. */
export function launch(directory: string, stay: Stay = 'alone', account = {}): ChildProcess {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, directory, stay], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: '/usr/bin:/bin', HOME: directory },
    cwd: '/',
    ...account,
  })
  children.push(child)
  return child
}

async function firstWords(child: ChildProcess): Promise<Said> {
  const lines = createInterface({ input: child.stdout! })
  const [line] = (await once(lines, 'line')) as [string]
  return JSON.parse(line) as Said
}

/** Starts the process and waits until it has opened the database, or was refused. */
export async function open(directory: string, stay: Stay = 'alone', account = {}) {
  const child = launch(directory, stay, account)
  const said = await firstWords(child)
  return {
    ...said,
    child,
    async stop() {
      child.stdin!.end()
      await once(child, 'exit')
    },
    /** So that it cannot mend what is broken next. */
    pause: () => child.kill('SIGSTOP'),
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

export async function ask<T>({ connection }: Pick<Said, 'connection'>, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres({ ...connection, max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

export const keepSomething = (said: Said) => ask(said, sql => sql`create table kept as select 42 as answer`)
export const whatWasKept = (said: Said) => ask(said, async sql => (await sql`select answer from kept`)[0]?.['answer'])
/** The cluster's own directory. */
export const dataOf = (directory: string) => join(realpathSync(join(directory, 'postgres')), 'data')
export const postmasterOf = (directory: string) => Number(readFileSync(join(dataOf(directory), 'postmaster.pid'), 'utf8').split('\n')[0])

/** The shell beside a server, and what that shell runs to watch us: they share the server's session. */
export function watchdogsOf(postmaster: number): number[] {
  const session = (pid: number) => {
    const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ''
    return stat.slice(stat.lastIndexOf(')')).split(' ')[4]
  }
  const living = readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(Number)
  return living.filter(pid => pid !== postmaster && session(pid) === session(postmaster))
}
