// Whom an edit of a series would affect, over all its classes, and what would stand in its way; the edit decides by the same functions.
import type { SeriesEdit, SeriesEditPreview } from '@fitflow/contract/series-edits.ts'
import type { SeriesId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { changedSeries, firstDayOf, planEdit, sessionsToEdit, type EditPlan } from '../schedule/change-series.ts'
import { ownSeries, readSeries, type SeriesCard } from '../schedule/class-series.ts'
import { toWireClash } from '../schedule/move-sessions.ts'
import { decideMove } from '../schedule/session-state.rule.ts'
import { affectedBy } from './affected.ts'
import type { StudioHouse } from './cancel-by-studio.ts'
import { movedPeople, resizedPeople, toldPeople, toWirePeople, type AffectedOne } from './change-preview.ts'
import { changeSentence } from './change-sentences.ts'
import { clashesOfEdit, fromOf, refuseEdit, refuseTrainerOf } from './edit-series.ts'

/** Reads on one snapshot; what is refused affects nobody. Throws `not-found`, `invalid-request`. */
export async function previewSeriesEdit(tx: Tx, house: StudioHouse, of: { id: SeriesId; edit: SeriesEdit }): Promise<SeriesEditPreview> {
  const was = ownSeries(tx.actor, await readSeries(tx.sql, of.id))
  firstDayOf(was, of.edit, tx.now)
  const is = changedSeries(was, of.edit)
  const now = tx.sql`${tx.now}::timestamptz`
  const sessions = await sessionsToEdit(tx.sql, of.id, { from: fromOf(of.edit), now, lock: false })
  const plan = planEdit(was, is, { sessions, now: tx.now })
  const refusals = await refusalsOf(tx, was, is, plan)
  const people = refusals.length > 0 ? [] : await peopleOf(tx, house, plan, is)
  const changed = new Set([...plan.moves.map(move => move.session), ...plan.substituted, ...plan.resized].map(session => session.id))
  return {
    people: await toWirePeople(tx.sql, people),
    clashes: (await clashesOfEdit(tx.sql, plan, is)).map(toWireClash),
    refusals,
    classes: changed.size,
    sentence: refusals[0]?.detail ?? changeSentence(people),
  }
}

async function refusalsOf(tx: Tx, was: SeriesCard, is: SeriesCard, plan: EditPlan): Promise<SeriesEditPreview['refusals']> {
  try {
    await refuseTrainerOf(tx, was, is)
    await refuseEdit(tx.sql, plan, is)
    for (const { session, startsAt } of plan.moves) decideMove({ session, now: tx.now }, startsAt)
    return []
  } catch (error) {
    // A refusal is what the preview is asked for.
    if (error instanceof Problem) return [{ code: error.code, detail: error.message }]
    throw error
  }
}

async function peopleOf(tx: Tx, house: StudioHouse, { moves, substituted, resized }: EditPlan, is: SeriesCard): Promise<AffectedOne[]> {
  const { timeZone } = house.settings.current()
  const [moving, getting, growing] = await Promise.all(
    [moves.map(move => move.session), substituted, resized].map(sessions => affectedBy(tx.sql, sessions.map(session => session.id))),
  ) as [Seen, Seen, Seen]
  const capacity = is.capacity ?? is.template.defaultCapacity
  return [
    ...(await movedPeople({ tx, timeZone }, moves, moving)),
    ...toldPeople(getting),
    ...resized.flatMap(session => resizedPeople({ entries: growing.entries.filter(entry => entry.sessionId === session.id) }, capacity - session.taken)),
  ]
}

type Seen = Awaited<ReturnType<typeof affectedBy>>
