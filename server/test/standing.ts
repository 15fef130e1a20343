// A stage for standing reservations: series whose windows are yet to open, members who can pay, and the job run by hand.
import type { NewStanding, Standing } from '@fitflow/contract/standing.ts'
import { bookStanding } from '../src/booking/book-standing.ts'
import { endOutlived, endStanding, reserveStanding } from '../src/booking/keep-standing.ts'
import { toWireStandings } from '../src/booking/read-standings.ts'
import { standingsOf } from '../src/booking/standing-reservations.ts'
import { standingTurn } from '../src/booking/standing.rule.ts'
import type { Database } from '../src/platform/db.ts'
import type { SessionId, StandingId } from '../src/platform/ids.ts'
import { newTraceId } from '../src/platform/trace.ts'
import { readOnly } from '../src/platform/tx.ts'
import { aFrontDesk, keyed } from './front-desk.ts'
import { aSeries, sessionsOf } from './series.ts'
import { aLot, aMember, type Person } from './world.ts'

export async function aStandingStage(db: Database, clock: Pick<Database['clock'], 'now'>) {
  const desk = await aFrontDesk(db)
  const { house } = desk
  const command = (who: Person) => ({ keyed: keyed(who), context: who.context })
  const read = (who: Person): Promise<Standing[]> => readOnly(db, who.context, async tx => toWireStandings(tx, await standingsOf(tx.sql, who.id), house.settings.current()))
  return {
    desk,
    command,
    read,
    async aPayer(): Promise<Person> {
      const member = await aMember(db)
      await aLot(db, member)
      return member
    },
    async reserve(who: Person, wish: NewStanding): Promise<Standing> {
      return JSON.parse((await reserveStanding(house, wish, command(who))).body) as Standing
    },
    end: (who: Person, id: string) => endStanding(house, id as StandingId, command(who)),
    /** Books everything that is due, and ends what has had its last day. */
    async run(): Promise<void> {
      await endOutlived(house, newTraceId())
      while ((await bookStanding(house, newTraceId())) > 0);
    },
    /** How things stand for somebody in one session; undefined when it is none of theirs. */
    async occurrence(who: Person, sessionId: string) {
      return (await read(who)).flatMap(one => [...one.coming, ...one.past]).find(one => one.sessionId === sessionId)
    },
    /** A series and its first session whose turn is still to come, with its turn. */
    async aComingSession(capacity = 5) {
      const { series } = await aSeries(db, { capacity })
      const settings = house.settings.current()
      const soon = clock.now().add({ minutes: 1 })
      for (const one of await sessionsOf(db, series.id)) {
        const startsAt = Temporal.Instant.from(one.startsAt)
        const turnAt = standingTurn(startsAt, settings)
        if (Temporal.Instant.compare(turnAt, soon) > 0) return { series, turnAt, session: { id: one.id as SessionId, on: one.on, startsAt } }
      }
      throw new Error('the horizon ends before the window does')
    },
  }
}
