// A series stops: from a day on it makes no more classes, and those it made go, or stay where somebody has booked them.
import type { StopPreview, StopSeries } from '@fitflow/contract/closures.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { SeriesId, SessionId } from '../platform/ids.ts'
import type { Context } from '../platform/context.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { comingDay, dayFrom } from '../schedule/change-series.ts'
import { laterPart, ownSeries, readSeries, toWireSeries, type SeriesCard } from '../schedule/class-series.ts'
import { comingOfSeries, endSeries, wantedOf } from '../schedule/end-series.ts'
import { endsEarlier, stopNotes } from '../schedule/series-notes.rule.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { studioDay } from '../schedule/studio-days.rule.ts'
import { cancelByStudio, type StudioHouse } from './cancel-by-studio.ts'
import { previewEnding } from './ending-preview.ts'
import { aboutMany } from './many-sessions.ts'
import { countStandings } from './standing-reservations.ts'

interface House {
  db: Database
  settings: SettingsStore
}

interface Command {
  keyed: Keyed
  context: Context
  wish: StopSeries
  /** Throws `precondition-failed` when the asker's `If-Match` names another version. */
  refuseStale(version: number): void
}

/**
 * Answers 200 with the series; where nothing is left to stop it stays as it is, in the same version. Throws `not-found`,
 * `precondition-failed`, `invalid-request` for a day that is past. Past and running classes stay whatever is asked.
 */
export function stopSeries(house: House, id: SeriesId, { wish, refuseStale, ...command }: Command): Promise<Answer> {
  const endsBefore = Temporal.PlainDate.from(wish.endsBefore)
  const find = (sql: Sql) => comingOfSeries(sql, id, { from: endsBefore, now: house.db.clock.expression(sql) })
  return aboutMany(house.db.sql, find, ({ sessions, lock, settle }) =>
    answerOnce(house.db, command, { sessions, lock }, async (tx, locked) => {
      // Whoever makes its classes holds this lock: none is made from now on.
      const series = ownSeries(tx.actor, await readSeries(tx.sql, id, { lock: true }))
      refuseStale(series.version)
      comingDay(series, wish.endsBefore, { path: 'body/endsBefore', now: tx.now })
      const coming = await settle(tx, locked.sessions)
      const { ending } = await sorted(tx.sql, coming.map(session => session.id), wish.booked)
      const going = coming.filter(session => ending.includes(session.id))
      if (stops(series, endsBefore, going)) {
        await endSeries(tx, series, { endsBefore, booked: wish.booked, cancelled: going.length })
        await cancelByStudio(tx, house, { sessions: going, reason: wish.reason ?? '' })
      }
      const [wire] = await toWireSeries(tx, [(await readSeries(tx.sql, id)) as SeriesCard])
      return { status: 200, body: wire }
    }),
  )
}

/** Whom stopping would affect. Throws `not-found`, `invalid-request`. */
export async function previewStop(tx: Tx, house: StudioHouse, id: SeriesId, wish: Pick<StopSeries, 'endsBefore' | 'booked'>): Promise<StopPreview> {
  const series = ownSeries(tx.actor, await readSeries(tx.sql, id))
  const endsBefore = comingDay(series, wish.endsBefore, { path: 'query/endsBefore', now: tx.now })
  const coming = await comingOfSeries(tx.sql, id, { from: endsBefore, now: tx.sql`${tx.now}::timestamptz` })
  const { ending, kept } = await sorted(tx.sql, coming, wish.booked)
  const later = await laterPart(tx.sql, id, studioDay(tx.now, series.timeZone))
  const standings = await countStandings(tx.sql, id, endsBefore)
  const notes = stopNotes({ endsBefore, was: series.endsBefore, firstOn: dayFrom(series, series.startsOn), later, standings })
  return { ...(await previewEnding(tx, house, { ending, kept })), changes: stops(series, endsBefore, ending), notes }
}

/** It ends earlier, or classes that were kept go. */
function stops({ endsBefore: was }: SeriesCard, endsBefore: Temporal.PlainDate, going: readonly unknown[]): boolean {
  return going.length > 0 || endsEarlier({ endsBefore, was })
}

async function sorted(sql: Sql, coming: readonly SessionId[], booked: StopSeries['booked']): Promise<{ ending: SessionId[]; kept: SessionId[] }> {
  if (booked === 'cancel') return { ending: [...coming], kept: [] }
  const wanted = await wantedOf(sql, coming)
  return { ending: coming.filter(id => !wanted.has(id)), kept: coming.filter(id => wanted.has(id)) }
}
