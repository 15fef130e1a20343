// H4 and H5: the drop on four API processes that share PostgreSQL, Redis and RabbitMQ, at random and by way of a proxy that knows the session.
import { haproxy, rabbitmq, redisServer } from '../../tools/programs.ts'
import { atLeast, type Run, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { rush } from './burst.ts'
import { holdingIn } from './h1-the-drop.ts'
import { oneSession } from './r0-one-transaction-a-request.ts'

const processes = 4
// Each of them remembers them all beforehand.
const membersMax = 12_000

export const onFour: Scenario = {
  name: 'H4',
  what: `the drop on ${processes} API processes with Redis and RabbitMQ, requests to any of them`,
  beside: oneSession,
  needs: [redisServer, rabbitmq],
  targets: [atLeast(3, 'R0')],
  open: stage => dropping(stage, false),
}

export const behindProxy: Scenario = {
  name: 'H5',
  what: 'the same behind a proxy: what is about one session goes to one process',
  beside: oneSession,
  needs: [redisServer, rabbitmq, haproxy],
  targets: [atLeast(6, 'R0')],
  open: stage => dropping(stage, true),
}

/** After each drop more people than there are spots ask all four at once; then all rest, so that the next limit is measured alone. */
async function dropping(stage: Stage, byProxy: boolean): Promise<() => Promise<Run>> {
  const ports = () => stage.fleet(processes)
  const doors = async () => (byProxy ? [await stage.door()] : ports())
  const once = await holdingIn(stage, { sessionsCount: 1, membersMax, ports, doors })
  await stage.rest()
  return async () => {
    const before = await stage.retries()
    const run = await once()
    const { wrong } = await rush(stage, await ports())
    const notes = [...(run.notes ?? []), `${(await stage.retries()) - before} transactions ran again, in ${processes} processes`]
    await stage.rest()
    return { ...run, notes, wrong: [...run.wrong, ...wrong] }
  }
}
