// Cuts one process off from one engine for twenty seconds: the others go on, it refuses in time or waits, and recovers by itself.
import { systemClock } from '../../server/src/platform/clock.ts'
import type { Fault } from './faults.ts'
import { openIsland } from './partition.ts'
import { metricsToken, startMember, type Member } from './processes.ts'
import { ask, sleep } from './rush.ts'
import type { Stage } from './stage.ts'

const nowMs = () => systemClock.monotonicMs()

const cutMs = 20_000
const answerMsMax = 12_000
const backMsMax = 10_000

type Engine = 'DATABASE_URL' | 'AMQP_URL' | 'REDIS_URL'
const names: Record<Engine, string> = { DATABASE_URL: 'PostgreSQL', AMQP_URL: 'RabbitMQ', REDIS_URL: 'Redis' }

export const cuts: readonly Fault[] = [
  cutOff('cut-api-postgres', 'api', 'DATABASE_URL', 1),
  cutOff('cut-worker-postgres', 'worker', 'DATABASE_URL', 2),
  cutOff('cut-worker-rabbit', 'worker', 'AMQP_URL', 3),
  cutOff('cut-api-redis', 'api', 'REDIS_URL', 4),
  cutOff('cut-api-rabbit', 'api', 'AMQP_URL', 5),
]

function cutOff(name: string, kind: Member['kind'], engine: Engine, number: number): Fault {
  return {
    name,
    needs: engine,
    what: `${kind === 'api' ? 'an API' : 'a worker'} cut off from ${names[engine]} for ${cutMs / 1000} s`,
    async run(stage) {
      const island = openIsland(number)
      const gates = await Promise.all(Object.entries(stage.engines).map(async ([key, url]) => [key, key === engine ? await island.gateTo(url) : await island.open(url)] as const))
      const member = await startMember(name, kind, Object.fromEntries(gates), { within: island.within, address: island.address })
      try {
        return await (kind === 'api' ? watchApi(stage, member, island) : watchWorker(member, island))
      } finally {
        await member.stop()
        await island.close()
      }
    },
  }
}

interface Wire {
  cut(): void
  heal(): void
}

/** What the one that is cut off answers, and that the others book meanwhile. */
async function watchApi(stage: Stage, member: Member, wire: Wire): Promise<string[]> {
  const { ground } = stage
  const wrong: string[] = []
  const before = ground.rush.counts.booked
  const answers = new Map<string, number>()
  let slowestMs = 0
  wire.cut()
  const endsAt = nowMs() + cutMs
  while (nowMs() < endsAt) {
    const { person, sessionId } = ground.prober()
    const startedMs = nowMs()
    const told = await ask(member.url, person, `/sessions/${sessionId}/hold`, { answerMsMax })
    slowestMs = Math.max(slowestMs, nowMs() - startedMs)
    const answer = told === undefined ? 'no answer' : String(told.status)
    answers.set(answer, (answers.get(answer) ?? 0) + 1)
    await sleep(100)
  }
  wire.heal()
  console.log(`  the one that was cut off answered ${[...answers].map(([answer, count]) => `${count} × ${answer}`).join(', ')}; the slowest took ${Math.round(slowestMs)} ms`)
  if (answers.has('no answer')) wrong.push(`the one that was cut off left ${answers.get('no answer')} without an answer for ${answerMsMax} ms`)
  if (ground.rush.counts.booked === before) wrong.push('nobody booked at the others')
  if (!(await answersAgain(stage, member))) wrong.push('the one that was cut off did not recover')
  return wrong
}

async function answersAgain({ ground }: Stage, { url }: Member): Promise<boolean> {
  for (const endsAt = nowMs() + backMsMax; nowMs() < endsAt; await sleep(100)) {
    const { person, sessionId } = ground.prober()
    if ((await ask(url, person, `/sessions/${sessionId}/hold`))?.status === 201) return true
  }
  return false
}

/** The others handle its events meanwhile, and it is ready again afterwards. */
async function watchWorker({ url }: Member, wire: Wire): Promise<string[]> {
  const wrong: string[] = []
  wire.cut()
  await sleep(cutMs)
  const health = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) }).then(({ status }) => status, () => 0)
  wire.heal()
  if (health !== 200) wrong.push(`/healthz of the one that was cut off answered ${health}`)
  const ready = async () => {
    const status = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) }).then(({ status: told }) => told, () => 0)
    const metrics = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` }, signal: AbortSignal.timeout(4000) }).then(answer => answer.text(), () => '')
    return status === 200 && /^fitflow_broker_connected 1$/m.test(metrics) && /^fitflow_outbox_pending \d+$/m.test(metrics)
  }
  for (const endsAt = nowMs() + backMsMax; !(await ready()); await sleep(200)) {
    if (nowMs() > endsAt) return [...wrong, 'the one that was cut off is not ready again']
  }
  return wrong
}
