// What an edit of a series asks for: only what differs, and what goes back to the template by the template's value in its preview.
import type { Series } from '@fitflow/contract/series.ts'
import { expect, test } from 'vitest'
import { draftOf, editOf, editPreviewPath, type EditDraft } from './series-edit.ts'

const series = {
  ...{ id: 'one', wallTime: '18:00', own: { durationMinutes: null, capacity: 8, trainerId: null } },
  ofTemplate: { durationMinutes: 60, capacity: 12, trainer: { id: 'alex', name: 'Alex' } },
} as Series
const edit = (differs: Partial<EditDraft>) => editOf(series, { ...draftOf(series, '2027-01-13'), ...differs })

test('nothing is asked for while nothing differs or something makes no sense', () => {
  expect([edit({}), edit({ scope: 'all' }), edit({ wallTime: '' }), edit({ durationMinutes: 4 }), edit({ capacity: 0 }), edit({ capacity: Number.NaN })]).toEqual(
    Array.from({ length: 6 }, () => undefined),
  )
})

test('only what differs is asked for, from a day on or of the whole', () => {
  expect(edit({ wallTime: '19:00' })).toEqual({ scope: 'following', from: '2027-01-13', wallTime: '19:00' })
  expect(edit({ scope: 'all', durationMinutes: 45, trainerId: 'sam' })).toEqual({ scope: 'all', durationMinutes: 45, trainerId: 'sam' })
})

test('what goes back to the template is null in the command and its value in the preview', () => {
  const back = edit({ scope: 'all', capacity: null })
  expect(back).toEqual({ scope: 'all', capacity: null })
  expect(editPreviewPath(series, back!)).toBe('/admin/series/one/change-preview?scope=all&capacity=12')
})
