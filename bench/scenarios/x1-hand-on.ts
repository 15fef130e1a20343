// X1: a spot is given back in a class that hundreds wait for, and is offered to the next in line.
import { randomUUID } from 'node:crypto'
import { systemClock } from '../../server/src/platform/clock.ts'
import type { SessionId } from '../../server/src/platform/ids.ts'
import { timesOf } from '../figures.ts'
import { under, type Run, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

const waitingCount = 500
const cancelsEach = 20
const lookEveryMs = 2
const patienceMs = 10_000

export const handOn: Scenario = {
  name: 'X1',
  what: `a cancellation with ${waitingCount} waiting, until the offer is written`,
  targets: [under(250, 'p99Ms')],
  async open(stage) {
    const { fixture, load } = stage
    return async () => {
      const [sessionId] = (await fixture.newSessions([{ capacity: cancelsEach }])) as [SessionId]
      const ports = await stage.ports(1)
      const [inside, waiting] = [await fixture.newMembers(cancelsEach), await fixture.newMembers(waitingCount)]
      await stage.warm([...inside, ...waiting], ports)
      const then = { path: '/api/v1/holds/{id}/confirm', body: JSON.stringify({ method: 'membership' }) }
      const holds = inside.map(({ token }) => ({ method: 'POST', path: `/api/v1/sessions/${sessionId}/hold`, token, then }) as const)
      await load.http({ ports, connections: 4, asks: holds, again: false, secondsMax: 60 })
      const joins = waiting.map(({ token }) => ({ method: 'POST', path: `/api/v1/waitlist/${sessionId}/join`, token }) as const)
      const { answers } = await load.http({ ports, connections: 4, asks: joins, again: false, secondsMax: 60 })
      if (answers['201'] !== waitingCount) throw new Error(`not everybody could wait: ${JSON.stringify(answers)}`)
      const tokens = new Map(inside.map(member => [member.id as string, member.token]))
      return cancelInTurn(stage, { sessionId, tokens, port: ports[0] as number })
    }
  },
}

async function cancelInTurn({ db }: Stage, of: { sessionId: SessionId; tokens: Map<string, string>; port: number }): Promise<Run> {
  const bookings = await db.sql<{ id: string; userId: string }[]>`select id, user_id from bookings where session_id = ${of.sessionId}`
  const wrong: string[] = bookings.length === cancelsEach ? [] : [`${bookings.length} of ${cancelsEach} are booked`]
  const times: number[] = []
  for (const { id, userId } of bookings) {
    const startedMs = systemClock.monotonicMs()
    const answer = await fetch(`http://127.0.0.1:${of.port}/api/v1/bookings/${id}/cancel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${of.tokens.get(userId)}`, 'idempotency-key': randomUUID(), 'content-type': 'application/json' },
      body: '{}',
    })
    if (answer.status !== 200) wrong.push(`a cancellation answered ${answer.status}`)
    const passedMs = () => systemClock.monotonicMs() - startedMs
    while ((await offersIn(db, of.sessionId)) <= times.length && passedMs() < patienceMs) await sleep(lookEveryMs)
    if (passedMs() >= patienceMs) wrong.push(`no offer within ${patienceMs} ms`)
    times.push(passedMs())
  }
  const seconds = times.reduce((sum, ms) => sum + ms, 0) / 1000
  return { perSecond: times.length / seconds, ...timesOf(times), wrong }
}

async function offersIn({ sql }: Stage['db'], sessionId: SessionId): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int from waitlist_entries where session_id = ${sessionId} and state = 'offered'`
  return row?.count ?? 0
}

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
