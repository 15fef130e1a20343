// Who has which part in one class of the demo: as many as it draws, out of those who can come.
import type { Part } from './first-member.ts'
import { tomorrow, type Character, type DemoClass, type Scene } from './scene.ts'

export interface Crowd {
  /** They book and keep it; `misses` is known of some. */
  staying: { who: Character; misses?: boolean }[]
  /** They book and cancel, so many hours before the start, or when chance says. */
  quitting: { who: Character; hoursBefore?: number }[]
  /** In the order of the queue. */
  waiting: Character[]
  /** In a full class: who cancels, so that the first in the queue gets in. */
  handingOn: Character | null
  /** Somebody who is holding a spot right now. */
  holding: Character | null
}

interface Draw {
  staying: number
  quitting: number
  waiting: number
  handsOn: boolean
  isHeld: boolean
}

/** Casts the class; `lead` is the first member's part in it, if they have one. */
export function crowdOf(scene: Scene, one: DemoClass, lead: { first: Character; part: Part | undefined }): Crowd {
  const { first, part } = lead
  const draw = part?.kind === 'quit' ? roomy(drawOf(scene, one), one) : drawOf(scene, one)
  const cast = casting(scene, one)
  const others = (count: number, taken: boolean) => cast(taken ? count - 1 : count)
  const stays = part?.kind === 'stay' || part?.kind === 'miss'
  const staying = others(Math.max(draw.staying, stays ? 1 : 0), stays).map(who => ({ who }))
  const quitting = cast(draw.quitting).map(who => ({ who }))
  const waiting = others(draw.waiting, part?.kind === 'wait')
  return {
    staying: stays ? [{ who: first, misses: part.kind === 'miss' }, ...staying] : staying,
    quitting: part?.kind === 'quit' ? [{ who: first, hoursBefore: part.hoursBefore }, ...quitting] : quitting,
    // Second in the queue: a place worth waiting in.
    waiting: part?.kind === 'wait' ? waiting.toSpliced(1, 0, first) : waiting,
    handingOn: draw.handsOn ? (cast(1)[0] ?? null) : null,
    holding: draw.isHeld ? (cast(1)[0] ?? null) : null,
  }
}

/** Room for one who comes and goes. */
function roomy(draw: Draw, { capacity }: DemoClass): Draw {
  return { ...draw, staying: Math.min(draw.staying, capacity - 2), quitting: 0, waiting: 0, handsOn: false }
}

// Around an average day some classes draw more, some less.
const spread = 0.2
const queueMax = 3
const freeLeast = 5

function drawOf(scene: Scene, one: DemoClass): Draw {
  const { capacity, day, demand, template } = one
  const { random } = scene
  const { full, fewLeft } = tomorrow(scene.classes)
  const quiet = { quitting: 0, waiting: 0, handsOn: false, isHeld: false }
  if (one === full) return { ...quiet, staying: capacity, waiting: queueMax + 1 }
  if (one === fewLeft) return { ...quiet, staying: capacity - 2, isHeld: true }
  const drawn = demand * nearness(day) + (random.fraction() - 0.5) * spread
  const staying = Math.max(1, Math.min(capacity, Math.round(drawn * capacity)))
  // Whoever tries the demo finds room in it for the next mornings.
  if (template === 'morningStrength' && day > 0) return { ...quiet, staying: Math.min(staying, capacity - freeLeast) }
  if (staying < capacity) return { ...quiet, staying, quitting: Math.min(capacity - staying, random.between(0, 2)) }
  const waiting = random.between(1, queueMax)
  const handsOn = one.status === 'completed'
  return { ...quiet, staying: handsOn ? capacity - 1 : capacity, waiting, handsOn }
}

/** People book what is near first. */
function nearness(day: number): number {
  if (day <= 1) return 1
  if (day <= 3) return 0.85
  return day <= 7 ? 0.6 : 0.3
}

/** Hands out characters who can come and can pay, each at most once; those who like the class come first, mostly. */
function casting({ characters, random }: Scene, one: DemoClass): (count: number) => Character[] {
  const week = Math.floor(one.day / 7)
  const able = characters.slice(1).filter(who => !who.days.has(one.day) && (who.weeks.get(week) ?? 0) < who.perWeek && who.budget >= one.priceCredits)
  const keen = able.map(who => ({ who, score: random.fraction() * (who.favours.includes(one.template) ? 2 : 1) }))
  const queue = keen.sort((a, b) => b.score - a.score).map(({ who }) => who)
  return count => {
    const chosen = queue.splice(0, Math.max(count, 0))
    for (const who of chosen) {
      who.days.add(one.day)
      who.weeks.set(week, (who.weeks.get(week) ?? 0) + 1)
      who.budget -= one.priceCredits
    }
    return chosen
  }
}
