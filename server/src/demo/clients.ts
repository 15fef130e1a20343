// What the demo's members hold and how they train: packs, unlimited access, or nothing yet.
import type { Opening } from '../credits/open-lots.ts'
import { demoTemplates, type TemplateName } from './classes.ts'
import { demoMembers, demoRegulars, type DemoPerson } from './people.ts'
import type { Random } from './random.ts'

type Lot = Omit<Opening, 'userId'>

export interface DemoClient {
  person: DemoPerson
  since: Temporal.Instant
  lots: Lot[]
  /** Hundredths of a credit that the story may spend; no bound for unlimited access. */
  budget: number
  /** Classes a week at most. */
  perWeek: number
  favours: TemplateName[]
  /** One of those with unlimited access books and does not come: so their strikes have led to a block. */
  strays: boolean
}

/** The members with at least 20 credits and those with unlimited access; whoever comes after them has nothing. */
const paying = { withCredits: 20, unlimited: 10 }
const validDays = 90

type Holdings = Pick<DemoClient, 'lots' | 'budget'>

/** Days around the seeding, counted in the studio's zone. */
interface Calendar {
  /** So many days ago, at an hour when somebody is at the desk. */
  deskHour(daysAgo: number): Temporal.Instant
  /** The midnight that ends the day so many days ahead. */
  endOfDay(daysAhead: number): Temporal.Instant
}

function calendarAround(now: Temporal.Instant, timeZone: string): Calendar {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  return {
    deskHour(daysAgo) {
      const plainTime = new Temporal.PlainTime(10 + (daysAgo % 10), (daysAgo * 7) % 60)
      return today.subtract({ days: daysAgo }).toZonedDateTime({ timeZone, plainTime }).toInstant()
    },
    endOfDay: daysAhead => today.add({ days: daysAhead + 1 }).toZonedDateTime(timeZone).toInstant(),
  }
}

/** Everybody who trains here: the forty who can be signed in as, then the regulars. `now` is the instant of the seeding. */
export function demoClients(now: Temporal.Instant, timeZone: string, random: Random): DemoClient[] {
  const calendar = calendarAround(now, timeZone)
  const members = demoMembers.map((person, at) => client(person, { calendar, random, holdings: memberHoldings(at, calendar, random), strays: false }))
  const regulars = demoRegulars.map((person, at) => client(person, { calendar, random, holdings: regularHoldings(at, calendar, random), strays: at === 0 }))
  return [...members, ...regulars]
}

const templates = Object.keys(demoTemplates) as TemplateName[]

interface Life {
  calendar: Calendar
  random: Random
  holdings: Holdings
  strays: boolean
}

function client(person: DemoPerson, { calendar, random, holdings, strays }: Life): DemoClient {
  const trains = holdings.lots.length > 0
  return {
    person,
    ...holdings,
    strays,
    since: calendar.deskHour(trains ? random.between(60, 700) : random.between(1, 9)),
    perWeek: trains ? random.between(3, 6) : 0,
    favours: [0, 1].map(() => templates[random.between(0, templates.length - 1)] as TemplateName),
  }
}

function memberHoldings(at: number, calendar: Calendar, random: Random): Holdings {
  if (at === 0) return firstMember(calendar)
  if (at < paying.withCredits) {
    // The older pack is spent first; the new one stays whole.
    const older = pack(10, random.between(26, 55), calendar)
    return { lots: [older, pack(20, random.between(1, 6), calendar)], budget: 1000 }
  }
  if (at < paying.withCredits + paying.unlimited) {
    return { lots: [unlimited('Annual unlimited', { daysAgo: random.between(40, 200), days: 365 }, calendar)], budget: Infinity }
  }
  return { lots: [], budget: 0 }
}

/** The pack of theirs that rests. */
export const restingPack = '5-class pack'

/**
 * Two older packs, a gift that runs out soon, a new pack, one that rests and one that has not begun: every kind of line and of lot
 * shows here. Chance spends none of it.
 */
function firstMember(calendar: Calendar): Holdings {
  const gift: Lot = {
    ...{ credits: 200, planType: 'complimentary', name: 'Complimentary credits', reason: 'thank you for helping at the open day' },
    ...{ openedAt: calendar.deskHour(24), validUntil: calendar.endOfDay(17) },
  }
  const later: Lot = { ...pack(10, 2, calendar), validFrom: calendar.endOfDay(20), validUntil: calendar.endOfDay(20 + validDays) }
  return { lots: [gift, ...[52, 30].map(daysAgo => pack(10, daysAgo, calendar)), pack(20, 4, calendar), { ...pack(5, 3, calendar), name: restingPack }, later], budget: 0 }
}

const unlimitedOf = 10
const unlimitedIn = 3

function regularHoldings(at: number, calendar: Calendar, random: Random): Holdings {
  const daysAgo = random.between(26, 50)
  if (at % unlimitedOf < unlimitedIn) {
    return { lots: [unlimited('Quarterly unlimited', { daysAgo, days: validDays }, calendar)], budget: Infinity }
  }
  return { lots: [pack(20, daysAgo, calendar)], budget: 2000 }
}

const paid = 'paid at the front desk'

function pack(credits: number, daysAgo: number, calendar: Calendar): Lot {
  const span = { openedAt: calendar.deskHour(daysAgo), validUntil: calendar.endOfDay(validDays - daysAgo) }
  return { credits: credits * 100, planType: 'pack', name: `${credits}-class pack`, reason: paid, ...span }
}

function unlimited(name: string, { daysAgo, days }: { daysAgo: number; days: number }, calendar: Calendar): Lot {
  const span = { openedAt: calendar.deskHour(daysAgo), validUntil: calendar.endOfDay(days - daysAgo) }
  return { credits: null, planType: 'unlimited', name, reason: paid, ...span }
}
