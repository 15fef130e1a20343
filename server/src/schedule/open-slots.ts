// The open slots of availabilities, worked out from their blocks and from what their trainers teach.
import type { SlotOffer, SlotQuery } from '@fitflow/contract/availability.ts'
import { teaches } from '../identity/trainers.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Sql } from '../platform/sql.ts'
import type { AttendedBy } from './attending.ts'
import { bookableAvailabilities, type AvailabilityCard } from './availabilities.ts'
import { closuresWithin } from './closures.ts'
import { wirePrice } from './price.rule.ts'
import { withTrainers } from './session-cards.ts'
import type { Settings } from './settings.ts'
import { lastDay, openSlots, type SlotFacts, type Time } from './slots.rule.ts'
import { startOfDay, studioDay, type Span } from './studio-days.rule.ts'

const daysUsual = 14
const daysMax = 62

interface At {
  sql: Sql
  now: Temporal.Instant
  attendedBy: AttendedBy
}

/** What members may book in these days, by name. Throws `invalid-request` for days that make no sense. */
export async function slotOffers(at: At, query: SlotQuery, settings: Settings): Promise<SlotOffer[]> {
  const { sql, now } = at
  const { timeZone, currency } = settings
  const { from, to } = daysOf(query, studioDay(now, timeZone))
  const cards = await teaching(sql, await bookableAvailabilities(sql, query.trainer_id as UserId | undefined))
  const facts = await factsOf(at, cards, { from, to, settings })
  return (await withTrainers(sql, cards)).map(card => ({
    ...{ availabilityId: card.id, name: card.name, description: card.description, slotMinutes: card.slotMinutes },
    trainer: { id: card.trainerId, name: card.trainerName },
    price: wirePrice(card, currency),
    until: String(lastDay(card, { now, timeZone })),
    slots: openSlots(card, facts(card), { from, to }).map(({ startsAt, endsAt }) => ({ startsAt: String(startsAt), endsAt: String(endsAt) })),
  }))
}

/** The open slot that begins then; undefined when there is none. Asked under the trainer's lock, it stays so. */
export async function openSlotAt(at: At, card: AvailabilityCard, startsAt: Temporal.Instant, settings: Settings): Promise<Time | undefined> {
  const day = studioDay(startsAt, settings.timeZone)
  const facts = await factsOf(at, [card], { from: day, to: day, settings })
  return openSlots(card, facts(card), { from: day, to: day }).find(slot => slot.startsAt.equals(startsAt))
}

function daysOf(query: SlotQuery, today: Temporal.PlainDate): { from: Temporal.PlainDate; to: Temporal.PlainDate } {
  const from = query.from === undefined ? today : Temporal.PlainDate.from(query.from)
  const to = query.to === undefined ? from.add({ days: daysUsual - 1 }) : Temporal.PlainDate.from(query.to)
  const days = from.until(to).days
  const message = days < 0 ? `must not be before ${from}` : days >= daysMax ? `must be less than ${daysMax} days after ${from}` : undefined
  if (message) throw new Problem('invalid-request', `query/to ${message}.`, { errors: [{ path: 'query/to', message }] })
  return { from, to }
}

async function teaching(sql: Sql, cards: readonly AvailabilityCard[]): Promise<AvailabilityCard[]> {
  const trainers = [...new Set(cards.map(card => card.trainerId))]
  const still = await Promise.all(trainers.map(async id => ((await teaches(sql, id)) ? [id] : [])))
  const known = new Set(still.flat())
  return cards.filter(card => known.has(card.trainerId))
}

async function factsOf({ sql, now, attendedBy }: At, cards: readonly AvailabilityCard[], days: { from: Temporal.PlainDate; to: Temporal.PlainDate; settings: Settings }) {
  const { timeZone, bookingClosesMinutes: closesMinutes } = days.settings
  // A buffer may reach into the days around.
  const span: Span = { from: startOfDay(days.from.subtract({ days: 1 }), timeZone), to: startOfDay(days.to.add({ days: 2 }), timeZone) }
  const trainers = [...new Set(cards.map(card => card.trainerId))]
  const [busy, attended, closed] = await Promise.all([busyTimes(sql, trainers, span), attendedBy({ sql, now }, trainers), closuresWithin(sql, span)])
  const of = Map.groupBy([...busy, ...attended.map(({ userId: trainerId, ...time }) => ({ trainerId, ...time }))], time => time.trainerId)
  return ({ blocks, trainerId }: AvailabilityCard): SlotFacts => ({ blocks, busy: of.get(trainerId) ?? [], closed, timeZone, now, closesMinutes })
}

/** What these trainers teach in a span: whatever would bar another session then. */
function busyTimes(sql: Sql, trainerIds: readonly UserId[], { from, to }: Span) {
  return sql<(Time & { trainerId: UserId })[]>`
    select trainer_id, starts_at, ends_at from class_sessions
    where trainer_id = any(${[...trainerIds]}::uuid[]) and status in ('published', 'in_progress')
      and tstzrange(starts_at, ends_at) && tstzrange(${from}, ${to})`
}
