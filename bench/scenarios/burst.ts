// The burst: two hundred people at once on twelve spots. Exactly twelve get one, and everybody else hears no in a word.
import type { HttpResult } from '../http-load.ts'
import { runOf, under, type Run, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

const peopleCount = 200
const spotsCount = 12
const repeats = 5
const noes = ['409 session-full', '409 session-held']

export const burst: Scenario = {
  name: 'burst1',
  what: `${peopleCount} at once on ${spotsCount} spots, one API process`,
  targets: [under(100, 'maxMs')],
  repeats,
  open: async stage => async () => rush(stage, await stage.ports(1)),
}

export const burstOnFour: Scenario = {
  name: 'burst4',
  what: `${peopleCount} at once on ${spotsCount} spots, four API processes`,
  targets: [under(100, 'maxMs')],
  repeats,
  open: async stage => async () => rush(stage, await stage.ports(4)),
}

/** Once, at these ports. */
export async function rush(stage: Stage, ports: readonly number[]): Promise<Run> {
  const { fixture, load } = stage
  const [sessionId] = await fixture.newSessions([{ capacity: spotsCount }])
  const members = await fixture.newMembers(peopleCount)
  await stage.warm(members, ports)
  const asks = members.map(({ token }) => ({ method: 'POST', path: `/api/v1/sessions/${sessionId}/hold`, token }) as const)
  const result = await load.http({ ports, connections: peopleCount, asks, again: false, secondsMax: 60 })
  const run = runOf(result, ['201', ...noes])
  return { ...run, wrong: [...run.wrong, ...notExact(result)] }
}

function notExact({ answers }: HttpResult): string[] {
  const won = answers['201'] ?? 0
  return won === spotsCount ? [] : [`${won} of ${spotsCount} spots were given`]
}
