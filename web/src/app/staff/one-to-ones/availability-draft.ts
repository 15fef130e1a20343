// The times of an editor: blocks as rows that can be typed into and back again, and the slots that each row gives.
import type { Block, BlockKind } from '@fitflow/contract/availability.ts'
import { yearsAheadMax } from '@fitflow/contract/scalars.ts'
import { addDays } from '../../api/zoned.ts'

/** A block while it is typed: every field is text, '' where nothing is said. An end of 00:00 is midnight. */
export interface Draft {
  key: number
  kind: BlockKind
  weekday: number
  on: string
  from: string
  to: string
  validFrom: string
  validUntil: string
}

const midnight = '00:00'
const endOfDay = '24:00'
let keys = 0

/** A new row with a key of its own. */
export function draft(of: Partial<Draft> & Pick<Draft, 'kind'>): Draft {
  keys += 1
  return { weekday: 1, on: '', from: '09:00', to: '12:00', validFrom: '', validUntil: '', ...of, key: keys }
}

export function draftsOf(blocks: readonly Block[]): Draft[] {
  return blocks.map((block) => draft({ ...block, to: block.to === endOfDay ? midnight : block.to }))
}

/** What the server is told: a weekly block has its weekday, the others their day. */
export function blocksOf(drafts: readonly Draft[]): Block[] {
  return drafts.map(({ kind, weekday, on, from, to, validFrom, validUntil }) => ({
    ...{ kind, from, to: endOf(to) },
    ...(kind === 'weekly' ? { weekday } : { on }),
    ...(kind === 'weekly' && validFrom ? { validFrom } : {}),
    ...(kind === 'weekly' && validUntil ? { validUntil } : {}),
  }))
}

const endOf = (to: string): string => (to === midnight ? endOfDay : to)

/** What is wrong with a row, in a person's words; '' when it may be saved. */
export function faultOf({ kind, on, from, to, validFrom, validUntil }: Draft): string {
  if (from === '' || to === '') return 'Say from when until when.'
  if (endOf(to) <= from) return 'It ends before it begins.'
  if (kind !== 'weekly' && on === '') return 'Choose the day.'
  return validFrom !== '' && validUntil !== '' && validUntil < validFrom ? 'Its last day is before its first.' : ''
}

/** What keeps a row from ever giving a slot, in a person's words; rows that stand already may be over. */
export function barrenOf(row: Draft, of: { slotMinutes: number; today: string; lastDay: string; kept: readonly Block[] }): string {
  const { kind, on, validFrom, validUntil } = row
  if (kind !== 'exception' && minuteOf(endOf(row.to)) - minuteOf(row.from) < of.slotMinutes) return `Too short for one of ${of.slotMinutes} minutes.`
  if (kind === 'weekly' && validFrom !== '' && validUntil !== '' && !hasWeekday(row)) return 'There is no such weekday between its first day and its last.'
  const block = JSON.stringify(blocksOf([row]))
  if (of.kept.some((one) => JSON.stringify(blocksOf(draftsOf([one]))) === block)) return ''
  const [first, last] = kind === 'weekly' ? [validFrom, validUntil] : [on, on]
  if (last !== '' && last < of.today) return 'That is over already.'
  return first > of.lastDay ? `At most ${yearsAheadMax} years ahead: look at the year again.` : ''
}

function hasWeekday({ weekday, validFrom, validUntil }: Draft): boolean {
  const first = new Date(`${validFrom}T00:00:00Z`).getUTCDay()
  return addDays(validFrom, (weekday - first + 7) % 7) <= validUntil
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
const clockOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** When the slots of a row begin, on a day on which no clock changes. */
export function slotStarts(row: Draft, { slotMinutes, bufferMinutes }: { slotMinutes: number; bufferMinutes: number }): string[] {
  if (row.kind === 'exception' || faultOf(row) !== '' || !(slotMinutes >= 5) || !(bufferMinutes >= 0)) return []
  const starts: string[] = []
  for (let at = minuteOf(row.from); at + slotMinutes <= minuteOf(endOf(row.to)); at += slotMinutes + bufferMinutes) starts.push(clockOf(at))
  return starts
}

/** By day and hour, as they will stand once they are saved. */
export function inOrder(drafts: readonly Draft[]): Draft[] {
  return drafts.toSorted((a, b) => (a.on + a.from).localeCompare(b.on + b.from))
}
