// Holds of the model that have run out by the clock and are still on the books, and what would be free without them.
import type { ModelHold, Studio } from './studio.ts'

export interface Due {
  member: number
  held: ModelHold
}

export function dueIn(studio: Studio, session: number): Due[] {
  return studio.members.flatMap((_, member) => {
    const held = studio.hold(member, session)
    return held && !studio.isLive(held) ? [{ member, held }] : []
  })
}

/** An offer that ran out leaves its entry in the queue once, and whenever its member may have slept. */
export const goesBack = ({ held: { entry } }: Due): boolean => entry !== null && (entry.offersExpired === 0 || entry.asleepUntil !== null)

/** Whether the public could have a spot once these have ended. */
export function hasSpotWithout(studio: Studio, session: number, due: readonly Due[]): boolean {
  const back = due.filter(one => goesBack(one) && one.held.entry?.asleepUntil === null).length
  const claims = studio.isBeforeCutoff(session) ? studio.waiting(session) + back : 0
  return studio.taken(session) - due.length + claims < studio.session(session).capacity
}
