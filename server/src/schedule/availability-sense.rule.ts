// What makes no sense in the hours of an availability: blocks that say something odd, and those out of which no slot can ever come.
import type { Block } from '@fitflow/contract/availability.ts'
import { isDayTooFar, tooFarWords } from './horizon.rule.ts'
import { canEverOpen, type AvailabilityBlock, type SlotFacts, type SlotTerms } from './slots.rule.ts'
import { studioDay } from './studio-days.rule.ts'

export interface Fault {
  path: string
  message: string
}

interface Sense extends Pick<SlotFacts, 'timeZone' | 'now' | 'closesMinutes'> {
  terms: SlotTerms
  /** Those that stand already: what was open once may be over by now. */
  kept: readonly Block[]
}

/** Every fault, each where it is; where no block has one, whether any slot can come out of them at all. */
export function faultsOf(blocks: readonly Block[], sense: Sense): Fault[] {
  const keptKeys = new Set(sense.kept.map(keyOf))
  const today = studioDay(sense.now, sense.timeZone)
  const faults = blocks.flatMap((block, at) => {
    const fault = shapeFault(block) ?? slotFault(block, sense.terms) ?? (keptKeys.has(keyOf(block)) ? undefined : dayFault(block, today))
    return fault ? [{ path: `body/blocks/${at}/${fault.path}`, message: fault.message }] : []
  })
  return faults.length > 0 ? faults : barrenFaults(blocks, sense)
}

function shapeFault({ kind, weekday, on, from, to, validFrom, validUntil }: Block): Fault | undefined {
  const isWeekly = kind === 'weekly'
  if (isWeekly && weekday === undefined) return { path: 'weekday', message: 'is missing: a weekly block needs its weekday' }
  if (isWeekly && on !== undefined) return { path: 'on', message: 'does not belong to a weekly block' }
  if (!isWeekly && on === undefined) return { path: 'on', message: 'is missing: this block is of one day' }
  if (!isWeekly && weekday !== undefined) return { path: 'weekday', message: 'belongs to weekly blocks only' }
  if (to <= from) return { path: 'to', message: 'must be later than from' }
  if (validFrom && validUntil && validUntil < validFrom) return { path: 'validUntil', message: 'must not be before validFrom' }
  return undefined
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

function slotFault(block: Block, { slotMinutes }: Sense['terms']): Fault | undefined {
  if (block.kind === 'exception') return undefined
  if (minuteOf(block.to) - minuteOf(block.from) < slotMinutes) return { path: 'to', message: `leaves no room for one slot of ${slotMinutes} minutes` }
  const { validFrom, validUntil } = block
  const first = validFrom === undefined ? undefined : nextOf(block, Temporal.PlainDate.from(validFrom))
  const isNever = first !== undefined && validUntil !== undefined && Temporal.PlainDate.compare(first, validUntil) > 0
  return isNever ? { path: 'validUntil', message: 'leaves no such weekday between validFrom and itself' } : undefined
}

/** The first day of its weekday from a day on. */
function nextOf({ weekday }: Pick<Block, 'weekday'>, from: Temporal.PlainDate): Temporal.PlainDate {
  return from.add({ days: ((weekday ?? from.dayOfWeek) - from.dayOfWeek + 7) % 7 })
}

function dayFault(block: Block, today: Temporal.PlainDate): Fault | undefined {
  const isPast = (day: string) => Temporal.PlainDate.compare(day, today) < 0
  if (block.on !== undefined && isPast(block.on)) return { path: 'on', message: 'must be today or later' }
  if (block.validUntil !== undefined && isPast(block.validUntil)) return { path: 'validUntil', message: 'must be today or later' }
  const far = (['on', 'validFrom'] as const).find(name => block[name] !== undefined && isDayTooFar(Temporal.PlainDate.from(block[name]), today))
  return far && { path: far, message: tooFarWords }
}

const minutesADay = 24 * 60

/** Where no slot can ever be booked: the notice is at fault when hours that lie far enough ahead would not help either. */
function barrenFaults(blocks: readonly Block[], { terms, ...sense }: Sense): Fault[] {
  const facts = { ...sense, blocks: blocks.map(fromWire) }
  if (canEverOpen(terms, facts)) return []
  const isReached = terms.noticeMinutes < terms.horizonDays * minutesADay
  if (!isReached && canEverOpen({ ...terms, noticeMinutes: 0 }, facts)) return [{ path: 'body/noticeMinutes', message: 'must be less than the horizon: no slot could ever be booked' }]
  return [{ path: 'body/blocks', message: 'must open at least one time that is not over: to offer none, take the availability out of use' }]
}

function fromWire({ kind, weekday, on, from, to, validFrom, validUntil }: Block): AvailabilityBlock {
  const day = (text: string | undefined) => (text === undefined ? null : Temporal.PlainDate.from(text))
  return { kind, weekday: weekday ?? null, from, to, onDate: day(on), validFrom: day(validFrom), validUntil: day(validUntil) }
}

function keyOf({ kind, weekday, on, from, to, validFrom, validUntil }: Block): string {
  return JSON.stringify([kind, weekday, on, from, to, validFrom, validUntil])
}
