// Which slots of an availability are open: blocks in the studio's wall time, less what is shut, busy, too soon or too far off.
import type { BlockKind } from '@fitflow/contract/availability.ts'
import { yearsAheadMax } from '@fitflow/contract/scalars.ts'

export interface SlotTerms {
  slotMinutes: number
  /** Kept free before and after whatever else the trainer teaches, and between slots. */
  bufferMinutes: number
  noticeMinutes: number
  /** How many studio days after today can be booked. */
  horizonDays: number
}

/** Times are wall times, `HH:MM`; `24:00` is the end of the day. */
export interface AvailabilityBlock {
  kind: BlockKind
  /** 1 is Monday; null for one day's. */
  weekday: number | null
  onDate: Temporal.PlainDate | null
  from: string
  to: string
  validFrom: Temporal.PlainDate | null
  /** Its last day. */
  validUntil: Temporal.PlainDate | null
}

export interface Time {
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

export interface SlotFacts {
  blocks: readonly AvailabilityBlock[]
  /** What the trainer teaches or takes part in: the buffer is kept to it. */
  busy: readonly Time[]
  /** When the studio is shut. */
  closed: readonly Time[]
  timeZone: string
  now: Temporal.Instant
  /** How long before its start booking closes, whatever notice the trainer wants. */
  closesMinutes: number
}

/** Studio days, the last one included. */
interface Days {
  from: Temporal.PlainDate
  to: Temporal.PlainDate
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
const overlaps = (a: Time, b: Time) => isBefore(a.startsAt, b.endsAt) && isBefore(b.startsAt, a.endsAt)

/**
 * The open slots of these days in order. A slot lasts `slotMinutes` of elapsed time; the next one of a block begins a buffer
 * later. A wall time that the change of clocks skips is the one after the gap, one that comes twice is the earlier (domain.md, Time).
 */
export function openSlots(terms: SlotTerms, facts: SlotFacts, days: Days): Time[] {
  const last = earlierDay(days.to, lastDay(terms, facts))
  const found = new Map<number, Time>()
  for (let day = days.from; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    for (const slot of openOn(day, terms, facts)) found.set(slot.startsAt.epochMilliseconds, slot)
  }
  return [...found.values()].sort((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
}

// Blocks and exceptions lie at most so many years ahead; a weekday, and one that no clock changes, is there in these days behind them.
const daysBehind = 21

/** Whether one of these slots can be booked, now or once the horizon reaches it: before its notice and the close of booking. */
export function canEverOpen(terms: SlotTerms, facts: Pick<SlotFacts, 'blocks' | 'timeZone' | 'now' | 'closesMinutes'>): boolean {
  const { timeZone, blocks } = facts
  const today = facts.now.toZonedDateTimeISO(timeZone).toPlainDate()
  const last = today.add({ years: yearsAheadMax, days: daysBehind })
  const tried = new Set<string>()
  for (let day = today; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    const reached = day.subtract({ days: terms.horizonDays }).toZonedDateTime(timeZone).toInstant()
    const isReached = !isBefore(facts.now, reached)
    const looks = isReached ? `${day}` : looksOf(day, { blocks, timeZone, reached })
    const now = isReached ? facts.now : reached
    if (!tried.has(looks) && openOn(day, terms, { ...facts, now, busy: [], closed: [] }).length > 0) return true
    tried.add(looks)
  }
  return false
}

/** The same of days that open and shut alike, on which no clock changes nor on the way to them. */
function looksOf(day: Temporal.PlainDate, { blocks, timeZone, reached }: Pick<SlotFacts, 'blocks' | 'timeZone'> & { reached: Temporal.Instant }): string {
  const start = day.toZonedDateTime(timeZone)
  if (start.hoursInDay !== 24) return `${day}`
  const times = blocksOn(day, blocks, () => true).map(({ kind, from, to }) => `${isException({ kind })} ${from} ${to}`)
  return [reached.until(start.toInstant()).total('minutes'), ...new Set(times)].join()
}

function openOn(day: Temporal.PlainDate, terms: SlotTerms, facts: SlotFacts): Time[] {
  const timesOf = (which: (block: AvailabilityBlock) => boolean) => blocksOn(day, facts.blocks, which).map(block => timeOf(block, day, facts.timeZone))
  const shut = [...facts.closed, ...timesOf(isException)]
  return timesOf(isOpening)
    .flatMap(block => slotsIn(block, terms))
    .filter(slot => isOpen(slot, terms, { ...facts, shut }))
}

/** The last studio day that can be booked now. */
export function lastDay({ horizonDays }: Pick<SlotTerms, 'horizonDays'>, { now, timeZone }: Pick<SlotFacts, 'now' | 'timeZone'>): Temporal.PlainDate {
  return now.toZonedDateTimeISO(timeZone).toPlainDate().add({ days: horizonDays })
}

function isOpen(slot: Time, { noticeMinutes, bufferMinutes }: SlotTerms, { now, closesMinutes, busy, shut }: SlotFacts & { shut: readonly Time[] }): boolean {
  if (isBefore(slot.startsAt, now.add({ minutes: noticeMinutes })) || !isBefore(now.add({ minutes: closesMinutes }), slot.startsAt)) return false
  const kept = { startsAt: slot.startsAt.subtract({ minutes: bufferMinutes }), endsAt: slot.endsAt.add({ minutes: bufferMinutes }) }
  return !busy.some(time => overlaps(time, kept)) && !shut.some(time => overlaps(time, slot))
}

function slotsIn(block: Time, { slotMinutes, bufferMinutes }: SlotTerms): Time[] {
  const slots: Time[] = []
  let startsAt = block.startsAt
  for (;;) {
    const endsAt = startsAt.add({ minutes: slotMinutes })
    if (isBefore(block.endsAt, endsAt)) return slots
    slots.push({ startsAt, endsAt })
    startsAt = endsAt.add({ minutes: bufferMinutes })
  }
}

const isOpening = ({ kind }: AvailabilityBlock) => kind !== 'exception'
const isException = ({ kind }: Pick<AvailabilityBlock, 'kind'>) => kind === 'exception'

function blocksOn(day: Temporal.PlainDate, blocks: readonly AvailabilityBlock[], which: (block: AvailabilityBlock) => boolean): AvailabilityBlock[] {
  return blocks.filter(block => {
    if (!which(block)) return false
    if (block.onDate) return block.onDate.equals(day)
    const { weekday, validFrom, validUntil } = block
    const isLate = validUntil !== null && Temporal.PlainDate.compare(validUntil, day) < 0
    return weekday === day.dayOfWeek && !isLate && (validFrom === null || Temporal.PlainDate.compare(validFrom, day) <= 0)
  })
}

function timeOf({ from, to }: AvailabilityBlock, day: Temporal.PlainDate, timeZone: string): Time {
  return { startsAt: instantOf(day, from, timeZone), endsAt: instantOf(day, to, timeZone) }
}

/** Temporal's `compatible` is both: after a gap, the earlier of an overlap. */
function instantOf(day: Temporal.PlainDate, wallTime: string, timeZone: string): Temporal.Instant {
  if (wallTime === '24:00') return day.add({ days: 1 }).toZonedDateTime({ timeZone, plainTime: '00:00' }).toInstant()
  return day.toZonedDateTime({ timeZone, plainTime: wallTime }).toInstant()
}

function earlierDay(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? a : b
}
