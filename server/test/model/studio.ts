// The model: a studio in memory, small enough to be believed by reading it. What it says is what the real one must do.
import { earlyMorning, minute, nightEnds } from './night.ts'
import { Strikes } from './strikes.ts'

export interface ModelSession {
  startsAt: number
  endsAt: number
  capacity: number
  price: number
  status: 'published' | 'in_progress' | 'completed' | 'cancelled'
}

export interface ModelLot {
  /** Hundredths of a credit; null is unlimited. */
  balance: number | null
  validUntil: number
}

export interface ModelHold {
  kind: 'public' | 'offer'
  expiresAt: number
  /** What the quote offers: the frozen price in credits, or none of them. */
  credits: number | null
  membership: boolean
  /** Of an offer: the entry it belongs to, out of the queue as long as it is on offer. */
  entry: ModelEntry | null
}

interface ModelBooking {
  debits: { lot: ModelLot; credits: number }[]
  /** Unlimited access paid: leaving late costs a strike. */
  byMembership: boolean
  /** Before then everything comes back: the spot was an offer. */
  freeUntil: number
}

export interface ModelEntry {
  member: number
  rank: number
  /** Joined as the n-th of all: decides between equal ranks. */
  order: number
  passedOver: string | null
  offersExpired: number
  /** Until when whoever was offered a spot in the night may be asleep. */
  asleepUntil: number | null
}

/** What the relay has yet to hand to the waitlist. */
interface Happened {
  session?: number
  member?: number
}

const holdFor = 10 * minute
const offerFor = 5 * minute
const liveHoldsMax = 3
const cutoff = 30 * minute
export const lateJoin = 20 * minute
export const freeAfterOffer = 30 * minute
const keyOf = (member: number, session: number) => `m${member} s${session}`

export class Studio {
  now: number
  readonly sessions: ModelSession[]
  readonly members: ModelLot[][]
  readonly holds = new Map<string, ModelHold>()
  readonly bookings = new Map<string, ModelBooking>()
  readonly queues: ModelEntry[][]
  readonly happened: Happened[] = []
  joined = 0
  readonly strikes = new Strikes()

  constructor(now: number, sessions: ModelSession[], members: ModelLot[][]) {
    this.now = now
    this.sessions = sessions
    this.members = members
    this.queues = sessions.map(() => [])
  }

  session(at: number): ModelSession {
    return this.sessions[at] as ModelSession
  }

  queue(at: number): ModelEntry[] {
    return this.queues[at] as ModelEntry[]
  }

  hold(member: number, session: number): ModelHold | undefined {
    return this.holds.get(keyOf(member, session))
  }

  booking(member: number, session: number): ModelBooking | undefined {
    return this.bookings.get(keyOf(member, session))
  }

  setHold(member: number, session: number, hold: ModelHold | null): void {
    if (hold) this.holds.set(keyOf(member, session), hold)
    else this.holds.delete(keyOf(member, session))
  }

  setBooking(member: number, session: number, booking: ModelBooking | null): void {
    if (booking) this.bookings.set(keyOf(member, session), booking)
    else this.bookings.delete(keyOf(member, session))
  }

  entry(member: number, session: number): ModelEntry | undefined {
    return this.queue(session).find(one => one.member === member)
  }

  enqueue(session: number, entry: ModelEntry): void {
    this.queue(session).push(entry)
    this.queue(session).sort((a, b) => a.rank - b.rank || a.order - b.order)
  }

  dequeue(member: number, session: number): ModelEntry | undefined {
    const queue = this.queue(session)
    const at = queue.findIndex(one => one.member === member)
    return at < 0 ? undefined : queue.splice(at, 1)[0]
  }

  taken(session: number): number {
    const here = (key: string) => key.endsWith(` s${session}`)
    return [...this.holds.keys()].filter(here).length + [...this.bookings.keys()].filter(here).length
  }

  waiting(session: number): number {
    return this.queue(session).filter(entry => entry.passedOver === null).length
  }

  isBeforeCutoff(session: number): boolean {
    return this.now < this.session(session).startsAt - cutoff
  }

  /** How many of those who wait go before the public. */
  claims(session: number): number {
    return this.isBeforeCutoff(session) ? this.waiting(session) : 0
  }

  hasPublicSpot(session: number): boolean {
    return this.taken(session) + this.claims(session) < this.session(session).capacity
  }

  /** Whether a hold that has run out by the clock is still on the books. */
  isLive(hold: ModelHold | undefined): boolean {
    return hold !== undefined && hold.expiresAt > this.now
  }

