// The embedded PostgreSQL under everything that may happen to the processes around it, as real processes.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { aDirectory, ask, dataOf, keepSomething, launch, open, postmasterOf, watchdogsOf, whatWasKept } from '../../test/embedded-child.ts'
import { takeSeat } from './embedded-postgres.ts'
import { openLog } from './log.ts'
import { birthOf } from './process-birth.ts'

const root = process.getuid?.() === 0
const nobody = { uid: 65_534, gid: 65_534 }

test('a second start finds what the first one kept, on the same port', async () => {
  const directory = aDirectory()
  const first = await open(directory)
  await keepSomething(first)
  await first.stop()
  const second = await open(directory)
  expect(second.owned).toBe(true)
  expect(second.connection).toEqual(first.connection)
  expect(await whatWasKept(second)).toBe(42)
})

test('only its owner may read the password, and durability stays on', async () => {
  const directory = aDirectory()
  const owner = await open(directory)
  expect(statSync(join(realpathSync(join(directory, 'postgres')), 'password')).mode & 0o777).toBe(0o600)
  const settings = await ask(owner, sql => sql`
    select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'data_checksums', 'server_encoding', 'listen_addresses')`)
  expect(Object.fromEntries(settings.map(row => [row['name'], row['setting']]))).toEqual({
    data_checksums: 'on',
    fsync: 'on',
    listen_addresses: '127.0.0.1',
    server_encoding: 'UTF8',
    synchronous_commit: 'on',
  })
})

test('an owner that is killed leaves no server behind, and the next one finds everything', async () => {
  const directory = aDirectory()
  const owner = await open(directory)
  await keepSomething(owner)
  const postmaster = postmasterOf(directory)
  await owner.kill()
  await vi.waitFor(() => expect(birthOf(postmaster)).toBeNull(), { timeout: 10_000, interval: 20 })
  expect(await whatWasKept(await open(directory))).toBe(42)
})

test('a server whose owner and watchdog were killed is stopped and started again', async () => {
  const directory = aDirectory()
  const owner = await open(directory)
  await keepSomething(owner)
  const postmaster = postmasterOf(directory)
  owner.pause()
  const watchdogs = watchdogsOf(postmaster)
  expect(watchdogs.length).toBeGreaterThanOrEqual(2)
  for (const pid of watchdogs) process.kill(pid, 'SIGKILL')
  await owner.kill()
  expect(birthOf(postmaster)).not.toBeNull()
  const next = await open(directory)
  expect(postmasterOf(directory)).not.toBe(postmaster)
  expect(await whatWasKept(next)).toBe(42)
})

test('a server that is killed under its owner comes back on the same port', async () => {
  const directory = aDirectory()
  const owner = await open(directory)
  await keepSomething(owner)
  process.kill(postmasterOf(directory), 'SIGKILL')
  await vi.waitFor(async () => expect(await whatWasKept(owner)).toBe(42), { timeout: 10_000, interval: 50 })
})

test('a first start that was killed half-way is made good by the next', async () => {
  const directory = aDirectory()
  const child = launch(directory)
  const home = join(directory, 'postgres')
  const drafts = () => (existsSync(home) ? readdirSync(home).filter(name => name.startsWith('data.')) : [])
  await vi.waitFor(() => expect(drafts()).not.toEqual([]), { timeout: 10_000, interval: 5 })
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(existsSync(join(home, 'data'))).toBe(false)
  const next = await open(directory)
  expect(await ask(next, async sql => (await sql`select 1 as one`)[0]?.['one'])).toBe(1)
  expect(drafts()).toEqual([])
})

test('a lock file that names a living stranger does not stop the start', async () => {
  const directory = aDirectory()
  const first = await open(directory)
  await first.stop()
  const { uid, gid } = statSync(dataOf(directory))
  const stranger = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' })
  writeFileSync(join(dataOf(directory), 'postmaster.pid'), `${stranger.pid}\n${dataOf(directory)}\n0\n${first.connection.port}\n\n127.0.0.1\n`)
  expect((await open(directory)).owned).toBe(true)
  expect(stranger.kill()).toBe(true)
})

test('of two starts at once one owns and the other stops with one sentence', async () => {
  const directory = aDirectory()
  const both = await Promise.all([open(directory), open(directory)])
  expect(both.filter(said => said.owned)).toHaveLength(1)
  expect(both.flatMap(said => said.refusal ?? [])).toEqual([expect.stringMatching(/^FitFlow is already running on .* \(process \d+\)/)])
})

test('a start right behind the end of the one before waits for it, and then owns', async () => {
  const directory = aDirectory()
  const log = openLog('silent')
  const first = await (await takeSeat(directory, 'alone')).open(log)
  const waiting = takeSeat(directory, 'alone')
  await first.stop()
  const second = await (await waiting).open(log)
  expect(second.owned).toBe(true)
  await second.stop()
})

test('a command connects to the server of a living owner and leaves it running', async () => {
  const directory = aDirectory()
  const owner = await open(directory)
  await keepSomething(owner)
  const command = await open(directory, 'command')
  expect(command.owned).toBe(false)
  expect(await whatWasKept(command)).toBe(42)
  await command.stop()
  expect(await whatWasKept(owner)).toBe(42)
})

test('a start waits for a command that is under way, and then owns', async () => {
  const directory = aDirectory()
  const command = await open(directory, 'command')
  expect(command.owned).toBe(true)
  const start = open(directory)
  await command.stop()
  expect((await start).owned).toBe(true)
})

test('a port that a stranger took is replaced by another', async () => {
  const directory = aDirectory()
  const first = await open(directory)
  await keepSomething(first)
  await first.stop()
  const stranger = createServer().listen(first.connection.port, '127.0.0.1')
  await once(stranger, 'listening')
  const second = await open(directory)
  stranger.close()
  expect(second.connection.port).not.toBe(first.connection.port)
  expect(await whatWasKept(second)).toBe(42)
})

test('a lost password is replaced by a new one', async () => {
  const directory = aDirectory()
  const first = await open(directory)
  await keepSomething(first)
  await first.stop()
  rmSync(join(realpathSync(join(directory, 'postgres')), 'password'))
  const second = await open(directory)
  expect(second.connection.password).not.toBe(first.connection.password)
  expect(await whatWasKept(second)).toBe(42)
})

test('an ordinary user runs it as themselves, and is told when the directory is not theirs', async () => {
  const account = root ? nobody : {}
  const parent = aDirectory()
  const own = join(parent, 'own')
  const closed = join(parent, 'closed')
  mkdirSync(own)
  mkdirSync(closed, { mode: 0o755 })
  if (root) {
    chmodSync(parent, 0o755)
    chownSync(own, nobody.uid, nobody.gid)
  } else {
    chmodSync(closed, 0o555)
  }
  const owner = await open(own, 'alone', account)
  expect(owner.owned).toBe(true)
  expect(statSync(dataOf(own)).uid).toBe(root ? nobody.uid : process.getuid?.())
  expect((await open(closed, 'alone', account)).refusal).toMatch(/belongs to another user: start FitFlow as that user, or set FITFLOW_DATA_DIR/)
})

test('root keeps the data where the user of PostgreSQL can reach it', async () => {
  const directory = aDirectory('in-a-closed-home')
  const first = await open(directory)
  await keepSomething(first)
  await first.kill()
  const second = await open(directory)
  expect(await whatWasKept(second)).toBe(42)
  expect(realpathSync(join(directory, 'postgres')).startsWith(root ? '/var/lib/fitflow/' : directory)).toBe(true)
})
