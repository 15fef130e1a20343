// The series that a member may reserve a standing place in, and what is asked of one series or class.
import type { StandingForStaff, StandingSeries } from '@fitflow/contract/standing.ts'
import { peopleById } from '../identity/display-names.ts'
import type { SeriesId, StandingId, UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { ownSeries, trainerOf } from '../schedule/class-series.ts'
import { isOver, lineOf, openLines, partsOn, sessionsOfLines, trainersOf } from '../schedule/followed-series.ts'
import type { Settings } from '../schedule/settings.ts'
import { studioDay } from '../schedule/studio-days.rule.ts'
import { seriesFields, toWireStandings } from './read-standings.ts'
import { liveStandingsOf, standingsIn } from './standing-reservations.ts'

/** By name, each with its next class and the member's own reservation. */
export async function listStandingSeries(tx: Tx, userId: UserId, settings: Settings): Promise<StandingSeries[]> {
  const { sql, now } = tx
  const today = studioDay(now, settings.timeZone)
  const lines = await openLines(sql, today)
  const parts = await partsOn(sql, lines, today)
  const by = now.add({ hours: (settings.seriesHorizonWeeks + 1) * 7 * 24 })
  const coming = await sessionsOfLines(sql, { lines, after: now, by, statuses: ['published'] })
  const trainers = await trainersOf(sql, parts.values())
  const own = new Map((await liveStandingsOf(sql, userId, lines)).map(one => [one.seriesId, one.id]))
  return lines.flatMap(line => {
    const part = parts.get(line)
    const next = coming.find(session => session.lineId === line)
    // Whoever teaches it takes no place in it.
    if (!part || !next || trainerOf(part) === userId) return []
    return [{ ...seriesFields(part, trainers), next: { sessionId: next.id, startsAt: String(next.startsAt) }, standingId: own.get(line) ?? null }]
  })
}

interface SeriesOfClass {
  id: SeriesId
  rrule: string
  isOpen: boolean
  standingId: StandingId | null
}

/** What the page of a class says of its series; null when it is of none. */
export async function seriesOfClass(tx: Tx, seriesId: SeriesId | null, { userId, timeZone }: { userId: UserId | null; timeZone: string }): Promise<SeriesOfClass | null> {
  const line = seriesId && (await lineOf(tx.sql, seriesId))
  if (!line) return null
  const today = studioDay(tx.now, timeZone)
  const part = (await partsOn(tx.sql, [line], today)).get(line)
  if (!part) return null
  const [own] = userId ? await liveStandingsOf(tx.sql, userId, [line]) : []
  return { id: seriesId, rrule: part.rrule, isOpen: !isOver(part, today) && trainerOf(part) !== userId, standingId: own?.id ?? null }
}

/** Who has a place in a series of the actor's, in the order in which they are booked. Throws `not-found`. */
export async function standingsOfSeries(tx: Tx, id: SeriesId, settings: Settings): Promise<StandingForStaff[]> {
  const line = await lineOf(tx.sql, id)
  ownSeries(tx.actor, line && (await partsOn(tx.sql, [line], studioDay(tx.now, settings.timeZone))).get(line))
  const rows = line ? await standingsIn(tx.sql, line) : []
  const people = await peopleById(tx.sql, rows.map(row => row.userId))
  const clients = new Map(rows.map(row => [row.id as string, { id: row.userId as string, name: people.get(row.userId)?.name ?? '' }]))
  return (await toWireStandings(tx, rows, settings)).flatMap(one => {
    const client = clients.get(one.id)
    return client ? [{ ...one, client }] : []
  })
}
