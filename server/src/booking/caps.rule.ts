// How many spots one member may have in a studio day, in a studio week and ahead; each cap is off at 0.
import { Problem } from '../platform/problem.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import type { Settings } from '../schedule/settings.ts'

type Caps = Pick<Settings, 'bookingsPerDayMax' | 'bookingsPerWeekMax' | 'bookingsUpcomingMax' | 'timeZone'>

export interface CapReached {
  cap: 'day' | 'week' | 'upcoming'
  max: number
  have: number
}

type Asked = { session: Pick<ClassSession, 'id' | 'startsAt'>; settings: Caps; now: Temporal.Instant }
/** A member's live holds and bookings, those of the week up to now among them; what they teach is no spot of theirs. */
interface Dated {
  commitments: readonly (Pick<ClassSession, 'startsAt' | 'endsAt'> & { sessionId: ClassSession['id']; kind?: string })[]
}

/**
 * The first cap that one more spot in this class would break, or null. Days and weeks (from Monday) are the studio's, and belong
 * to the member, not to a class. Whatever is live counts: bookings, holds, and offers, which may turn into bookings any moment.
 */
export function capReached(member: Dated, { session, settings, now }: Asked): CapReached | null {
  const { bookingsPerDayMax, bookingsPerWeekMax, bookingsUpcomingMax, timeZone } = settings
  const others = member.commitments.filter(one => one.sessionId !== session.id && one.kind !== 'teaching')
  const dayOf = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(timeZone).toPlainDate()
  const count = (periodOf: (day: Temporal.PlainDate) => Temporal.PlainDate) => {
    const period = periodOf(dayOf(session.startsAt))
    return others.filter(one => periodOf(dayOf(one.startsAt)).equals(period)).length
  }
  const over = (cap: CapReached['cap'], max: number, counted: () => number) => {
    if (max === 0) return null
    const have = counted()
    return have >= max ? { cap, max, have } : null
  }
  return (
    over('day', bookingsPerDayMax, () => count(day => day)) ??
    over('week', bookingsPerWeekMax, () => count(mondayOf)) ??
    over('upcoming', bookingsUpcomingMax, () => others.filter(one => Temporal.Instant.compare(one.endsAt, now) > 0).length)
  )
}

/** Throws `too-many-bookings`, naming the cap. */
export function refuseOverCaps(member: Dated, asked: Asked): void {
  const reached = capReached(member, asked)
  if (!reached) return
  const { cap, max } = reached
  const classes = max === 1 ? 'one class' : `${max} classes`
  const sentences = {
    day: `You may have ${classes} a day here. Choose another day, or cancel what you have.`,
    week: `You may have ${classes} a week here. Choose another week, or cancel what you have.`,
    upcoming: `You may have ${classes} ahead of you here. Book again once one is over.`,
  }
  throw new Problem('too-many-bookings', sentences[cap], { ...reached })
}

/** Whether what a member had earlier in the week matters: asked before the hot path reads it. */
export function looksBack({ bookingsPerDayMax, bookingsPerWeekMax }: Pick<Caps, 'bookingsPerDayMax' | 'bookingsPerWeekMax'>): boolean {
  return bookingsPerDayMax > 0 || bookingsPerWeekMax > 0
}

function mondayOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 })
}
