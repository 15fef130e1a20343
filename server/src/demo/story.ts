// Four weeks in the life of the demo studio: who books which class, who cancels, waits, gets in and does not turn up.
import type { Happening } from '../booking/replay-history.ts'
import { crowdOf, type Crowd } from './crowd.ts'
import { firstMemberParts } from './first-member.ts'
import type { Character, DemoClass, Scene } from './scene.ts'

/** Everything that happened until now, in the order of time. */
export function demoStory(scene: Scene): Happening[] {
  const [first] = scene.characters as [Character]
  const parts = firstMemberParts(scene.classes)
  const told = scene.classes.flatMap(one => tellClass(scene, one, crowdOf(scene, one, { first, part: parts.get(one.id) })))
  return told.sort((a, b) => Temporal.Instant.compare(a.at, b.at))
}

const noShowShare = 0.06
const graceMinutes = 10

function tellClass(scene: Scene, one: DemoClass, crowd: Crowd): Happening[] {
  const { random, now } = scene
  const times = timesOf(scene, one)
  const tell = (who: Character, did: Happening['did'], at: Temporal.Instant): Happening => ({ at, did, userId: who.id, sessionId: one.id })
  const turnUp = (who: Character, misses: boolean): Happening[] => {
    const missedAt = one.startsAt.add({ minutes: graceMinutes })
    // Of a class that is running some are still on their way.
    if (one.status === 'published' || ((misses || who.strays) && Temporal.Instant.compare(missedAt, now) > 0)) return []
    if (misses) return [tell(who, 'miss', missedAt)]
    const cameAt = one.status === 'completed' ? times.door() : one.startsAt.subtract({ minutes: 6 })
    return [who.strays ? tell(who, 'miss', missedAt) : tell(who, 'attend', cameAt)]
  }
  const staying = crowd.staying.flatMap(({ who, misses = random.fraction() < noShowShare }) => [tell(who, 'book', times.early()), ...turnUp(who, misses)])
  const quitting = crowd.quitting.flatMap(({ who, hoursBefore }) => {
    const quitAt = hoursBefore === undefined ? times.late() : one.startsAt.subtract({ hours: hoursBefore })
    return [tell(who, 'book', times.early()), tell(who, 'cancel', quitAt)]
  })
  const waiting = crowd.waiting.map((who, place) => tell(who, 'wait', times.queue(place)))
  const holding = crowd.holding ? [tell(crowd.holding, 'hold', now.subtract({ minutes: 2 }))] : []
  const told = [...staying, ...quitting, ...waiting, ...holding]
  const [next] = crowd.waiting
  if (!crowd.handingOn || !next) return told
  const quitAt = times.late()
  const handed = [tell(crowd.handingOn, 'book', times.early()), tell(crowd.handingOn, 'cancel', quitAt), tell(next, 'book', quitAt.add({ minutes: 3 }))]
  return [...told, ...handed, ...turnUp(next, false)]
}

// From this hour on people are up; before it nobody books, queues or cancels.
const wakeHour = 7

/** Windows that follow each other: a class fills, then people queue, then somebody cancels. */
function timesOf({ now, random, timeZone }: Scene, { startsAt }: DemoClass) {
  const beforeStart = startsAt.subtract({ minutes: 30 })
  const beforeNow = now.subtract({ minutes: 5 })
  const last = Temporal.Instant.compare(beforeStart, beforeNow) < 0 ? beforeStart : beforeNow
  const hoursBefore = (from: number, to: number) => last.subtract({ seconds: random.between(from * 3600, to * 3600) })
  const byDay = (at: Temporal.Instant, hours: number) => (at.toZonedDateTimeISO(timeZone).hour < wakeHour ? at.add({ hours }) : at)
  const queueFrom = byDay(last.subtract({ hours: 70 }), wakeHour)
  return {
    early: () => byDay(hoursBefore(82, 144), wakeHour),
    queue: (place: number) => queueFrom.add({ seconds: place * 2400 + random.between(0, 2000) }),
    late: () => byDay(hoursBefore(1, 36), -wakeHour - 1),
    door: () => startsAt.subtract({ seconds: random.between(60, 720) }),
  }
}
