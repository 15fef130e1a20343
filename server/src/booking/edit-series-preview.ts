// Whom an edit of a series would affect, over all its classes, and what would stand in its way; the edit decides by the same functions.
import type { SeriesEdit, SeriesEditPreview } from '@fitflow/contract/series-edits.ts'
import type { SeriesId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { changedSeries, firstDayOf, planEdit, sessionsToEdit } from '../schedule/change-series.ts'
import { ownSeries, readSeries } from '../schedule/class-series.ts'
import type { StudioHouse } from './cancel-by-studio.ts'
import { fromOf, refuseTrainerOf } from './edit-series.ts'
import { classesIn, previewPlan } from './many-changes.ts'

/** Reads on one snapshot; what is refused affects nobody. Throws `not-found`, `invalid-request`. */
export async function previewSeriesEdit(tx: Tx, house: StudioHouse, of: { id: SeriesId; edit: SeriesEdit }): Promise<SeriesEditPreview> {
  const was = ownSeries(tx.actor, await readSeries(tx.sql, of.id))
  firstDayOf(was, of.edit, tx.now)
  const is = changedSeries(was, of.edit)
  const now = tx.sql`${tx.now}::timestamptz`
  const sessions = await sessionsToEdit(tx.sql, of.id, { from: fromOf(of.edit), now, lock: false })
  const plan = planEdit(was, is, { sessions, now: tx.now })
  return { ...(await previewPlan(tx, house, plan, () => refuseTrainerOf(tx, was, is))), classes: classesIn(plan) }
}
