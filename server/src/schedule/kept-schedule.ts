// The schedule of studio days, kept for five minutes where all processes look, so that one of them asks the database for all.
import type { Database } from '../platform/db.ts'
import { scheduleGeneration } from '../platform/after-commit.ts'
import { Away, type Memory } from '../platform/memory.ts'
import { installationOf } from '../platform/migrate.ts'
import { newTraceId } from '../platform/trace.ts'
import { withCounts, writeCounts } from './booked-counts.ts'
import { scheduleBetween } from './schedule-between.ts'
import type { SessionCard } from './session-cards.ts'
import { studioDay, type Span } from './studio-days.rule.ts'

export interface KeptSchedule {
  /** The cards of a span of whole studio days. */
  between(span: Span, timeZone: string): Promise<SessionCard[]>
  /** The next read asks the database: something changed that the others may not have kept. */
  distrust(): void
}

/** One day as it is kept: of which database and zone, of which generation of the schedule. */
interface Day {
  of: string
  generation: string
  cards: SessionCard[]
}

const keepMs = 5 * 60_000
// Whoever died between its commit and what it would have kept leaves a mistake for no longer than this.
const checkEveryMs = 10_000
const generationMs = 24 * 60 * 60_000

const dayKey = (day: string) => `schedule:date:{${day}}`
const checkedKey = (day: string) => `schedule:date:{${day}}:checked`

/** Opens the way to the schedule: by the memory where one is shared, by the database where not or where that knows nothing. */
export function openKeptSchedule(db: Database): KeptSchedule {
  const memory = db.memory.common
  let installation: Promise<string> | undefined
  let isDistrusted = false

  const viaMemory = async (span: Span, timeZone: string): Promise<SessionCard[]> => {
    const of = `${await (installation ??= installationOf(db.sql))} ${timeZone}`
    const days = daysOf(span, timeZone)
    const known = isDistrusted ? null : await read(memory, of, days)
    if (known) return known
    isDistrusted = false
    // Before the database is asked: what changes meanwhile makes what is kept void.
    const generation = await memory.writeFirst({ key: scheduleGeneration, text: newTraceId(), keepMs: generationMs })
    const cards = await scheduleBetween(db.sql, span)
    // Nobody waits for it, and it fails only with the next read.
    void keep(memory, { of, generation, cards }, { days, timeZone }).catch(() => undefined)
    return cards
  }
  return {
    async between(span, timeZone) {
      if (db.memory.line === null) return scheduleBetween(db.sql, span)
      try {
        return await viaMemory(span, timeZone)
      } catch (error) {
        // The database knows it all.
        if (error instanceof Away) return scheduleBetween(db.sql, span)
        throw error
      }
    },
    distrust: () => void (isDistrusted = true),
  }
}

function daysOf({ from, to }: Span, timeZone: string): string[] {
  const [first, last] = [studioDay(from, timeZone), studioDay(to.subtract({ nanoseconds: 1 }), timeZone)]
  return Array.from({ length: first.until(last).days + 1 }, (_, at) => String(first.add({ days: at })))
}

/** Null when anything of it is missing, void or not checked lately. */
async function read(memory: Memory, of: string, days: readonly string[]): Promise<SessionCard[] | null> {
  const [generation, ...texts] = await memory.read([scheduleGeneration, ...days.map(dayKey), ...days.map(checkedKey)])
  if (!generation || texts.includes(null)) return null
  const known = texts.slice(0, days.length).map(text => JSON.parse(text ?? '', revive) as Day)
  if (known.some(day => day.of !== of || day.generation !== generation)) return null
  return withCounts(memory, known.flatMap(day => day.cards))
}

async function keep(memory: Memory, { cards, ...stamp }: Day, { days, timeZone }: { days: readonly string[]; timeZone: string }): Promise<void> {
  const byDay = Map.groupBy(cards, card => String(studioDay(card.startsAt, timeZone)))
  await writeCounts(memory, cards)
  await memory.write(
    days.flatMap(day => [
      { key: dayKey(day), text: JSON.stringify({ ...stamp, cards: byDay.get(day) ?? [] }), keepMs },
      { key: checkedKey(day), text: '1', keepMs: checkEveryMs },
    ]),
  )
}

const instants = new Set(['startsAt', 'endsAt', 'publishedAt'])

/** JSON knows no instants and no days. */
function revive(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (instants.has(name)) return Temporal.Instant.from(value)
  return name === 'occurrenceOn' ? Temporal.PlainDate.from(value) : value
}
