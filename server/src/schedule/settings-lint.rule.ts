// Traps in a studio's settings: what can be kept and is saved, yet rarely does what its owner means.
import type { ClassTemplate } from '@fitflow/contract/sessions.ts'
import { daysWords, opensAtMostDays, timeWords, type Contradiction, type Values } from './settings.rule.ts'

/** Every trap that these settings, taken together, set; none for the defaults. */
export function traps(values: Values): Contradiction[] {
  return [...trapsOfBooking(values), ...trapsOfCancelling(values), ...trapsOfWaitlist(values), ...trapsOfNight(values), ...trapsOfWarnings(values)]
}

/** What a change does not do, though its owner may think so: nothing that is written down already is converted. */
export function trapsOfChange(was: Values, is: Values): Contradiction[] {
  const found: Contradiction[] = []
  if (was.currency !== is.currency) {
    const figures = `a price of ${figureWords(was.currency)} becomes ${figureWords(is.currency)}`
    found.push({ settings: ['currency'], sentence: `Amounts are not converted: ${figures}. What is owed already stays owed in ${was.currency}. Set prices and fees anew.` })
  }
  if (was.timeZone !== is.timeZone) {
    const sentence = `Series that are there go on by the clock of ${was.timeZone}, and no class is moved. Make them anew where the hour should follow ${is.timeZone}.`
    found.push({ settings: ['timeZone'], sentence })
  }
  return found
}

const exampleMinorUnits = 1800

/** 18.00 EUR, 1800 JPY. */
function figureWords(currency: string): string {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  return `${(exampleMinorUnits / 10 ** digits).toFixed(digits)} ${currency}`
}

function trapsOfBooking(values: Values): Contradiction[] {
  const { bookingClosesMinutes: closes, bookingOpensLeadDays: lead, bookingsPerDayMax: day, bookingsPerWeekMax: week } = values
  const { seriesHorizonWeeks: weeks } = values
  const opens = opensAtMostDays(values)
  const found: Contradiction[] = []
  if (values.bookingOpensMode === 'clock' && closes >= lead * 24 * 60) {
    found.push({
      settings: ['bookingClosesMinutes', 'bookingOpensLeadDays'],
      sentence: `Some classes can never be booked: the clock may open them only ${daysWords(lead)} before the start, and booking closes ${timeWords(closes)} before it. Open with a longer lead.`,
    })
  }
  if (opens > weeks * 7) {
    found.push({
      settings: [openingOf(values), 'seriesHorizonWeeks'],
      sentence: `Booking opens ${daysWords(opens)} before a class, and the classes of a series are made only ${weeks * 7} days ahead: until then nobody can book them. Make them further ahead.`,
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
      sentence: `A spot that is freed after the waitlist's cutoff, ${timeWords(cutoff)} before the start, stays empty: booking has closed ${timeWords(closes)} before it. Close booking later, or end the waitlist earlier.`,
    })
  }
  const opens = opensAtMostDays(values)
  if (cutoff >= opens * 24 * 60) {
    found.push({
      settings: ['waitlistCutoffMinutes', openingOf(values)],
      sentence: `No spot that comes free is ever offered: the waitlist's cutoff is ${timeWords(cutoff)} before the start, and booking opens ${daysWords(opens)} before it.`,
    })
  }
  if (offerSeconds > cutoff * 60) {
    found.push({
      settings: ['offerSeconds', 'waitlistCutoffMinutes'],
      sentence: `The last offers are cut short by the start: they last ${timeWords(offerSeconds / 60)}, and are made until ${timeWords(cutoff)} before it. Make offers shorter or end them earlier.`,
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

function trapsOfCancelling({ halfReturnPercent: percent, fullReturnHours: full, halfReturnHours: half }: Values): Contradiction[] {
  if (half === full || (percent > 0 && percent < 100)) return []
  const sentence =
    percent === 0
      ? `Nothing comes back from ${full} h before the start on: the part that comes back until ${half} h before it is 0 %.`
      : `Everything comes back until ${half} h before the start, not until ${full} h: the part that comes back in between is 100 %.`
  return [{ settings: ['halfReturnPercent', 'fullReturnHours', 'halfReturnHours'], sentence }]
}

function trapsOfNight({ quietHoursStart: start, quietHoursEnd: end }: Values): Contradiction[] {
  const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  const minutes = (minuteOf(end) - minuteOf(start) + 24 * 60) % (24 * 60)
  if (minutes <= 12 * 60) return []
  const sentence = `Offers sleep for more than half of the day, from ${start} to ${end}. Are the two hours the wrong way round?`
  return [{ settings: ['quietHoursStart', 'quietHoursEnd'], sentence }]
}

function trapsOfWarnings({ firstExpiryWarningDays: first, lastExpiryWarningDays: last }: Values): Contradiction[] {
  if (last < first) return []
  const sentence = `Of credits that expire the last warning, ${daysWords(last)} before, does not come after the first, ${daysWords(first)} before. Let the first come earlier.`
  return [{ settings: ['firstExpiryWarningDays', 'lastExpiryWarningDays'], sentence }]
}

type Kept = Pick<ClassTemplate, 'kind' | 'waitlistMode' | 'durationMinutes'>

/** The traps that a template's own choices set under these settings; none for a class of an hour that offers its spots. */
export function templateTraps(template: Kept, values: Values): Contradiction[] {
  return [...trapsOfMode(template, values), ...trapsOfLength(template, values)]
}

function trapsOfMode({ kind, waitlistMode }: Kept, values: Values): Contradiction[] {
  // A 1:1 has no waitlist.
  if (waitlistMode !== 'auto' || kind === 'one_to_one') return []
  const { autoPromotionHours: hours, promotionFreeCancelMinutes: grace, fullReturnHours } = values
  if (hours >= opensAtMostDays(values) * 24) {
    const sentence = `Nobody is ever booked at once from this waitlist: less than ${hours} h before the start it makes offers, and booking opens no earlier than that.`
    return [{ settings: ['autoPromotionHours', openingOf(values)], sentence }]
  }
  if (grace > 0 || hours >= fullReturnHours) return []
  const sentence = `Whoever is booked from this waitlist without being asked may have to pay to leave: it books until ${hours} h before the start, and cancelling is free until ${fullReturnHours} h before it. Give those who are promoted some minutes to cancel free.`
  return [{ settings: ['autoPromotionHours', 'fullReturnHours', 'promotionFreeCancelMinutes'], sentence }]
}

function trapsOfLength({ kind, durationMinutes }: Kept, { lateJoinMinutes, graceMinutes }: Values): Contradiction[] {
  if (kind === 'class' && lateJoinMinutes >= durationMinutes) {
    const sentence = `Spots of no-shows are handed on until ${lateJoinMinutes} min after the start, when this class of ${durationMinutes} min is over.`
    return [{ settings: ['lateJoinMinutes'], sentence }]
  }
  if (graceMinutes < durationMinutes) return []
  return [{ settings: ['graceMinutes'], sentence: `Nobody is a no-show before this class of ${durationMinutes} min is over: the grace lasts ${graceMinutes} min.` }]
}

const openingOf = ({ bookingOpensMode }: Values) => (bookingOpensMode === 'rolling' ? 'bookingOpensDays' : 'bookingOpensLeadDays')
