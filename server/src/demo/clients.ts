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
}

/** The members with at least 20 credits and those with unlimited access; whoever comes after them has nothing. */
const paying = { withCredits: 20, unlimited: 10 }
const validDays = 90

type Since = (daysAgo: number) => Temporal.Instant
type Holdings = Pick<DemoClient, 'lots' | 'budget'>

/** Everybody who trains here: the forty who can be signed in as, then the regulars. `now` is the instant of the seeding. */
export function demoClients(now: Temporal.Instant, random: Random): DemoClient[] {
  const ago: Since = daysAgo => now.subtract({ hours: 24 * daysAgo })
  const members = demoMembers.map((person, at) => client(person, { ago, random, holdings: memberHoldings(at, ago, random) }))
  const regulars = demoRegulars.map((person, at) => client(person, { ago, random, holdings: regularHoldings(at, ago, random) }))
  return [...members, ...regulars]
}

const templates = Object.keys(demoTemplates) as TemplateName[]

function client(person: DemoPerson, { ago, random, holdings }: { ago: Since; random: Random; holdings: Holdings }): DemoClient {
  const trains = holdings.lots.length > 0
  return {
    person,
    ...holdings,
    since: trains ? ago(random.between(60, 700)) : ago(random.between(1, 9)),
    perWeek: trains ? random.between(3, 6) : 0,
    favours: [0, 1].map(() => templates[random.between(0, templates.length - 1)] as TemplateName),
  }
}

function memberHoldings(at: number, ago: Since, random: Random): Holdings {
  if (at === 0) return firstMember(ago)
  if (at < paying.withCredits) {
    // The older pack is spent first; the new one stays whole.
    const older = pack(10, ago(random.between(26, 55)))
    return { lots: [older, pack(20, ago(random.between(1, 6)))], budget: 1000 }
  }
  if (at < paying.withCredits + paying.unlimited) {
    return { lots: [unlimited('Annual unlimited', ago(random.between(40, 200)), 365)], budget: Infinity }
  }
  return { lots: [], budget: 0 }
}

/** Two older packs, a gift that runs out soon, and a new pack: every kind of line shows in this ledger. */
function firstMember(ago: Since): Holdings {
  const gift: Lot = {
    ...{ credits: 200, planType: 'complimentary', name: 'Complimentary credits', reason: 'thank you for helping at the open day' },
    ...{ openedAt: ago(24), validUntil: ago(-18) },
  }
  return { lots: [gift, pack(10, ago(52)), pack(10, ago(30)), pack(20, ago(4))], budget: 2200 }
}

const unlimitedOf = 10
const unlimitedIn = 3

function regularHoldings(at: number, ago: Since, random: Random): Holdings {
  const openedAt = ago(random.between(26, 50))
  if (at % unlimitedOf < unlimitedIn) return { lots: [unlimited('Quarterly unlimited', openedAt, validDays)], budget: Infinity }
  return { lots: [pack(20, openedAt)], budget: 2000 }
}

const paid = 'paid at the front desk'

function pack(credits: number, openedAt: Temporal.Instant): Lot {
  const validUntil = openedAt.add({ hours: 24 * validDays })
  return { credits: credits * 100, planType: 'pack', name: `${credits}-class pack`, reason: paid, openedAt, validUntil }
}

function unlimited(name: string, openedAt: Temporal.Instant, days: number): Lot {
  return { credits: null, planType: 'unlimited', name, reason: paid, openedAt, validUntil: openedAt.add({ hours: 24 * days }) }
}
