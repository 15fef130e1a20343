// The schedule page: read once for many askers, rendered once for each state it was in, the asker's own state laid over it.
import { Id, Instant, type Page } from '@fitflow/contract/scalars.ts'
import type { Session, SessionQuery } from '@fitflow/contract/sessions.ts'
import Type from 'typebox'
import { openCache } from '../platform/cache.ts'
import type { Database } from '../platform/db.ts'
import type { UserId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import { scheduleBetween, wireCard } from '../schedule/schedule-between.ts'
import type { SessionCard } from '../schedule/session-cards.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { spanOf, startOfDay, studioDay, type Span } from '../schedule/studio-days.rule.ts'
import { openFreshView } from './fresh-view.ts'
import { openMineView, type MineBySession } from './mine.ts'
import { render, type Rendered } from './rendered.ts'

export interface Browse {
  /** One page of the schedule, with the asker's own state in it. Throws `invalid-request` for days or a cursor that make no sense. */
  page(query: SessionQuery, userId: UserId | null): Promise<Rendered>
}

interface Kept {
  cards: readonly SessionCard[]
  mine: MineBySession
  shown: string
  rendered: Rendered
}

const nothing: MineBySession = new Map()
const spansMax = 64
const pagesMax = 5000
// A drop changes a class many times a second; people look once.
const scheduleReadMs = 250
const keyset = openKeyset<[string, string]>(Type.Tuple([Instant, Id]))

/** Opens the schedule for one process; it hears of changes in all of them. */
export function openBrowse({ db, settings }: { db: Database; settings: SettingsStore }): Browse {
  const mineOf = openMineView(db)
  const schedule = openFreshView<readonly SessionCard[]>({
    ...{ clock: db.clock, entriesMax: spansMax, readEveryMs: scheduleReadMs, isSame: isSameSchedule },
    read: name => scheduleBetween(db.sql, parseSpan(name)),
  })
  db.signals.hear(({ sessions }) => sessions.length > 0 && schedule.expireAll(), schedule.expireAll)
  const pages = openCache<Kept>({ entriesMax: pagesMax })
  const looks = openLooks(db, settings)
  return {
    async page(query, userId) {
      const look = looks.of(query)
      const cards = await schedule.get(look.name)
      const mine = userId ? await mineOf.get(userId) : nothing
      const name = `${userId ?? ''} ${JSON.stringify(query)}`
      const kept = pages.get(name)
      const shown = shownBy(look, cards)
      // The same objects mean the same page, but for what has begun since when no first day was asked for.
      if (kept && kept.cards === cards && kept.mine === mine && kept.shown === shown) return kept.rendered
      const { span, currency } = look
      const rendered = render(JSON.stringify(pageOf(cards, { query, span, mine, currency })))
      pages.set(name, { cards, mine, shown, rendered })
      return rendered
    },
  }
}

/** The days asked for as a span, worked out once a second for all who ask alike: zones and calendars are slow to ask. */
interface Look {
  span: Span
  /** The whole days around the span. */
  name: string
  currency: string
  madeMs: number
  /** What was last seen through it. */
  seen?: { cards: readonly SessionCard[]; shown: string; firstStartsAt: Temporal.Instant | undefined }
}

const lookMs = 1000
const looksMax = 500

function openLooks(db: Database, settings: SettingsStore) {
  const looks = openCache<Look>({ entriesMax: looksMax })
  return {
    of({ from, to }: SessionQuery): Look {
      const days = `${from} ${to}`
      const known = looks.get(days)
      const madeMs = db.clock.monotonicMs()
      if (known && madeMs - known.madeMs < lookMs && (from || !hasFirstBegun(known, db.clock.now()))) return known
      const { timeZone, currency } = settings.current()
      const span = spanOf({ from, to }, db.clock.now(), timeZone)
      const look = { span, name: nameSpan(span, timeZone), currency, madeMs }
      looks.set(days, look)
      return look
    },
  }
}

/** Whether the first card seen has begun since: then what is shown from now on is less by it. */
function hasFirstBegun({ seen }: Look, now: Temporal.Instant): boolean {
  return seen?.firstStartsAt !== undefined && Temporal.Instant.compare(now, seen.firstStartsAt) > 0
}

/** Names the cards within the span by the first and the last of them, and the currency they are shown in. */
function shownBy(look: Look, cards: readonly SessionCard[]): string {
  if (look.seen?.cards === cards) return look.seen.shown
  const within = cards.filter(card => isWithin(card, look.span))
  const shown = `${within[0]?.id} ${within.at(-1)?.id} ${look.currency}`
  look.seen = { cards, shown, firstStartsAt: within[0]?.startsAt }
  return shown
}

interface Asked {
  query: SessionQuery
  span: Span
  mine: MineBySession
  currency: string
}

function pageOf(cards: readonly SessionCard[], { query, span, mine, currency }: Asked): Page<Session> {
  const after = keyset.read(query.cursor)
  const limit = query.limit ?? pageSize
  const found: Session[] = []
  for (const card of cards) {
    if (found.length > limit) break
    if (!isWithin(card, span) || (after && !isBehind(card, after)) || !isWanted(card, query)) continue
    const session = { ...wireCard(card, currency), mine: mine.get(card.id) ?? null }
    if (query.available !== true || session.spotsLeft > 0) found.push(session)
  }
  return keyset.page(found, limit, session => [session.startsAt, session.id])
}

function isWithin(card: SessionCard, { from, to }: Span): boolean {
  return Temporal.Instant.compare(card.startsAt, from) >= 0 && Temporal.Instant.compare(card.startsAt, to) < 0
}

function isBehind(card: SessionCard, [startsAt, id]: [string, string]): boolean {
  const order = Temporal.Instant.compare(card.startsAt, startsAt)
  return order > 0 || (order === 0 && card.id > id)
}

function isWanted(card: SessionCard, query: SessionQuery): boolean {
  return (!query.trainer_id || card.trainerId === query.trainer_id) && (!query.type || card.type === query.type)
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
