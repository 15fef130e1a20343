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
  return {
    async page(query, userId) {
      const { timeZone, currency } = settings.current()
      const span = spanOf(query, db.clock.now(), timeZone)
      const cards = await schedule.get(nameSpan(span, timeZone))
      const mine = userId ? await mineOf.get(userId) : nothing
      const name = `${userId ?? ''} ${JSON.stringify(query)}`
      const kept = pages.get(name)
      // The same objects mean the same page, but for what has begun since when no first day was asked for.
      if (kept && query.from && kept.cards === cards && kept.mine === mine) return kept.rendered
      const rendered = render(JSON.stringify(pageOf(cards, { query, span, mine, currency })))
      pages.set(name, { cards, mine, rendered })
      return rendered
    },
  }
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
