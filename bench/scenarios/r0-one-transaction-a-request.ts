// R0: what careful conventional code can do at most, one transaction a request, on one session and over a thousand.
import type { SessionId } from '../../server/src/platform/ids.ts'
import type { Run, Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

const connections = 16
const seconds = 2
// More than any machine takes in that time.
const membersMax = 8000

export const oneSession: Scenario = {
  name: 'R0',
  what: 'limit: one transaction a request on one session, straight on the database',
  targets: [],
  open: async stage => open(stage, await stage.fixture.newSessions([{ capacity: 100_000 }])),
}

export const thousandSessions: Scenario = {
  name: 'R0k',
  what: 'limit: the same over 1,000 sessions',
  targets: [],
  open: async stage => open(stage, await stage.fixture.newSessions(Array.from({ length: 1000 }, () => ({ capacity: 100_000 })))),
}

async function open({ plain, fixture, load }: Stage, sessionIds: readonly SessionId[]): Promise<() => Promise<Run>> {
  let members = await fixture.newMembers(membersMax)
  return async () => {
    if (members.length < membersMax) members = [...members, ...(await fixture.newMembers(membersMax))]
    const userIds = members.map(member => member.id)
    const { begun, ...result } = await load.sql({ address: plain, connections, sessionIds, userIds, secondsMax: seconds })
    members = members.slice(begun)
    return { ...result, wrong: [] }
  }
}
