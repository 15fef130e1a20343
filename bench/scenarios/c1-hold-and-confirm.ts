// C1: the whole way from a free spot to a booking paid with credits, over a hundred sessions and on one.
import { atLeast, runOf, under, type Run, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { oneSession } from './r0-one-transaction-a-request.ts'

const seconds = 2.5
const membersMax = 15_000
const then = { path: '/api/v1/holds/{id}/confirm', body: JSON.stringify({ method: 'credits' }) }

export const journeys: Scenario = {
  name: 'C1',
  what: 'hold and confirm with credits over 100 sessions, 100 connections',
  beside: oneSession,
  targets: [atLeast(1.5, 'R0'), under(100, 'p99Ms')],
  open: stage => bookingIn(stage, 100),
}

export const hotJourneys: Scenario = {
  name: 'C1hot',
  what: 'the same on one session',
  beside: oneSession,
  targets: [atLeast(1.5, 'R0'), under(100, 'p99Ms')],
  open: stage => bookingIn(stage, 1),
}

async function bookingIn(stage: Stage, sessionsCount: number): Promise<() => Promise<Run>> {
  const { fixture, load } = stage
  const sessionIds = await fixture.newSessions(Array.from({ length: sessionsCount }, () => ({ capacity: 100_000 })))
  let members = await fixture.newMembers(membersMax, { credits: 1000 })
  const book = async (secondsMax: number) => {
    if (members.length < membersMax) members = [...members, ...(await fixture.newMembers(membersMax - members.length, { credits: 1000 }))]
    const ports = await stage.ports(1)
    await stage.warm(members, ports)
    const asks = members.map(({ token }, at) => {
      return { method: 'POST', path: `/api/v1/sessions/${sessionIds[at % sessionIds.length]}/hold`, token, then } as const
    })
    const result = await load.http({ ports, connections: 100, asks, again: false, secondsMax })
    members = members.slice(result.begun)
    return runOf(result, ['201'])
  }
  await book(1)
  return () => book(seconds)
}
