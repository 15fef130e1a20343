// The demo studio from the command line: sown into an empty house once, by hand or by the first start.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeEach, expect, test } from 'vitest'
import { aDirectory } from '../../test/embedded-child.ts'

const door = resolve(import.meta.dirname, '../../fitflow.js')
let environment: Record<string, string>

beforeEach(async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise(closed => probe.close(closed))
  environment = { PATH: '/usr/bin:/bin', PORT: String(port), FITFLOW_DATA_DIR: join(aDirectory(), 'data'), LOG_LEVEL: 'silent' }
})

interface Ended {
  code: number
  out: string
  err: string
}

function fitflow(words: string, differs: Record<string, string> = {}): Promise<Ended> {
  return new Promise(done => {
    execFile(process.execPath, [door, ...words.split(' ')], { env: { ...environment, ...differs } }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

/** Starts everything, ends it once it has said `last`, and answers what it said. */
async function allUntil(last: string): Promise<string[]> {
  const child = spawn(process.execPath, [door, 'all'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const said: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line)
    if (line.includes(last)) child.kill('SIGTERM')
  }
  expect((await exited)[0], said.join('\n')).toBe(0)
  return said
}

const signIns = /password fitflow-demo as\n {4}member1@demo\.fitflow\.test .*\n {4}alex@demo\.fitflow\.test .*\n {4}admin@demo\.fitflow\.test /

test('a house takes the demo once, sound, and says how to sign in', async () => {
  const first = await fitflow('seed --demo')
  expect(first).toEqual({ code: 0, out: expect.stringMatching(/^The demo studio is ready\.\n/), err: '' })
  expect(first.out).toMatch(signIns)
  expect(await fitflow('verify')).toEqual({ code: 0, out: 'Every invariant holds.\n', err: '' })
  expect((await fitflow('seed --demo')).out).toMatch(/^The demo studio is here already; nothing was changed\.\n/)
})

test('a house with people of its own takes no demo', async () => {
  await fitflow('create-admin --email boss@studio.example --name Boss')
  const { code, err } = await fitflow('seed --demo')
  expect({ code, err }).toEqual({
    code: 1,
    err: 'This database has accounts already, and the demo studio goes into an empty one only. Nothing was changed.\n',
  })
})

test('a house that others can reach takes no demo', async () => {
  const { code, err } = await fitflow('seed --demo', { HOST: '0.0.0.0' })
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('for this machine only') })
})

test('the first start opens the demo studio, and a later one finds it again', async () => {
  const first = await allUntil('admin@demo.fitflow.test')
  expect(first.join('\n')).toMatch(signIns)
  expect(first.join('\n')).not.toContain('There is no admin yet')
  expect((await allUntil('admin@demo.fitflow.test')).join('\n')).toMatch(signIns)
  expect((await fitflow('seed --demo')).out).toContain('here already')
})
