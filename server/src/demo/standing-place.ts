// A member of the demo has a standing place in one class of the week, for two weeks.
import { makeStanding } from '../booking/keep-standing.ts'
import type { SeriesId, UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { inForce, settingsRows, timelineOf } from '../schedule/settings.ts'
import { studioDay } from '../schedule/studio-days.rule.ts'
import { seriesKey } from './timetable.ts'

/** Once a week and never quite full. */
export const standingClass = seriesKey({ template: 'mobility', at: '12:00' })
const standingDays = 13

/** Announces nothing, as the rest of the demo does not. The worker books the place, as it does everybody's. */
export async function keepPlace(tx: Tx, { seriesId, memberId }: { seriesId: SeriesId; memberId: UserId }): Promise<void> {
  const quiet: Tx = { ...tx, emit: () => {} }
  const settings = inForce(timelineOf(await settingsRows(tx.sql)), tx.now)
  const until = String(studioDay(tx.now, settings.timeZone).add({ days: standingDays }))
  await makeStanding(quiet, { wish: { seriesId, until }, userId: memberId, settings })
}
