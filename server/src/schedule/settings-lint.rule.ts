// Traps in a studio's settings: what can be kept and is saved, yet rarely does what its owner means.
import type { Contradiction, Values } from './settings.rule.ts'

/** Every trap that these settings, taken together, set; none for the defaults. */
export function traps(values: Values): Contradiction[] {
  return [...trapsOfBooking(values), ...trapsOfWaitlist(values), ...trapsOfWarnings(values)]
}

function trapsOfBooking(values: Values): Contradiction[] {
  const { bookingClosesMinutes: closes, bookingOpensLeadDays: lead, bookingsPerDayMax: day, bookingsPerWeekMax: week } = values
  const found: Contradiction[] = []
  if (values.bookingOpensMode === 'clock' && closes >= lead * 24 * 60) {
    found.push({
      settings: ['bookingClosesMinutes', 'bookingOpensLeadDays'],
      sentence: `Some classes can never be booked: the clock may open them only ${lead} days before the start, and booking closes ${closes} min before it. Open with a longer lead.`,
    })
  }
  if (week > 0 && day > week) {
    found.push({
      settings: ['bookingsPerDayMax', 'bookingsPerWeekMax'],
      sentence: `The cap of ${day} a day is never reached: that of ${week} a week comes first. Lower the one or raise the other.`,
    })
  }
  return found
}

function trapsOfWaitlist(values: Values): Contradiction[] {
  const { waitlistCutoffMinutes: cutoff, bookingClosesMinutes: closes, offerSeconds, lateJoinMinutes, graceMinutes } = values
  const found: Contradiction[] = []
  if (closes > 0 && closes >= cutoff) {
    found.push({
      settings: ['waitlistCutoffMinutes', 'bookingClosesMinutes'],
      sentence: `A spot that is freed after the waitlist's cutoff, ${cutoff} min before the start, stays empty: booking has closed ${closes} min before it. Close booking later, or end the waitlist earlier.`,
    })
  }
  if (offerSeconds > cutoff * 60) {
    found.push({
      settings: ['offerSeconds', 'waitlistCutoffMinutes'],
      sentence: `The last offers are cut short by the start: they last ${offerSeconds} s, and are made until ${cutoff} min before it. Make offers shorter or end them earlier.`,
    })
  }
  if (lateJoinMinutes > 0 && lateJoinMinutes <= graceMinutes) {
    found.push({
      settings: ['lateJoinMinutes', 'graceMinutes'],
      sentence: `The spots of no-shows are not handed on: late joining ends ${lateJoinMinutes} min after the start, and nobody is a no-show before ${graceMinutes} min unless marked by hand. Let people join for longer than the grace, or set it to 0.`,
    })
  }
  return found
}

function trapsOfWarnings({ firstExpiryWarningDays: first, lastExpiryWarningDays: last }: Values): Contradiction[] {
  if (last < first) return []
  const sentence = `Of credits that expire the last warning, ${last} days before, does not come after the first, ${first} days before. Let the first come earlier.`
  return [{ settings: ['firstExpiryWarningDays', 'lastExpiryWarningDays'], sentence }]
}
