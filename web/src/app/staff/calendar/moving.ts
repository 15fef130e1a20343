// Moving a block by mouse or keys: where it would land, in quarters of an hour, within the hours shown.
import type { Block } from './board.ts'

export interface Drag {
  block: Block
  /** Where it would land: the column, and the minute of the day. */
  column: number
  minute: number
  /** False until it has left its place. */
  moving: boolean
  /** Where the mouse took it; none when it is moved by keys. */
  origin?: { x: number; y: number; column: number }
}

interface Hours {
  first: number
  last: number
}

const stepMinutes = 15
/** A hand that clicks is not perfectly still. */
const stillPx = 6

export const isClick = (origin: { x: number; y: number }, at: { clientX: number; clientY: number }): boolean =>
  Math.abs(at.clientX - origin.x) < stillPx && Math.abs(at.clientY - origin.y) < stillPx

/** The quarter of an hour that a height in the column stands for, in minutes from its top. */
export const minuteAt = (y: number, hourPx: number): number => Math.floor(((y / hourPx) * 60) / stepMinutes) * stepMinutes

/** Follows the mouse. */
export function dragged(drag: Drag, at: { y: number; column: number; hourPx: number; hours: Hours }): Drag {
  const byMinutes = ((at.y - (drag.origin?.y ?? at.y)) / at.hourPx) * 60
  return { ...drag, moving: true, column: at.column, minute: within(drag.block, drag.block.from + byMinutes, at.hours) }
}

/** Follows an arrow key; undefined for any other. */
export function nudged(drag: Drag, { key, columns, hours }: { key: string; columns: number; hours: Hours }): Drag | undefined {
  const steps: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
  const step = steps[key]
  if (!step) return undefined
  const minute = within(drag.block, drag.minute + step[0] * stepMinutes, hours)
  const column = columns === 0 ? drag.column : Math.min(columns - 1, Math.max(0, drag.column + step[1]))
  return { ...drag, moving: true, minute, column }
}

/** On the grid, and whole between the first hour and the last. */
function within(block: Block, minute: number, { first, last }: Hours): number {
  const latest = last * 60 - (block.to - block.from)
  const snapped = Math.round(minute / stepMinutes) * stepMinutes
  return Math.max(first * 60, Math.min(latest, snapped))
}
