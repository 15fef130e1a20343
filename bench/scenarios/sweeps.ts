// The sweeps: what time does by itself, once with two thousand holds past their end, and when there is nothing to do.
import { attendedBy } from '../../server/src/booking/attended.ts'
import { sweepHolds } from '../../server/src/booking/sweep-holds.ts'
import { closeWaitlists, wakeSleepers } from '../../server/src/booking/sweep-waitlists.ts'
import { expireLots } from '../../server/src/credits/expire-lots.ts'
import { warnOfExpiry } from '../../server/src/credits/warn-of-expiry.ts'
import { systemClock } from '../../server/src/platform/clock.ts'
import { newTraceId } from '../../server/src/platform/trace.ts'
import { growSeries } from '../../server/src/schedule/grow-series.ts'
import { moveSessionsOn } from '../../server/src/schedule/jobs.ts'
import { openSettings } from '../../server/src/schedule/settings.ts'
import { timesOf } from '../figures.ts'
import type { Run, Scenario } from '../scenario.ts'

const dueCount = 2000
const sessionsCount = 50
const looksEach = 40

export const sweepDue: Scenario = {
  name: 'sweep',
  what: `${dueCount} holds past their end give their spots back`,
  targets: [],
  async open({ db, fixture, load, ports, warm }) {
    return async () => {
      const sessionIds = await fixture.newSessions(Array.from({ length: sessionsCount }, () => ({ capacity: dueCount })))
      const members = await fixture.newMembers(dueCount)
      await warm(members, await ports(1))
      const asks = members.map(({ token }, at) => ({ method: 'POST', path: `/api/v1/sessions/${sessionIds[at % sessionsCount]}/hold`, token }) as const)
      await load.http({ ports: await ports(1), connections: 50, asks, again: false, secondsMax: 60 })
      await db.sql`update spot_holds set expires_at = now() where status = 'active' and session_id = any(${sessionIds})`
      const startedMs = systemClock.monotonicMs()
      const times: number[] = []
      // The worker sweeps too: whoever comes first, it is over when nothing is due.
      for (let swept = 1; swept > 0; times.push(systemClock.monotonicMs() - startedMs)) swept = await sweepHolds(db, newTraceId())
      const [left] = await db.sql<{ count: number }[]>`
        select count(*)::int from spot_holds where status = 'active' and session_id = any(${sessionIds})`
      const wrong = left?.count === 0 ? [] : [`${left?.count} holds were left`]
      return { perSecond: dueCount / ((systemClock.monotonicMs() - startedMs) / 1000), ...timesOf(times), wrong }
    }
  },
}

export const idleLooks: Scenario = {
  name: 'looks',
  what: 'every sweep and job looks round and finds nothing to do',
  targets: [],
  async open({ db }) {
    const settings = await openSettings(db)
    const house = { db, settings }
    const { timeZone } = settings.current()
    const lookRound = async () => {
      await sweepHolds(db, newTraceId())
      await wakeSleepers(house, newTraceId())
      await closeWaitlists(house, newTraceId())
      await moveSessionsOn(db)
      await expireLots(db, timeZone)
      await warnOfExpiry(db, settings.current())
      await growSeries({ ...house, attendedBy })
    }
    settings.close()
    return async (): Promise<Run> => {
      const times: number[] = []
      for (let look = 0; look < looksEach; look++) {
        const startedMs = systemClock.monotonicMs()
        await lookRound()
        times.push(systemClock.monotonicMs() - startedMs)
      }
      return { perSecond: (looksEach * 1000) / times.reduce((sum, ms) => sum + ms, 0), ...timesOf(times), wrong: [] }
    }
  },
}
