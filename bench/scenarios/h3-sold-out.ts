// H3, sold out: everybody asks for a class that has no spot left.
import { atLeast, runOf, type Scenario } from '../scenario.ts'
import { emptyHttp } from './r1-empty-http.ts'

const capacity = 12
const askersCount = 2000

export const soldOut: Scenario = {
  name: 'H3',
  what: 'refusals of a full session, 100 connections',
  beside: emptyHttp,
  targets: [atLeast(0.3, 'R1')],
  async open(stage) {
    const { fixture, load } = stage
    const [sessionId] = await fixture.newSessions([{ capacity }])
    const path = `/api/v1/sessions/${sessionId}/hold`
    const taken = await fixture.newMembers(capacity)
    const ports = await stage.ports(1)
    const then = { path: '/api/v1/holds/{id}/confirm', body: JSON.stringify({ method: 'membership' }) }
    const filling = taken.map(({ token }) => ({ method: 'POST', path, token, then }) as const)
    await load.http({ ports, connections: 1, asks: filling, again: false, secondsMax: 60 })

    const askers = await fixture.newMembers(askersCount)
    const asks = askers.map(({ token }) => ({ method: 'POST', path, token }) as const)
    return async () => {
      await stage.warm(askers, await stage.ports(1))
      return runOf(await load.http({ ports: await stage.ports(1), connections: 100, asks, again: true, secondsMax: 2.5 }), ['409 session-full'])
    }
  },
}
