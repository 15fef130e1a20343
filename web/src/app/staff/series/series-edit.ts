// A change of a series on its way: what is asked for out of what the form holds, as the command and as its preview.
import type { SeriesEdit } from '@fitflow/contract/series-edits.ts'
import type { Series } from '@fitflow/contract/series.ts'
import type { Said } from '../../api/meanwhile.ts'

export interface EditDraft {
  scope: 'following' | 'all'
  from: string
  wallTime: string
  /** Null: the template's; so are capacity and trainer. */
  durationMinutes: number | null
  capacity: number | null
  trainerId: string | null
}

export function draftOf({ wallTime, own }: Series, from: string): EditDraft {
  return { scope: 'following', from, wallTime, ...own }
}

/** What somebody else may have changed of it meanwhile. */
export function saidOfSeries({ wallTime, durationMinutes, capacity, trainer, endsBefore }: Series): Said {
  return { Start: wallTime, Minutes: String(durationMinutes), 'People at most': String(capacity), Trainer: trainer.name, 'First day without a class': endsBefore ?? '' }
}

const within = (value: number | null, least: number, most: number): boolean => value === null || (Number.isInteger(value) && value >= least && value <= most)

/** Only what is not as the series is. */
export function differing(series: Series, { wallTime, durationMinutes, capacity, trainerId }: EditDraft): Partial<SeriesEdit> {
  return {
    ...(wallTime === series.wallTime ? {} : { wallTime }),
    ...(durationMinutes === series.own.durationMinutes ? {} : { durationMinutes }),
    ...(capacity === series.own.capacity ? {} : { capacity }),
    ...(trainerId === series.own.trainerId ? {} : { trainerId }),
  }
}

/** What is asked for; undefined while nothing differs, or something makes no sense. */
export function editOf(series: Series, draft: EditDraft): SeriesEdit | undefined {
  if (!draft.wallTime || !within(draft.durationMinutes, 5, 720) || !within(draft.capacity, 1, 100_000)) return undefined
  const differs = differing(series, draft)
  if (Object.keys(differs).length === 0) return undefined
  return { scope: draft.scope, ...(draft.scope === 'following' ? { from: draft.from } : {}), ...differs }
}

/** The address of its preview: what goes back to the template is asked for by the template's own value. */
export function editPreviewPath({ id, ofTemplate }: Series, edit: SeriesEdit): string {
  const { durationMinutes, capacity, trainerId, ...rest } = edit
  const query = {
    ...rest,
    ...(durationMinutes === undefined ? {} : { durationMinutes: durationMinutes ?? ofTemplate.durationMinutes }),
    ...(capacity === undefined ? {} : { capacity: capacity ?? ofTemplate.capacity }),
    ...(trainerId === undefined ? {} : { trainerId: trainerId ?? ofTemplate.trainer.id }),
  }
  return `/admin/series/${id}/change-preview?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`
}
