// The stage of the demo's story: its classes, its characters, and the classes of tomorrow that are set for whoever looks first.
import type { SessionId, UserId } from '../platform/ids.ts'
import type { TemplateName } from './classes.ts'
import type { Random } from './random.ts'
import type { DatedClass } from './timetable.ts'

export interface DemoClass extends DatedClass {
  id: SessionId
  capacity: number
  /** Hundredths. */
  priceCredits: number
}

/** A client as the story goes on. */
export interface Character {
  id: UserId
  /** Hundredths of a credit they may still spend. */
  budget: number
  perWeek: number
  favours: readonly TemplateName[]
  /** Books and does not come. */
  strays: boolean
  /** The days on which they have a class already: one a day is enough, and nothing can overlap. */
  days: Set<number>
  /** How many classes they have in each week. */
  weeks: Map<number, number>
}

export interface Scene {
  /** In whole seconds. */
  now: Temporal.Instant
  timeZone: string
  classes: readonly DemoClass[]
  /** The first has a part of their own (`first-member.ts`); chance casts the others. */
  characters: readonly Character[]
  random: Random
}

/** Classes of a day, in the order in which they start. */
export function classesOn(classes: readonly DemoClass[], day: number, template?: TemplateName): DemoClass[] {
  return classes.filter(one => one.day === day && (template === undefined || one.template === template))
}

/** Tomorrow's class that is full with a queue, and the one with a spot or two left. Both templates run every day. */
export function tomorrow(classes: readonly DemoClass[]): { full: DemoClass; fewLeft: DemoClass } {
  const full = classesOn(classes, 1, 'hiit').at(-1)
  const fewLeft = classesOn(classes, 1, 'vinyasa').at(0)
  if (!full || !fewLeft) throw new Error('the timetable leaves a day without HIIT or yoga')
  return { full, fewLeft }
}
