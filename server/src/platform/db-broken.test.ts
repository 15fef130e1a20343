// Connections that break while somebody holds them, as all do when PostgreSQL dies: an error for the holder, and nobody else notices.
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { anotherHandle } from '../../test/handles.ts'
import { system } from '../../test/world.ts'
import { transact } from './tx.ts'

const { db, clock, url } = await aDatabase()
const other = anotherHandle({ url, clock })
const breakOne = (pid: number) => other.sql`select pg_terminate_backend(${pid}, 5000)`
const pidOf = async (sql: typeof db.critical) => (await sql<[{ pid: number }]>`select pg_backend_pid() as pid`)[0].pid

/** A way to the database that can be shut: what is open breaks, and whoever comes is refused. */
async function aGate(target: string) {
  const open = new Set<Socket>()
  const server = createServer(near => {
    const far = connect(Number(target), '127.0.0.1')
    for (const [one, another] of [[near, far], [far, near]] as const) {
      open.add(one)
      one.on('error', () => another.destroy()).on('close', () => another.destroy())
      one.pipe(another)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const shut = () => {
    server.close()
    for (const socket of open) socket.destroy()
  }
  onTestFinished(shut)
  return { port, shut, open: () => once(server.listen(port, '127.0.0.1'), 'listening') }
}

test('a use case whose connection broke fails, and so does each statement that it still sends; the process goes on', async () => {
  const holder = await db.critical.reserve()
  await breakOne(await pidOf(holder as unknown as typeof db.critical))
  for (let at = 0; at < 3; at++) await expect(holder`select 1`).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  holder.release()
  expect(await transact(db, system, {}, async tx => (await tx.sql<[{ one: number }]>`select 1 as one`)[0].one)).toBe(1)
})

test('what the last holder of a broken connection still says does not reach the next one’s transaction', async () => {
  const holders = await Promise.all(Array.from({ length: 8 }, () => db.critical.reserve()))
  for (const one of holders) await breakOne(await pidOf(one as unknown as typeof db.critical))
  for (const one of holders) await one`select 1`.catch(() => undefined)
  // All connections of the pool broke, so the next holder has one of theirs, connected again.
  const next = await db.critical.reserve()
  await next`begin`
  await next`create temporary table kept (n int) on commit drop`
  await Promise.all(holders.map(one => one`rollback`.catch(() => undefined)))
  for (const one of holders) one.release()
  expect(await next`select count(*)::int as n from kept`).toEqual([{ n: 0 }])
  await next`rollback`
  next.release()
})

test('those who were refused while the database was away keep no place in line: afterwards there are as many connections as before', async () => {
  const gate = await aGate(new URL(url).port)
  const away = anotherHandle({ url: url.replace(/:\d+\//, `:${gate.port}/`), clock })
  const one = async () => transact(away, system, {}, async tx => (await tx.sql<[{ one: number }]>`select 1 as one`)[0].one)
  expect(await one()).toBe(1)
  gate.shut()
  const refused = await Promise.allSettled(Array.from({ length: 40 }, one))
  expect(refused.map(each => each.status)).not.toContain('fulfilled')
  await gate.open()
  expect(await Promise.all(Array.from({ length: 40 }, one))).toEqual(Array.from({ length: 40 }, () => 1))
})
