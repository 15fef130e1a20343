// Who has which part in one class of the demo: as many as its demand brings, out of those who can come.
import { firstMemberPlaces, type Part } from './first-member.ts'
import type { Random } from './random.ts'
import type { Character, DemoClass, Scene } from './story.ts'

export interface Crowd {
  /** They book, and keep it. */
  staying: Character[]
  /** Of those, who is known not to turn up. */
  missing: Set<Character>
  /** They book and cancel; at a random late hour unless told. */
  quitting: { who: Character; hoursBefore?: number }[]
  /** In the order of the queue. */
  waiting: Character[]
  /** In a full class: the one who cancels, and the one who gets the spot. */
  handingOn: { from: Character; to: Character } | null
  /** They are holding a spot at this moment. */
  holding: Character[]
}

interface Demand {
  booked: number
  quitting: number
  waiting: number
  handingOn: boolean
  holding: number
}
