// What staff hear before a series is changed or stopped: what is so already, and what goes on without it.
import { dayWords } from '../platform/moment-words.ts'

/** What became of a series since an edit of "this and following": a series of its own, with an hour of its own. */
export interface LaterPart {
  startsOn: Temporal.PlainDate
  /** `HH:MM` */
  wallTime: string
}

/** What a change does not reach. */
export function editNotes(later: LaterPart | undefined): string[] {
  return later ? [`${goesOn(later)}, and stays as it is: change that one too if it should follow.`] : []
}

export interface Stopping {
  /** The first day without a class, as it is wished. */
  endsBefore: Temporal.PlainDate
  /** The same as it stands. */
  was: Temporal.PlainDate | null
  /** The first day that its rule gives a class. */
  firstOn: Temporal.PlainDate | undefined
  later: LaterPart | undefined
  /** Standing reservations that reach beyond it. */
  standings: number
}

/** Whether it ends earlier than it does already: a stop is never put off. */
export function endsEarlier({ endsBefore, was }: Pick<Stopping, 'endsBefore' | 'was'>): boolean {
  return was === null || Temporal.PlainDate.compare(endsBefore, was) < 0
}

/** What a stop leaves as it is, and what it comes before. */
export function stopNotes({ endsBefore, was, firstOn, later, standings }: Stopping): string[] {
  const early = firstOn !== undefined && Temporal.PlainDate.compare(endsBefore, firstOn) <= 0
  return [
    ...(was === null || endsEarlier({ endsBefore, was }) ? [] : [`It makes no classes from ${dayWords(was)} on already, and that stays.`]),
    ...(early ? [`Its first class is on ${dayWords(firstOn)}: it would never begin.`] : []),
    ...(later ? [`${goesOn(later)}, which is not stopped.`] : []),
    // What goes on as another series carries them on.
    ...(standings > 0 && !later && endsEarlier({ endsBefore, was }) ? [standingWords(standings)] : []),
  ]
}

const standingWords = (count: number) =>
  count === 1 ? 'One standing reservation in it has no classes from then on.' : `${count} standing reservations in it have no classes from then on.`

const goesOn = ({ startsOn, wallTime }: LaterPart) => `From ${dayWords(startsOn)} on it goes on at ${wallTime} as a series of its own`
