// B1: the schedule of a week with two hundred classes, signed in, each asker's own state in it.
import { atLeast, runOf, type Run, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { emptyHttp } from './r1-empty-http.ts'

const daysCount = 7
const sessionsCount = 200
const trainersCount = 4
const askersCount = 300
const bookingsEach = 2

export const browseWeek: Scenario = {
  name: 'B1',
  what: `a week of ${sessionsCount} sessions with "mine", ${askersCount} members, 100 connections`,
  beside: emptyHttp,
  targets: [atLeast(0.25, 'R1')],
  open: stage => browsing(stage, true),
}

export const browseFromNow: Scenario = {
  name: 'B1now',
  what: 'the same without naming a first day: from now on',
  beside: emptyHttp,
  targets: [atLeast(0.25, 'R1')],
  open: stage => browsing(stage, false),
}

async function browsing(stage: Stage, named: boolean): Promise<() => Promise<Run>> {
  const { fixture, load } = stage
  const firstDay = fixture.now.toZonedDateTimeISO('UTC').startOfDay().add({ days: 1 })
  const lastDay = firstDay.add({ days: daysCount - 1 })
  const trainers = await Promise.all(Array.from({ length: trainersCount }, (_, at) => fixture.newTrainer(`Trainer ${at}`)))
  const sessionIds = await fixture.newSessions(
    Array.from({ length: sessionsCount }, (_, at) => ({
      capacity: 100,
      trainerId: trainers[at % trainersCount] as (typeof trainers)[number],
      // Days in turn, and within a day every half hour from six: each trainer has a time of their own.
      startsAt: firstDay.add({ days: at % daysCount, hours: 6, minutes: 30 * Math.floor(at / daysCount) }).toInstant(),
    })),
  )
  const askers = await fixture.newMembers(askersCount)
  const ports = await stage.ports(1)
  const then = { path: '/api/v1/holds/{id}/confirm', body: JSON.stringify({ method: 'membership' }) }
  const booking = askers.flatMap(({ token }, asker) =>
    Array.from({ length: bookingsEach }, (_, at) => {
      const sessionId = sessionIds[(asker * bookingsEach + at) % sessionsCount]
      return { method: 'POST', path: `/api/v1/sessions/${sessionId}/hold`, token, then } as const
    }),
  )
  await load.http({ ports, connections: 20, asks: booking, again: false, secondsMax: 60 })
  const from = named ? `from=${firstDay.toPlainDate()}&` : ''
  const path = `/api/v1/sessions?${from}to=${lastDay.toPlainDate()}&limit=200`
  const asks = askers.map(({ token }) => ({ method: 'GET', path, token }) as const)
  return async () => {
    await stage.warm(askers, ports)
    return runOf(await load.http({ ports, connections: 100, asks, again: true, secondsMax: 2.5 }), ['200'])
  }
}
