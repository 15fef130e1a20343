// What a check that does not hold means for the people of a studio.
import type { CheckedArea, Reconciliation, ReconciliationFound } from '@fitflow/contract/reconciliation.ts'
import type { IconName } from '../../ui/icons.ts'

interface Words {
  name: string
  /** What may be wrong on a screen because of it. */
  means: string
}

export const areaWords: Record<CheckedArea, Words> = {
  classes: { name: 'Spots in classes', means: 'A class may show more or fewer free spots than it has, or its trainer may be in two places.' },
  bookings: { name: 'Bookings', means: 'A booking may have the wrong time, stand twice, or be for a class that does not take place.' },
  waitlists: { name: 'Waitlists', means: 'Somebody may wait although there is a spot, or have an offer that leads nowhere.' },
  attendance: { name: 'Attendance, strikes and fees', means: 'Somebody may be marked as there or as missing, or owe something, by mistake.' },
  credits: { name: 'Credits', means: 'A balance may be higher or lower than what was bought and used.' },
  standing: { name: 'Standing reservations', means: 'A regular place may not have been booked as it says.' },
  house: { name: 'Behind the scenes', means: 'Something that happened may not have had its effect. The dead letters may say more.' },
}

interface Verdict {
  tone: 'good' | 'bad' | 'few'
  icon: IconName
  title: string
}

/** What the last check that has ended came to. */
export function verdictOf({ ok, fault, brokenChecks }: Pick<ReconciliationFound, 'ok' | 'fault' | 'brokenChecks'>): Verdict {
  if (fault !== null) return { tone: 'few', icon: 'info', title: 'The check could not be finished' }
  if (ok) return { tone: 'good', icon: 'verified', title: 'All sums are right' }
  return { tone: 'bad', icon: 'error', title: brokenChecks === 1 ? 'One thing does not add up' : `${brokenChecks} things do not add up` }
}

/** The same in a word or two, or how far it is. */
export function shortOf(one: Reconciliation): { tone: string; words: string } {
  if (one.endedAt === null) return { tone: 'held', words: one.startedAt === null ? 'Waiting' : 'Under way' }
  if (one.fault !== null) return { tone: 'few', words: 'Not finished' }
  return one.ok ? { tone: 'good', words: 'All right' } : { tone: 'bad', words: one.brokenChecks === 1 ? '1 is wrong' : `${one.brokenChecks} are wrong` }
}

/** How long it took. */
export function lengthOf({ startedAt, endedAt }: Reconciliation): string {
  if (startedAt === null || endedAt === null) return ''
  const seconds = Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000)
  if (seconds < 1) return 'less than a second'
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
