// What member 1 has been up to, so that every page has something true to show to whoever signs in first.
import type { SessionId } from '../platform/ids.ts'
import type { TemplateName } from './classes.ts'
import { classesOn, tomorrow, type DemoClass } from './scene.ts'

/** Somebody's part in a class; `quit` with the hours before the start at which they cancel. */
export type Part = { kind: 'stay' } | { kind: 'miss' } | { kind: 'wait' } | { kind: 'quit'; hoursBefore: number }

const stay: Part = { kind: 'stay' }

/** More than a day before, within the middle window, and within the last hours: one cancellation of each kind. */
const fixed: readonly [day: number, template: TemplateName, part: Part][] = [
  [-13, 'morningStrength', stay],
  [-12, 'hiit', { kind: 'miss' }],
  [-10, 'vinyasa', stay],
  [-9, 'vinyasa', { kind: 'quit', hoursBefore: 50 }],
  [-8, 'morningStrength', stay],
  [-6, 'vinyasa', stay],
  [-5, 'morningStrength', { kind: 'quit', hoursBefore: 18 }],
  [-3, 'morningStrength', stay],
  [-2, 'hiit', { kind: 'quit', hoursBefore: 3 }],
  [3, 'vinyasa', stay],
  [5, 'morningStrength', stay],
  [9, 'vinyasa', stay],
]

/** Their part in each class they have to do with: also the last of tomorrow, and a place in the queue of its full one. */
export function firstMemberParts(classes: readonly DemoClass[]): Map<SessionId, Part> {
  const { full } = tomorrow(classes)
  const last = classesOn(classes, 1).at(-1)
  const parts = new Map<SessionId, Part>([[full.id, { kind: 'wait' }]])
  if (last) parts.set(last.id, stay)
  for (const [day, template, part] of fixed) {
    const one = classesOn(classes, day, template).at(-1)
    if (one) parts.set(one.id, part)
  }
  return parts
}
