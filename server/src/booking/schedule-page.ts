// One page of the schedule as JSON text, put together out of the text of each class, and how long it stays right.
import { Id, Instant } from '@fitflow/contract/scalars.ts'
import type { Session, SessionQuery } from '@fitflow/contract/sessions.ts'
import Type from 'typebox'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import { wireCard } from '../schedule/schedule-between.ts'
import type { SessionCard } from '../schedule/session-cards.ts'
import type { Settings } from '../schedule/settings.ts'
import { claims, cutoffOf } from '../schedule/spots-left.rule.ts'
import type { Span } from '../schedule/studio-days.rule.ts'
import type { MineBySession } from './mine.ts'

export interface PageAsked {
  query: SessionQuery
  span: Span
  mine: MineBySession
  settings: Settings
  now: Temporal.Instant
}

const keyset = openKeyset<[string, string]>(Type.Tuple([Instant, Id]))

/** The page of cards that are in order of their start. Throws `invalid-request` for a cursor that is none. */
export function pageText(cards: readonly SessionCard[], { query, span, mine, ...look }: PageAsked): string {
  const after = keyset.read(query.cursor)
  const limit = query.limit ?? pageSize
  const found: SessionCard[] = []
  for (const card of within(cards, span)) {
    if (found.length > limit) break
    if (after && !isBehind(card, after)) continue
    if (isWanted(card, query) && (query.available !== true || written(card, look).wire.spotsLeft > 0)) found.push(card)
  }
  const { items, nextCursor } = keyset.page(found, limit, card => [written(card, look).wire.startsAt, card.id])
  const texts = items.map(card => `${written(card, look).text},"mine":${JSON.stringify(mine.get(card.id) ?? null)}}`)
  return `{"items":[${texts.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`
}

/** When the first class of the span begins and so leaves a page that begins now, or the next behind the span enters it; null for never. */
export function changesAt(cards: readonly SessionCard[], span: Span, isEndMoving: boolean): Temporal.Instant | null {
  const [next] = within(cards, span)
  const behind = isEndMoving ? cards.find(card => !before(card.startsAt, span.to)) : undefined
  const entersAt = behind ? span.from.add(span.to.until(behind.startsAt)) : null
  if (!next || !entersAt) return next?.startsAt ?? entersAt
  return before(next.startsAt, entersAt) ? next.startsAt : entersAt
}

/** The next cutoff of a class that people wait for: from then on its free spots are public. Null for none. */
export function nextCutoff(cards: readonly SessionCard[], { settings, now }: Pick<PageAsked, 'settings' | 'now'>): Temporal.Instant | null {
  const cutoffs = cards.filter(card => card.waiting > 0).map(card => cutoffOf(card, settings)).filter(at => before(now, at))
  return cutoffs.sort(Temporal.Instant.compare)[0] ?? null
}

interface Written {
  currency: string
  claimed: number
  wire: Omit<Session, 'mine'>
  /** Its JSON but for the last brace: what the asker has there follows. */
  text: string
}

// Everybody who looks gets the same classes: each is written once for as long as it stays as it is.
const known = new WeakMap<SessionCard, Written>()

function written(card: SessionCard, look: Pick<PageAsked, 'settings' | 'now'>): Written {
  const { currency } = look.settings
  const claimed = claims(card, look.settings, look.now)
  let one = known.get(card)
  if (one?.currency !== currency || one.claimed !== claimed) {
    const wire = wireCard(card, currency, look)
    one = { currency, claimed, wire, text: JSON.stringify(wire).slice(0, -1) }
    known.set(card, one)
  }
  return one
}

const before = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0

function within(cards: readonly SessionCard[], { from, to }: Span): readonly SessionCard[] {
  const first = cards.findIndex(card => !before(card.startsAt, from))
  const last = cards.findLastIndex(card => before(card.startsAt, to))
  return first < 0 ? [] : cards.slice(first, last + 1)
}

function isBehind(card: SessionCard, [startsAt, id]: [string, string]): boolean {
  const order = Temporal.Instant.compare(card.startsAt, startsAt)
  return order > 0 || (order === 0 && card.id > id)
}

function isWanted(card: SessionCard, query: SessionQuery): boolean {
  return (!query.trainer_id || card.trainerId === query.trainer_id) && (!query.type || card.type === query.type)
}
