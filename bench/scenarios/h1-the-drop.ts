// H1, the drop: everybody wants the same class in the same moment, and there is room for all.
import type { SessionId } from '../../server/src/platform/ids.ts'
import { atLeast, runOf, under, type Run, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { oneSession, thousandSessions } from './r0-one-transaction-a-request.ts'

const seconds = 2.5
// More than any machine takes in that time.
const many = 30_000

export const theDrop: Scenario = {
  name: 'H1',
  what: 'the drop: holds of one session, 100 connections',
  beside: oneSession,
  targets: [atLeast(5, 'R0'), under(60, 'p99Ms')],
  open: stage => holdingIn(stage, { sessionsCount: 1, ports: () => stage.ports(1) }),
}

export const spreadHolds: Scenario = {
  name: 'H2',
  what: 'holds over 1,000 sessions, 100 connections',
  beside: thousandSessions,
  targets: [atLeast(1.5, 'R0k')],
  open: stage => holdingIn(stage, { sessionsCount: 1000, ports: () => stage.ports(1) }),
}

interface Where {
  sessionsCount: number
  /** More than it takes in that time. */
  membersMax?: number
  /** The API processes. */
  ports(): Promise<number[]>
  /** What is asked, if not the processes themselves. */
  doors?(): Promise<number[]>
}

/** Each repeat has sessions of its own, and members who hold nothing yet. */
export async function holdingIn(stage: Stage, where: Where): Promise<() => Promise<Run>> {
  const { fixture, load } = stage
  const { sessionsCount, membersMax = many, ports, doors = ports } = where
  let members = await fixture.newMembers(membersMax)
  let sessionIds: SessionId[] = []
  const hold = async (secondsMax: number) => {
    if (members.length < membersMax) members = [...members, ...(await fixture.newMembers(membersMax - members.length))]
    await stage.warm(members, await ports())
    const asks = members.map(({ token }, at) => {
      return { method: 'POST', path: `/api/v1/sessions/${sessionIds[at % sessionIds.length]}/hold`, token } as const
    })
    const before = await heldIn(stage, sessionIds)
    const result = await load.http({ ports: await doors(), connections: 100, asks, again: false, secondsMax })
    members = members.slice(result.begun)
    const run = runOf(result, ['201'])
    const after = await heldIn(stage, sessionIds)
    const held = after.spots - before.spots
    const wrong = held === result.answers['201'] ? run.wrong : [...run.wrong, `${held} spots are held`]
    return { ...run, wrong, notes: [`${(held / (after.batches - before.batches)).toFixed(1)} spots a batch`] }
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

/** One transaction gives all its spots at one instant. */
async function heldIn({ db }: Stage, sessionIds: readonly SessionId[]): Promise<{ spots: number; batches: number }> {
  const [row] = await db.sql<[{ spots: number; batches: number }]>`
    select count(*)::int as spots, count(distinct created_at)::int as batches from spot_holds where session_id = any(${sessionIds})`
  return row
}
