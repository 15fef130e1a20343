// What a change of a class does to its people, in a sentence for each and in one for all.
import type { AffectedPerson } from '@fitflow/contract/session-changes.ts'
import { listWords } from '../credits/words.ts'
import { momentWords } from '../platform/moment-words.ts'
import { toWireCredits } from '../platform/credits.ts'

type Fate = AffectedPerson['fate']

/** "Moves along, and may cancel free until 09:00 on 12 January 2027." Of a booking that is returned, the receipt says it. */
export function fateSentence(fate: Exclude<Fate, 'returned'>, of: { has: AffectedPerson['has']; freeUntil: Temporal.Instant | null; timeZone: string }): string {
  const free = of.freeUntil === null ? '' : `, and may cancel free until ${momentWords(of.freeUntil, of.timeZone)}`
  if (fate === 'moved') return of.has === 'waiting' ? 'Keeps their place on the waitlist.' : `Moves along${free}.`
  if (fate === 'released') return of.has === 'offer' ? 'The offer ends.' : 'The hold ends.'
  if (fate === 'closed') return 'The waitlist closes.'
  if (fate === 'offered') return 'Is next for a spot that becomes free.'
  return `Is told${free}.`
}

interface Counted {
  fate: Fate
  has: AffectedPerson['has']
  /** Hundredths. */
  returned: number
}

/** "2 bookings are cancelled with 2 credits returned, 1 hold ends and 3 people no longer wait." */
export function changeSentence(people: readonly Counted[]): string {
  if (people.length === 0) return 'Nobody is affected.'
  const count = (fate: Fate, ...has: Counted['has'][]) => people.filter(one => one.fate === fate && has.includes(one.has)).length
  const credits = people.reduce((sum, one) => sum + one.returned, 0)
  const back = credits === 0 ? '' : ` with ${toWireCredits(credits)} ${credits === 100 ? 'credit' : 'credits'} returned`
  const parts = [
    part(count('returned', 'booking'), ['booking is cancelled', 'bookings are cancelled'], back),
    part(count('moved', 'booking'), ['booking moves along', 'bookings move along'], ' and may be cancelled free'),
    part(count('moved', 'hold', 'offer'), ['hold moves along', 'holds move along']),
    part(count('released', 'hold', 'offer'), ['hold ends', 'holds end']),
    part(count('closed', 'waiting', 'offer'), ['person no longer waits', 'people no longer wait']),
    part(count('offered', 'waiting'), ['person who waits is next', 'people who wait are next']),
    part(count('moved', 'waiting'), ['person keeps waiting', 'people keep waiting']),
    part(count('told', 'booking', 'hold', 'offer', 'waiting', 'cancelled'), ['person is told', 'people are told']),
  ].filter(words => words !== '')
  return `${listWords(parts)}.`
}

const ownNames = { time: 'time', capacity: 'number of spots', trainer: 'trainer' }

/** " It keeps its own time and number of spots: its series says otherwise." Of nothing it says nothing. */
export function ownSentence(own: readonly (keyof typeof ownNames)[]): string {
  return own.length === 0 ? '' : ` It keeps its own ${listWords(own.map(name => ownNames[name]))}: its series says otherwise.`
}

/** "2 classes fall into a closure (“Works”) and are cancelled." Of none it says nothing. */
export function closedSentence(reasons: readonly string[]): string {
  if (reasons.length === 0) return ''
  const into = new Set(reasons).size === 1 ? `a closure (“${reasons[0]}”)` : 'closures'
  return reasons.length === 1 ? `One class falls into ${into} and is cancelled.` : `${reasons.length} classes fall into ${into} and are cancelled.`
}

function part(count: number, [one, many]: [string, string], rest = ''): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}${rest}`
}
