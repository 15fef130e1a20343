// The command line as a person meets it: real processes, a real port, an embedded database of their own.
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aDirectory, postmasterOf } from '../../test/embedded-child.ts'
import { birthOf } from '../platform/process-birth.ts'

interface Program {
  child: ChildProcessByStdio<null, Readable, Readable>
  ended: Promise<{ out: string; err: string; code: number | null }>
}

const door = resolve(import.meta.dirname, '../../fitflow.js')
const running: Program[] = []
let directory: string
let port: number

beforeEach(async () => {
  directory = join(aDirectory(), 'data')
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  port = (probe.address() as AddressInfo).port
  await new Promise(closed => probe.close(closed))
})
afterEach(async () => {
  for (const one of running.splice(0)) {
    one.child.kill('SIGTERM')
    await one.ended
  }
})

const surroundings = () => ({ PATH: '/usr/bin:/bin', PORT: String(port), FITFLOW_DATA_DIR: directory, LOG_LEVEL: 'silent' })

function fitflow(words: string, environment: Record<string, string> = {}): Program {
  const child = spawn(process.execPath, [door, ...words.split(' ')], {
    env: { ...surroundings(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]).then(([out, err, [code]]) => ({ out, err, code: code as number | null }))
  const one = { child, ended }
  running.push(one)
  return one
}

async function start(words: string, environment = {}) {
  const one = fitflow(words, environment)
  const first = await Promise.race([once(one.child.stdout, 'data'), one.ended])
  expect(String(first), 'it did not start').toContain('is running')
  return one
}

const ready = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status

test('SIGTERM ends it in order: exit code 0, the port free, no PostgreSQL left', async () => {
  const api = await start('api')
  expect(await ready()).toBe(200)
  const postmaster = postmasterOf(directory)
  api.child.kill('SIGTERM')
  expect((await api.ended).code).toBe(0)
  expect(birthOf(postmaster)).toBeNull()
  await expect(ready()).rejects.toThrow('fetch failed')
})

test('a terminal that sends Ctrl-C twice at once, as npm does, still gets an orderly end', async () => {
  const api = await start('api', { LOG_LEVEL: 'info' })
  api.child.stderr.on('data', (line: Buffer) => String(line).includes('"stopping"') && api.child.kill('SIGINT'))
  api.child.kill('SIGINT')
  expect((await api.ended).code).toBe(0)
})

test('a start that is stopped while its database is being made ends in order, and the next one goes on', async () => {
  const api = fitflow('api')
  const home = join(directory, 'postgres')
  await vi.waitFor(() => expect(existsSync(home) && readdirSync(home).some(name => name.startsWith('data.'))).toBe(true), { timeout: 20_000, interval: 10 })
  api.child.kill('SIGTERM')
  expect(await api.ended).toMatchObject({ code: 0, out: '' })
  await start('api')
  expect(await ready()).toBe(200)
})

test('after kill -9 it starts again as if nothing had been', async () => {
  const api = await start('api')
  api.child.kill('SIGKILL')
  await api.ended
  await start('api')
  expect(await ready()).toBe(200)
})

test('whoever kills npm, even with -9, ends what npm started', async () => {
  const npm = spawn('/bin/sh', ['-c', '"$0" "$1" api & wait', process.execPath, door], {
    env: { ...surroundings(), npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(npm.stdout, 'data')
  const postmaster = postmasterOf(directory)
  npm.kill('SIGKILL')
  await vi.waitFor(() => expect(birthOf(postmaster)).toBeNull(), { timeout: 20_000, interval: 50 })
  await start('api')
  expect(await ready()).toBe(200)
})

test('an API that relies on the database of another process ends with it', async () => {
  const owner = await start('worker')
  const api = await start('api')
  owner.child.kill('SIGKILL')
  expect((await api.ended).code).toBe(1)
})

test('a taken port says so in one sentence and leaves nothing running', async () => {
  const stranger = createServer().listen(port, '127.0.0.1')
  await once(stranger, 'listening')
  const { code, err } = await fitflow('all').ended
  stranger.close()
  expect({ code, err }).toEqual({ code: 1, err: `Port ${port} on 127.0.0.1 is taken by another program: stop that one, or start FitFlow on another port with PORT=${port + 1}.\n` })
})

test('a second start on the same data stops with one sentence, and commands use the first one', async () => {
  const api = await start('api')
  const second = await fitflow('all').ended
  expect(second.code).toBe(1)
  expect(second.err).toBe(`FitFlow is already running on ${directory} (process ${api.child.pid}): stop it first, or set FITFLOW_DATA_DIR and PORT to run a second one.\n`)
  expect(await fitflow('migrate').ended).toEqual({ code: 0, out: 'The database has every migration.\n', err: '' })
  expect(await fitflow('verify').ended).toEqual({ code: 0, out: 'Every invariant holds.\n', err: '' })
  expect(await ready()).toBe(200)
})

test('create-admin beside a running server makes somebody who can sign in once they have set their password', async () => {
  await start('api')
  const { out, code } = await fitflow('create-admin --email Ana@Studio.example --name Ana').ended
  expect(code).toBe(0)
  const token = /\/reset-password\?token=(\S+)/.exec(out)?.[1]
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json', origin: `http://127.0.0.1:${port}` }
    const answer = await fetch(`http://127.0.0.1:${port}/api/auth/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, body: (await answer.json()) as object }
  }
  expect(await post('reset-password', { token, newPassword: 'correct horse battery' })).toMatchObject({ status: 200 })
  const signedIn = await post('sign-in/email', { email: 'ana@studio.example', password: 'correct horse battery' })
  expect(signedIn).toMatchObject({ status: 200, body: { user: { email: 'ana@studio.example', role: 'admin' } } })
  expect(await fitflow('create-admin --email ana@studio.example --name Ana').ended).toEqual({
    code: 1,
    out: '',
    err: 'There is already an account with this address.\n',
  })
})

test('a bad setting stops the start with its name', async () => {
  const { code, err } = await fitflow('api', { LOG_LEVEL: 'loud' }).ended
  expect({ code, err }).toEqual({ code: 1, err: 'LOG_LEVEL is "loud", but must be one of fatal, error, warn, info, debug, trace, silent.\n' })
})

test('every command explains itself', async () => {
  const { out } = await fitflow('--help').ended
  const commands = Array.from(out.matchAll(/^ {2}([a-z-]+) .*\S$/gm), match => match[1]!).filter(name => name !== 'help')
  expect(commands).toEqual(expect.arrayContaining(['all', 'api', 'worker', 'migrate', 'verify', 'create-admin']))
  const helps = await Promise.all(commands.map(name => fitflow(`${name} --help`).ended))
  for (const [index, help] of helps.entries()) {
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining(`Usage: fitflow ${commands[index]}`) })
  }
})
