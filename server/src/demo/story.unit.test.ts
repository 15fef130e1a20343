// The demo's story at many instants, replayed through booking's rules without a database: whenever it is told, it is true and complete.
import { expect, test } from 'vitest'
import { replayHistory, type Replayed } from '../booking/replay-history.ts'
import { unmarked, type Lot } from '../credits/lots.ts'
import { newId, type MembershipId, type SessionId, type TemplateId, type UserId } from '../platform/ids.ts'
import type { SessionCard } from '../schedule/session-cards.ts'
import { timelineOf } from '../schedule/settings.ts'
import { demoTemplates } from './classes.ts'
import { demoClients, type DemoClient } from './clients.ts'
import { seededRandom } from './random.ts'
import type { Character, DemoClass } from './scene.ts'
import { demoStory } from './story.ts'
import { datedClasses, type DatedClass } from './timetable.ts'

const timeZone = 'Europe/Madrid'

interface Told {
  now: Temporal.Instant
  classes: DemoClass[]
  members: UserId[]
  lots: Lot[]
  replayed: Replayed
}

function tellAt(text: string): Told {
  const now = Temporal.Instant.from(text)
  const random = seededRandom(20_260)
  const classes = datedClasses(now, timeZone).map(
    (one): DemoClass => ({ ...one, id: newId<SessionId>(), capacity: demoTemplates[one.template].defaultCapacity, priceCredits: demoTemplates[one.template].credits * 100 }),
  )
  const clients = demoClients(now, timeZone, random)
  const characters = clients.map(({ budget, perWeek, favours, strays }): Character => ({ id: newId<UserId>(), budget, perWeek, favours, strays, days: new Set(), weeks: new Map() }))
  const lots = clients.flatMap((client, at) => lotsOf(client, characters[at]!.id))
  const settings = timelineOf([{ version: 1, effectiveFrom: now.subtract({ hours: 24 * 365 }), values: { timeZone }, withdraws: null }])
  const happenings = demoStory({ now, timeZone, classes, characters, random })
  const replayed = replayHistory(happenings, { classes: classes.map(cardOf), lots, settings, now })
  return { now, classes, members: characters.map(({ id }) => id), lots, replayed }
}

function lotsOf({ lots }: DemoClient, userId: UserId): Lot[] {
  return lots.map(({ openedAt, ...lot }) => {
    const since = openedAt!
    return { ...lot, id: newId<MembershipId>(), userId, ...unmarked, originId: null, validFrom: since, createdAt: since, creditsGranted: lot.credits, creditsBalance: lot.credits ?? 0 }
  })
}

function cardOf(one: DemoClass): SessionCard {
  const { name, type } = demoTemplates[one.template]
  const rest = { templateId: 'template' as TemplateId, trainerId: 'trainer' as UserId, trainerName: '', description: '', dropInCents: null, version: 1, seriesId: null, occurrenceOn: null, availabilityId: null }
  return { ...one, ...rest, kind: 'class', name, type, taken: 0, waiting: 0, waitlistLength: 0, waitlistPaused: false, publishedAt: null }
}

/** Every weekday and hour of the day's kinds; both nights of DST; the turn of a year; the first and last instant of a day. */
const instants = [
  '2027-01-11T09:00:00Z',
  '2027-01-12T05:00:00Z',
  '2027-01-13T12:30:00Z',
  '2027-01-14T18:00:00Z',
  '2027-01-15T21:30:00Z',
  '2027-01-16T10:20:00Z',
  '2027-01-17T16:59:59Z',
  '2026-12-31T23:00:00Z',
  '2027-03-27T23:30:00Z',
  '2027-03-28T01:00:00Z',
  '2027-04-04T22:00:00Z',
  '2027-10-30T22:00:00Z',
  '2027-10-31T01:00:00Z',
  '2027-07-05T21:59:59Z',
]
const told = instants.map(tellAt)

const sessionsOn = ({ classes, replayed }: Told, day: number, template?: DatedClass['template']) =>
  classes.filter(one => one.day === day && (template === undefined || one.template === template)).map(one => replayed.spots.session(one.id)!)
const bookingsOf = ({ replayed }: Told, userId: UserId) => [...replayed.bookings.values()].filter(booking => booking.userId === userId)
const freeIn = (one: { capacity: number; taken: number; waiting: number }) => one.capacity - one.taken - one.waiting

test('each day has five to nine classes', () => {
  for (const one of told) {
    const days = Array.from({ length: 27 }, (_, at) => sessionsOn(one, at - 13).length)
    expect(Math.min(...days)).toBeGreaterThanOrEqual(5)
    expect(Math.max(...days)).toBeLessThanOrEqual(9)
  }
})

