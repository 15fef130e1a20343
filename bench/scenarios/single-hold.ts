// One member alone on an idle system: how long a hold takes when nobody else asks.
import { runOf, under, type Scenario } from '../scenario.ts'

const holdsEach = 200

export const singleHold: Scenario = {
  name: 'single',
  what: 'one hold at a time on an idle system',
  targets: [under(4, 'p50Ms'), under(10, 'p95Ms')],
  async open(stage) {
    const { fixture, load } = stage
    const [sessionId] = await fixture.newSessions([{ capacity: 100_000 }])
    return async () => {
      const ports = await stage.ports(1)
      const members = await fixture.newMembers(holdsEach)
      await stage.warm(members, ports)
      const asks = members.map(({ token }) => ({ method: 'POST', path: `/api/v1/sessions/${sessionId}/hold`, token }) as const)
      return runOf(await load.http({ ports, connections: 1, asks, again: false, secondsMax: 60 }), ['201'])
    }
  },
}
