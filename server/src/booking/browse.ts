// The schedule page: read once for many askers, rendered once for each state it was in, the asker's own state laid over it.
import type { SessionQuery } from '@fitflow/contract/sessions.ts'
import { openCache } from '../platform/cache.ts'
import type { Database } from '../platform/db.ts'
import type { UserId } from '../platform/ids.ts'
import { openKeptSchedule } from '../schedule/kept-schedule.ts'
import type { SessionCard } from '../schedule/session-cards.ts'
import type { Settings, SettingsStore } from '../schedule/settings.ts'
import { spanOf, startOfDay, studioDay, type Span } from '../schedule/studio-days.rule.ts'
import { openFreshView } from './fresh-view.ts'
import { openMineView, ownWords, type MineBySession } from './mine.ts'
import { render, type Rendered } from './rendered.ts'
import { changesAt, nextCutoff, pageText } from './schedule-page.ts'

export interface Browse {
  /** One page of the schedule, with the asker's own state in it. Throws `invalid-request` for days or a cursor that make no sense. */
  page(query: SessionQuery, userId: UserId | null): Promise<Rendered>
}

/** The classes of the days asked for, as everybody sees them until one of them changes. */
interface View {
  settings: Settings
  span: Span
  /** The whole days around the span, under which the schedule is kept. */
  days: string
  cards: readonly SessionCard[]
  seenAt: Temporal.Instant
  /** In milliseconds of the epoch: a view that begins now ends when the next class begins. */
  untilMs: number
}

interface Kept {
  view: View
  rendered: Rendered
}

const nothing: MineBySession = new Map()
const spansMax = 64
const viewsMax = 256
const pagesMax = 5000
// A drop changes a class many times a second; people look once.
const scheduleReadMs = 250

/** Opens the schedule for one process; it hears of changes in all of them. */
export function openBrowse({ db, settings }: { db: Database; settings: SettingsStore }): Browse {
  const mineOf = openMineView(db)
  const kept = openKeptSchedule(db)
  const schedule = openFreshView<readonly SessionCard[]>({
    ...{ clock: db.clock, entriesMax: spansMax, readEveryMs: scheduleReadMs, isSame: isSameSchedule },
    read: name => kept.between(parseSpan(name), settings.current().timeZone),
  })
  db.signals.hear(({ sessions }, isKept) => {
    if (sessions.length > 0 && !isKept) kept.distrust()
    if (sessions.length > 0) schedule.expireAll()
  }, schedule.expireAll)
  const views = openCache<View>({ entriesMax: viewsMax })
  const pages = openCache<Kept>({ entriesMax: pagesMax })

  const viewOf = async (query: SessionQuery): Promise<View> => {
    const name = `${query.from ?? ''} ${query.to ?? ''}`
    const current = settings.current()
    const now = db.clock.now()
    const known = views.get(name)
    const isRight = known && known.settings === current && now.epochMilliseconds < known.untilMs
    if (isRight && (await schedule.get(known.days)) === known.cards) return known
    const span = spanOf(query, now, current.timeZone)
    const days = nameSpan(span, current.timeZone)
    const cards = await schedule.get(days)
    const untilMs = Math.min(endOf({ query, span, cards }, now, current.timeZone), nextCutoff(cards, { settings: current, now })?.epochMilliseconds ?? Infinity)
    const view = { settings: current, span, days, cards, seenAt: now, untilMs }
    views.set(name, view)
    return view
  }
  return {
    async page(query, userId) {
      const view = await viewOf(query)
      const mine = userId ? await mineOf.get(userId) : nothing
      // Whoever has the same classes, most often none, sees the same page.
      const name = `${JSON.stringify(query)} ${ownWords(mine)}`
      const page = pages.get(name)
      if (page?.view === view) return page.rendered
      const rendered = render(pageText(view.cards, { query, span: view.span, mine, settings: view.settings, now: view.seenAt }))
      pages.set(name, { view, rendered })
      return rendered
    },
  }
}

// A night of DST moves the end of a span that moves: this long it may lag behind.
const movingMs = 60_000

function endOf({ query, span, cards }: Pick<View, 'span' | 'cards'> & { query: SessionQuery }, now: Temporal.Instant, timeZone: string): number {
  if (query.from !== undefined) return Infinity
  const tomorrow = startOfDay(studioDay(now, timeZone).add({ days: 1 }), timeZone)
  // A class that begins is still shown at that very instant.
  const next = changesAt(cards, span, query.to === undefined)?.add({ milliseconds: 1 })
  return Math.min(now.epochMilliseconds + movingMs, ...[tomorrow, next].flatMap(at => at?.epochMilliseconds ?? []))
}

/** Whole days, so that askers of one day share what was read. */
function nameSpan(span: Span, timeZone: string): string {
  const from = startOfDay(studioDay(span.from, timeZone), timeZone)
  const last = studioDay(span.to.subtract({ nanoseconds: 1 }), timeZone)
  return `${from} ${startOfDay(last.add({ days: 1 }), timeZone)}`
}

function parseSpan(name: string): Span {
  const [from = '', to = ''] = name.split(' ')
  return { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) }
}

/** A session's version goes up with each change; names change so seldom that they are compared too. */
function isSameSchedule(a: readonly SessionCard[], b: readonly SessionCard[]): boolean {
  return (
    a.length === b.length &&
    a.every((card, at) => {
      const other = b[at] as SessionCard
      return card.id === other.id && card.version === other.version && card.name === other.name && card.trainerName === other.trainerName
    })
  )
}
