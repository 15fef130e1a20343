// What a studio's settings must not say: values the world does not know, and values that contradict each other.
import type { Settings } from '@fitflow/contract/settings.ts'

export type Values = Omit<Settings, 'version' | 'effectiveFrom' | 'warnings'>

/** What is wrong with some settings together, and a way on. */
export interface Contradiction {
  settings: (keyof Values)[]
  sentence: string
}

/** Every way in which these settings, taken together, could not be kept; none for a sound set. */
export function contradictions(values: Values): Contradiction[] {
  const found: Contradiction[] = []
  if (values.halfReturnHours > values.fullReturnHours) {
    found.push({
      settings: ['halfReturnHours', 'fullReturnHours'],
      sentence: `The middle share cannot end ${values.halfReturnHours} h before the start when everything is returned from ${values.fullReturnHours} h on.`,
    })
  }
  const opensDays = opensAtMostDays(values)
  const opening = values.bookingOpensMode === 'rolling' ? 'bookingOpensDays' : 'bookingOpensLeadDays'
  if (values.bookingClosesMinutes >= opensDays * 24 * 60) {
    found.push({
      settings: ['bookingClosesMinutes', opening],
      sentence: `Booking cannot close ${timeWords(values.bookingClosesMinutes)} before the start when it opens ${daysWords(opensDays)} before it. Let it close later or open earlier.`,
    })
  } else if (values.fullReturnHours >= opensDays * 24) {
    found.push({
      settings: ['fullReturnHours', opening],
      sentence: `Nobody could ever cancel free: everything is returned more than ${values.fullReturnHours} h before the start, and booking opens ${daysWords(opensDays)} before it. Return everything for longer or open earlier.`,
    })
  }
  if (values.promotionFreeCancelMinutes === 0 && values.waitlistCutoffMinutes < values.fullReturnHours * 60) {
    found.push({
      settings: ['waitlistCutoffMinutes', 'fullReturnHours', 'promotionFreeCancelMinutes'],
      sentence: `The waitlist hands on spots until ${timeWords(values.waitlistCutoffMinutes)} before the start, when cancelling costs already from ${values.fullReturnHours} h before it. Give those who are promoted some minutes to cancel free, or hand on nothing so late.`,
    })
  }
  return found
}

/** The most days before its start at which a class opens: by the clock, the drop is less than a week before the lead. */
export function opensAtMostDays({ bookingOpensMode, bookingOpensDays, bookingOpensLeadDays }: Values): number {
  return bookingOpensMode === 'rolling' ? bookingOpensDays : bookingOpensLeadDays + 7
}

/** 1 day, 7 days. */
export const daysWords = (days: number): string => (days === 1 ? '1 day' : `${days} days`)

/** Minutes as people say them: 45 min, 1 h 30 min, 7 days. */
export function timeWords(minutes: number): string {
  const [days, hours, rest, seconds] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), Math.floor(minutes % 60), Math.round((minutes % 1) * 60)]
  const parts = [days > 0 ? daysWords(days) : '', hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : '', seconds > 0 ? `${seconds} s` : '']
  return parts.filter(part => part !== '').join(' ') || '0 min'
}

/** What no list of the world's zones and currencies has. */
export function unknownValues(change: Partial<Values>): { setting: keyof Values; message: string }[] {
  const found: ReturnType<typeof unknownValues> = []
  if (change.timeZone !== undefined && !isTimeZone(change.timeZone)) {
    found.push({ setting: 'timeZone', message: 'is not a time zone of the IANA database, as Europe/Madrid is' })
  }
  if (change.currency !== undefined && !currencies.has(change.currency)) {
    found.push({ setting: 'currency', message: 'is not a currency of ISO 4217, as EUR is' })
  }
  return found
}

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** A zone of the IANA database by any of its names. */
export function isTimeZone(name: string): boolean {
  // A bare offset passes for a zone elsewhere, yet knows no summer time.
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    // The list of zones leaves out the aliases that people still use: only the parser knows them all.
    return false
  }
}