  /** The sessions in which a member has a live hold or a booking. */
  commitments(member: number): number[] {
    return this.sessions.flatMap((_, at) => (this.booking(member, at) || this.isLive(this.hold(member, at)) ? at : []))
  }

  overlaps(member: number, session: number): boolean {
    const { startsAt, endsAt } = this.session(session)
    return this.commitments(member).some(other => {
      const that = this.session(other)
      return other !== session && that.startsAt < endsAt && startsAt < that.endsAt
    })
  }

  liveHolds(member: number): number {
    return this.sessions.filter((_, at) => {
      const hold = this.hold(member, at)
      return this.isLive(hold) && hold?.kind === 'public'
    }).length
  }

  isAtHoldCap(member: number): boolean {
    return this.liveHolds(member) >= liveHoldsMax
  }

  /** Lots that pay for a session, the soonest to expire first. */
  payingLots(member: number, session: number): ModelLot[] {
    const { startsAt } = this.session(session)
    const paying = (this.members[member] as ModelLot[]).filter(lot => this.now < lot.validUntil && startsAt < lot.validUntil)
    return paying.sort((a, b) => a.validUntil - b.validUntil)
  }

  /** What a hold made now would quote; null when nothing pays. */
  quote(member: number, session: number): Pick<ModelHold, 'credits' | 'membership'> | null {
    const lots = this.payingLots(member, session)
    const membership = lots.some(lot => lot.balance === null)
    const sum = lots.reduce((all, lot) => all + (lot.balance ?? 0), 0)
    const { price } = this.session(session)
    const credits = sum >= price ? price : null
    return membership || credits !== null ? { membership, credits } : null
  }

  /** Takes credits from the lots that pay, or says that they do not suffice. */
  spend(member: number, session: number, credits: number): ModelBooking['debits'] | null {
    const lots = this.payingLots(member, session).filter(lot => (lot.balance ?? 0) > 0)
    if (lots.reduce((all, lot) => all + (lot.balance ?? 0), 0) < credits) return null
    let open = credits
    const debits: ModelBooking['debits'] = []
    for (const lot of lots) {
      const part = Math.min(open, lot.balance ?? 0)
      if (part === 0) continue
      lot.balance = (lot.balance ?? 0) - part
      open -= part
      debits.push({ lot, credits: part })
    }
    return debits
  }

  /** Gives credits of a booking back, into the lots that expire last first. */
  giveBack(member: number, { debits }: Pick<ModelBooking, 'debits'>, credits: number): void {
    let open = credits
    for (const { lot, credits: paid } of debits.toSorted((a, b) => b.lot.validUntil - a.lot.validUntil)) {
      const part = Math.min(open, paid)
      lot.balance = (lot.balance ?? 0) + part
      open -= part
    }
    if (credits > 0) this.happened.push({ member })
  }

  newHold(member: number, session: number): ModelHold | null {
    const quote = this.quote(member, session)
    return quote && { kind: 'public', ...quote, entry: null, expiresAt: Math.min(this.now + holdFor, this.session(session).startsAt) }
  }

  /** In the night an offer lasts into the morning, but for an early class, for which people are woken and may sleep on. */
  offer(session: number, entry: ModelEntry): void {
    const { startsAt } = this.session(session)
    const morning = nightEnds(this.now)
    const isEarly = morning !== null && startsAt < earlyMorning(morning)
    entry.passedOver = null
    entry.asleepUntil = isEarly ? morning : null
    const from = isEarly ? this.now : (morning ?? this.now)
    const quote = this.quote(entry.member, session)
    if (!quote) throw new Error('an offer to somebody who cannot pay')
    this.dequeue(entry.member, session)
    this.setHold(entry.member, session, { kind: 'offer', ...quote, entry, expiresAt: Math.min(from + offerFor, startsAt) })
  }

  /** Holds past their end give their spots back; an offer's entry goes to the end once, then for good. Whoever slept keeps their place. */
  releaseDue(...sessions: readonly number[]): void {
    const due = [...this.holds].filter(([key, hold]) => !this.isLive(hold) && sessions.some(at => key.endsWith(` s${at}`)))
    for (const [key, { entry }] of due.sort(([, a], [, b]) => a.expiresAt - b.expiresAt)) {
      const [member, session] = [Number(key[1]), Number(key.at(-1))]
      this.setHold(member, session, null)
      this.happened.push({ session, member })
      if (!entry) continue
      if (entry.asleepUntil !== null) this.enqueue(session, { ...entry, passedOver: asleep, asleepUntil: Math.max(entry.asleepUntil, this.now + minute) })
      else if (entry.offersExpired === 0) this.enqueue(session, { ...entry, rank: this.now, offersExpired: 1 })
    }
  }
}

export const asleep = 'quiet-hours'
