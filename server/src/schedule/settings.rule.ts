// What a studio's settings must not say: values the world does not know, and values that contradict each other.
import type { Settings } from '@fitflow/contract/settings.ts'

type Values = Omit<Settings, 'version' | 'effectiveFrom'>

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
  if (values.bookingClosesMinutes >= values.bookingOpensDays * 24 * 60) {
    found.push({
      settings: ['bookingClosesMinutes', 'bookingOpensDays'],
      sentence: `Booking cannot close ${values.bookingClosesMinutes} min before the start when it opens ${values.bookingOpensDays} days before it.`,
    })
  }
  return found
}

/** What no list of the world's zones and currencies has, in the form of a malformed request. */
export function unknownValues(change: Partial<Values>): { path: string; message: string }[] {
  const found: { path: string; message: string }[] = []
  if (change.timeZone !== undefined && !isTimeZone(change.timeZone)) {
    found.push({ path: 'body/timeZone', message: 'is not a time zone of the IANA database, as Europe/Madrid is' })
  }
  if (change.currency !== undefined && !currencies.has(change.currency)) {
    found.push({ path: 'body/currency', message: 'is not a currency of ISO 4217, as EUR is' })
  }
  return found
}

const currencies = new Set(Intl.supportedValuesOf('currency'))

function isTimeZone(name: string): boolean {
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