test('tomorrow has a full class with a queue, in which member 1 is second', () => {
  for (const one of told) {
    const full = sessionsOn(one, 1).filter(session => session.taken === session.capacity && session.waiting >= 3)
    const [mine] = [...one.replayed.entries.values()].filter(entry => entry.state === 'waiting' && entry.userId === one.members[0])
    expect(full.map(({ id }) => id)).toContain(mine?.sessionId)
    const queue = [...one.replayed.entries.values()].filter(entry => entry.sessionId === mine?.sessionId)
    const inOrder = queue.sort((a, b) => Temporal.Instant.compare(a.createdAt, b.createdAt))
    expect(inOrder.indexOf(mine!)).toBe(1)
  }
})

test('tomorrow has a class with one or two spots left, and Morning Strength has room for member 1 on the next three days', () => {
  for (const one of told) {
    expect(sessionsOn(one, 1).some(session => freeIn(session) === 1 || freeIn(session) === 2)).toBe(true)
    const mine = bookingsOf(one, one.members[0]!).filter(booking => booking.status === 'confirmed')
    for (const morning of [1, 2, 3].flatMap(day => sessionsOn(one, day, 'morningStrength'))) {
      expect(freeIn(morning)).toBeGreaterThanOrEqual(5)
      const overlap = (booking: { startsAt: Temporal.Instant; endsAt: Temporal.Instant }) =>
        Temporal.Instant.compare(booking.startsAt, morning.endsAt) < 0 && Temporal.Instant.compare(morning.startsAt, booking.endsAt) < 0
      expect(mine.some(overlap)).toBe(false)
    }
  }
})

test('every class has somebody in it, and most of those that are over were well filled', () => {
  for (const { classes, replayed } of told) {
    const sessions = classes.map(one => ({ ...one, taken: replayed.spots.session(one.id)!.taken }))
    expect(sessions.filter(session => session.taken === 0)).toEqual([])
    const over = sessions.filter(session => session.status === 'completed')
    const taken = over.reduce((sum, session) => sum + session.taken, 0)
    expect(taken / over.reduce((sum, session) => sum + session.capacity, 0)).toBeGreaterThan(0.7)
  }
})

test('members 1 to 20 keep at least 20 credits for classes beyond the demo, 21 to 30 have unlimited access, 31 to 40 nothing', () => {
  for (const { members, lots, now } of told) {
    const later = now.add({ hours: 24 * 30 })
    const held = members.slice(0, 40).map(id => lots.filter(lot => lot.userId === id && Temporal.Instant.compare(lot.validUntil, later) > 0))
    const credits = held.map(own => own.reduce((sum, lot) => sum + lot.creditsBalance, 0))
    expect(Math.min(...credits.slice(0, 20))).toBeGreaterThanOrEqual(2000)
    expect(held.map(own => own.some(lot => lot.creditsGranted === null))).toEqual(members.slice(0, 40).map((_, at) => at >= 20 && at < 30))
    expect(held.slice(30).flat()).toEqual([])
  }
})

test('member 1 has a past of every kind, something ahead, and a ledger with debit, return and forfeit', () => {
  for (const one of told) {
    const [first] = one.members
    const kinds = bookingsOf(one, first!).map(({ status, cancelKind }) => cancelKind ?? status)
    expect([...new Set(kinds)].sort()).toEqual(['attended', 'confirmed', 'early', 'late', 'no_show'])
    expect(kinds.filter(kind => kind === 'confirmed').length).toBeGreaterThanOrEqual(4)
    const rules = one.replayed.receipts.filter(receipt => receipt.userId === first).map(receipt => receipt.rule)
    expect(rules).toEqual(expect.arrayContaining(['credits', 'cancel-full', 'cancel-half', 'cancel-none']))
    expect(new Set(one.replayed.lines.filter(line => line.userId === first).map(line => line.type))).toEqual(new Set(['debit', 'return', 'forfeit']))
  }
})

test('queues of the past handed spots on and were closed at the start', () => {
  for (const { replayed } of told) {
    const states = [...replayed.entries.values()].map(entry => entry.state)
    expect([...new Set(states)].sort()).toEqual(['accepted', 'closed', 'waiting'])
    expect(states.filter(state => state === 'accepted').length).toBeGreaterThan(5)
  }
})

test('all of it lies within fourteen days, and nobody has two classes on a day', () => {
  for (const { replayed, now } of told) {
    const bound = { hours: 24 * 14 }
    const bookings = [...replayed.bookings.values()].filter(booking => booking.status !== 'cancelled')
    expect(bookings.filter(({ startsAt, endsAt }) => Temporal.Instant.compare(endsAt, now.add(bound)) > 0 || Temporal.Instant.compare(startsAt, now.subtract(bound)) < 0)).toEqual([])
    const days = bookings.map(({ userId, startsAt }) => `${userId} ${startsAt.toZonedDateTimeISO(timeZone).toPlainDate()}`)
    expect(days.length).toBe(new Set(days).size)
  }
})
