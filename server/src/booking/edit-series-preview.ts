// Whom an edit of a series would affect, over all its classes, and what would stand in its way; the edit decides by the same functions.
import type { SeriesEdit, SeriesEditPreview } from '@fitflow/contract/series-edits.ts'
import type { SeriesId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { changedSeries, differing, firstDayOf, planEdit, sessionsToEdit, withClosures } from '../schedule/change-series.ts'
import { laterPart, ownSeries, readSeries } from '../schedule/class-series.ts'
import { editNotes } from '../schedule/series-notes.rule.ts'
import { studioDay } from '../schedule/studio-days.rule.ts'
import type { StudioHouse } from './cancel-by-studio.ts'
import { fromOf, refuseEdit } from './edit-series.ts'
import { classesIn, previewPlan } from './many-changes.ts'

const nothing = 'Nothing changes: the series is like that already.'

/** Reads on one snapshot; what is refused affects nobody. Throws `not-found`, `invalid-request`. */
export async function previewSeriesEdit(tx: Tx, house: StudioHouse, of: { id: SeriesId; edit: SeriesEdit }): Promise<SeriesEditPreview> {
  const was = ownSeries(tx.actor, await readSeries(tx.sql, of.id))
  const from = firstDayOf(was, of.edit, { now: tx.now, path: 'query/from' })
  const is = changedSeries(was, of.edit)
  const now = tx.sql`${tx.now}::timestamptz`
  const sessions = await sessionsToEdit(tx.sql, of.id, { from: fromOf(of.edit), now, lock: false })
  const plan = await withClosures(tx.sql, planEdit(was, is, { sessions, now: tx.now }))
  const shown = await previewPlan(tx, house, plan, () => refuseEdit(tx, { was, is, from }))
  const changes = differing(was, is).length > 0
  const notes = editNotes(await laterPart(tx.sql, was.id, studioDay(tx.now, was.timeZone)))
  return { ...shown, classes: classesIn(plan), changes, notes, sentence: changes || shown.refusals.length > 0 ? shown.sentence : nothing }
}
