// H1, the drop: everybody wants the same class in the same moment, and there is room for all.
import type { SessionId } from '../../server/src/platform/ids.ts'
import { atLeast, runOf, under, type Run, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { oneSession, thousandSessions } from './r0-one-transaction-a-request.ts'

const seconds = 2.5
// More than any machine takes in that time.
const membersMax = 30_000

export const theDrop: Scenario = {
  name: 'H1',
  what: 'the drop: holds of one session, 100 connections',
  beside: oneSession,
  targets: [atLeast(5, 'R0'), under(60, 'p99Ms')],
  open: stage => holdingIn(stage, 1),
}

export const spreadHolds: Scenario = {
  name: 'H2',
  what: 'holds over 1,000 sessions, 100 connections',
  beside: thousandSessions,
  targets: [atLeast(1.5, 'R0k')],
  open: stage => holdingIn(stage, 1000),
}

/** Each repeat has sessions of its own, and members who hold nothing yet. */
async function holdingIn(stage: Stage, sessionsCount: number): Promise<() => Promise<Run>> {
  const { fixture, load } = stage
  let members = await fixture.newMembers(membersMax)
  let sessionIds: SessionId[] = []
  const hold = async (secondsMax: number) => {
    if (members.length < membersMax) members = [...members, ...(await fixture.newMembers(membersMax - members.length))]
    const ports = await stage.ports(1)
    await stage.warm(members, ports)
    const asks = members.map(({ token }, at) => {
      return { method: 'POST', path: `/api/v1/sessions/${sessionIds[at % sessionIds.length]}/hold`, token } as const
    })
    const result = await load.http({ ports, connections: 100, asks, again: false, secondsMax })
    members = members.slice(result.begun)
    return runOf(result, ['201'])
  }
  const openSessions = async () => {
    sessionIds = await fixture.newSessions(Array.from({ length: sessionsCount }, () => ({ capacity: 100_000 })))
  }
  await openSessions()
  await hold(1)
  return async () => {
    if (sessionsCount === 1) await openSessions()
    return hold(seconds)
  }
}
