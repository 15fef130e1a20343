// Two API processes that share a Redis, alone or a cluster: limits and refusals count for both; and a Redis that fails in a rush.
import { randomUUID } from 'node:crypto'
import type { LiveSession } from '@fitflow/contract/live.ts'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { aCrowd } from '../crowd.ts'
import { aDatabase } from '../database.ts'
import { aProcess, ask, type Process, type Told } from '../fleet.ts'
import { listen } from '../listen.ts'
import { aRedis } from '../redis.ts'
import { aSession } from '../world.ts'

const redis = await aRedis()
const { db, url } = await aDatabase({ startsAt: systemClock.now() })
let hours = 24
const aClass = (capacity: number) => aSession(db, { capacity, startsAt: systemClock.now().add({ hours: hours++ }) })

/** Starts API processes on the Redis and waits until each has found it. */
async function sharing(count: number): Promise<Process[]> {
  const processes = await Promise.all(Array.from({ length: count }, () => aProcess('api', url, { REDIS_URL: redis.url })))
  await untilFound(processes)
  return processes
}

async function untilFound(processes: readonly Process[]): Promise<void> {
  const lacking = async () => (await Promise.all(processes.map(degradedOf))).flat()
  await expect.poll(lacking, { timeout: 10_000 }).toEqual([])
}

async function degradedOf(process: Process): Promise<string[]> {
  const response = await fetch(`${process.url}/readyz`)
  expect(response.status).toBe(200)
  return ((await response.json()) as { degraded: string[] }).degraded
}

const codes = (told: readonly Told[]) => told.map(one => one.code ?? one.status).sort()

test('however a member spreads twelve asks over two processes at once, five are decided', async () => {
  const processes = await sharing(2)
  const [member] = await aCrowd(db, 1)
  const classes = await Promise.all(Array.from({ length: 12 }, () => aClass(12)))
  const told = await Promise.all(classes.map(({ id }, at) => ask(processes[at % 2]!, member!, `POST /sessions/${id}/hold`)))
  const limited = codes(told).filter(code => code === 'rate-limited')
  expect(limited).toHaveLength(12 - 5)
  const key = `user:{${member!.id}}:rate_limit:hold`
  expect(redis.cli('get', key)).toBe('5')
  expect(Number(redis.cli('ttl', key))).toBeGreaterThan(0)
  await Promise.all(processes.map(one => one.stop()))
})

test('a refusal is repeated word for word by a process that never gave it, though a spot is free by now', async () => {
  const [one, other] = await sharing(2)
  const [first, second] = await aCrowd(db, 2)
  const { id } = await aClass(1)
  const { body: hold } = await ask(one!, first!, `POST /sessions/${id}/hold`)
  const key = randomUUID()
  const refused = await ask(one!, second!, `POST /sessions/${id}/hold`, { key })
  expect(refused).toMatchObject({ status: 409, code: 'session-held' })
  await ask(one!, first!, `DELETE /holds/${hold.id}`)
  expect(await ask(other!, second!, `POST /sessions/${id}/hold`, { key })).toEqual(refused)
  expect(await ask(other!, second!, `DELETE /waitlist/${id}`, { key })).toMatchObject({ status: 422, code: 'idempotency-key-reused' })
  expect(await ask(other!, second!, `POST /sessions/${id}/hold`)).toMatchObject({ status: 201 })
  await Promise.all([one!.stop(), other!.stop()])
})

test('what happens in one process is told as it happens to who listens to another, and only Redis carries it', async () => {
  const [one, other] = await sharing(2)
  const [watcher, ...members] = await aCrowd(db, 30)
  const stream = await listen(`${other!.url}/api/v1/live`, { token: watcher!.token })
  const noted: string[] = []
  await db.sql.listen('changed', payload => void noted.push(payload))
  const tell = async () => {
    const { id } = await aClass(12)
    expect(await ask(one!, members.pop()!, `POST /sessions/${id}/hold`)).toMatchObject({ status: 201 })
    const heard = await stream.hears(({ event, data }) => event === 'session' && (data as LiveSession).id === id)
    expect(heard.data).toMatchObject({ spotsLeft: 11 })
    return noted.some(payload => payload.includes(id))
  }
  await expect.poll(tell, { timeout: 20_000, interval: 1500 }).toBe(false)
  stream.close()
})

const spots = 12

/** Five hundred ask three processes for twelve spots, in waves, while something happens to Redis; answers all answers. */
async function rush(processes: readonly Process[], meanwhile: (wave: number) => Promise<void> | void): Promise<{ told: Told[]; sessionId: string }> {
  const [crowd, session] = [await aCrowd(db, 500), await aClass(spots)]
  const asked: Promise<Told>[] = []
  for (let wave = 0; wave < 10; wave++) {
    asked.push(...crowd.slice(wave * 50, (wave + 1) * 50).map((member, at) => ask(processes[at % processes.length]!, member, `POST /sessions/${session.id}/hold`)))
    await meanwhile(wave)
    await asked.at(-1)
  }
  return { told: await Promise.all(asked), sessionId: session.id }
}

test('a Redis that is emptied, silent or stopped in mid-rush costs speed only: exactly twelve, no fault, and it is used again after', async () => {
  const processes = await sharing(3)
  await aProcess('worker', url, { REDIS_URL: redis.url })
  const troubles: [() => Promise<void> | void, () => Promise<void> | void][] = [
    [() => void redis.cli('flushall'), () => undefined],
    [redis.pause, redis.resume],
    [redis.stop, redis.start],
  ]
  for (const [begin, end] of troubles) {
    const { told, sessionId } = await rush(processes, async wave => {
      if (wave === 1) await begin()
      if (wave === 6) await end()
    })
    expect(codes(told)).toEqual([...Array.from({ length: spots }, () => 201), ...Array.from({ length: 500 - spots }, () => 'session-held')])
    const [{ n }] = await db.sql<[{ n: number }]>`select count(*)::int as n from spot_holds where session_id = ${sessionId} and status = 'active'`
    expect(n).toBe(spots)
    await untilFound(processes)
  }
})
