// Four weeks in the life of the demo studio: who books which class, who cancels, waits, gets in and does not turn up.
import type { Happening } from '../booking/replay-history.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import type { DemoClient } from './clients.ts'
import { crowdOf, type Crowd } from './crowd.ts'
import { firstMemberParts, type Part } from './first-member.ts'
import type { Random } from './random.ts'
import type { DatedClass } from './timetable.ts'

export interface DemoClass extends DatedClass {
  id: SessionId
  capacity: number
  priceCredits: number
}

/** A client as the story goes on. */
export interface Character extends Pick<DemoClient, 'budget' | 'perWeek' | 'favours'> {
  id: UserId
  /** One class a day: days on which they have one, and how many in each week. */
  days: Set<number>
  weeks: Map<number, number>
}

export interface Scene {
  now: Temporal.Instant
  classes: readonly DemoClass[]
  characters: readonly Character[]
  random: Random
}

const noShowShare = 0.06

/** Everything that happened until now, in the order of time; the first character's part is fixed, the rest is chance. */
export function demoStory(scene: Scene): Happening[] {
  const parts = firstMemberParts(scene.classes)
  // What is fixed is fixed before chance fills the classes around it.
  const [first] = scene.characters as [Character]
  for (const one of scene.classes) if (parts.has(one.id)) first.days.add(one.day)
  const told = scene.classes.flatMap(one => tellClass(scene, one, { first, part: parts.get(one.id) }))
  return told.sort((a, b) => Temporal.Instant.compare(a.at, b.at))
}

function tellClass(scene: Scene, one: DemoClass, lead: { first: Character; part: Part | undefined }): Happening[] {
  const crowd = crowdOf(scene, one, lead)
  const times = timesOf(scene, one)
  const tell = (who: Character, did: Happening['did'], at: Temporal.Instant): Happening => ({ at, did, userId: who.id, sessionId: one.id })
  const came = (who: Character): Happening[] => {
    if (one.status !== 'completed') return []
    const missed = crowd.missing.has(who) || scene.random.fraction() < noShowShare
    const mustCome = who === lead.first && lead.part?.kind === 'attend'
    return missed && !mustCome ? [tell(who, 'miss', one.endsAt)] : [tell(who, 'attend', times.door())]
  }
  return [
    ...crowd.staying.flatMap(who => [tell(who, 'book', times.early()), ...came(who)]),
    ...crowd.quitting.flatMap(({ who, hoursBefore }) => [
      tell(who, 'book', times.early()),
      tell(who, 'cancel', hoursBefore === undefined ? times.late() : one.startsAt.subtract({ minutes: hoursBefore * 60 })),
    ]),
    ...crowd.waiting.map(who => tell(who, 'wait', times.middle())),
    ...promotion(crowd, { tell, times, came }),
    ...crowd.holding.map(who => tell(who, 'hold', scene.now.subtract({ minutes: 2 }))),
  ]
}

interface Telling {
  tell(who: Character, did: Happening['did'], at: Temporal.Instant): Happening
  times: Times
  came(who: Character): Happening[]
}

/** Somebody of a full class cancels, and the first in the queue gets in. */
function promotion({ handingOn }: Crowd, { tell, times, came }: Telling): Happening[] {
  if (handingOn === null) return []
  const { from, to } = handingOn
  const quitAt = times.late()
  return [
    tell(from, 'book', times.early()),
    tell(from, 'cancel', quitAt),
    // Earlier than anybody else in the queue.
    tell(to, 'wait', times.first()),
    tell(to, 'book', quitAt.add({ minutes: 3 })),
    ...came(to),
  ]
}

type Times = ReturnType<typeof timesOf>

/** Windows that follow each other: a class fills, then people queue, then somebody cancels. */
function timesOf({ now, random }: Scene, { startsAt }: DemoClass) {
  const beforeStart = startsAt.subtract({ minutes: 30 })
  const beforeNow = now.subtract({ minutes: 5 })
  const last = Temporal.Instant.compare(beforeStart, beforeNow) < 0 ? beforeStart : beforeNow
  const hoursBefore = (from: number, to: number) => last.subtract({ seconds: random.between(from * 3600, to * 3600) })
  return {
    early: () => hoursBefore(72, 144),
    first: () => last.subtract({ hours: 71 }),
    middle: () => hoursBefore(24, 70),
    late: () => hoursBefore(1, 22),
    door: () => startsAt.subtract({ seconds: random.between(60, 720) }),
  }
}
