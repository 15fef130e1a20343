// What the demo studio offers: its class templates, in the words that members read.
import type { TrainerName } from './people.ts'

export interface DemoTemplate {
  name: string
  type: string
  description: string
  durationMinutes: number
  defaultCapacity: number
  trainer: TrainerName
  /** As on the wire: credits as decimals, the single price in cents. */
  credits: number
  dropIn: number
}

export const demoTemplates = {
  morningStrength: {
    name: 'Morning Strength',
    type: 'Strength',
    description:
      'Squat, hinge, push, pull, carry: the whole body before breakfast. We warm up together, lift in pairs at a weight that suits you, and finish on time for work. Every level; tell Alex about old injuries before the first set.',
    durationMinutes: 60,
    defaultCapacity: 12,
    trainer: 'alex',
    credits: 1,
    dropIn: 1600,
  },
  barbellClub: {
    name: 'Barbell Club',
    type: 'Strength',
    description:
      'Six people, three racks, one coach. A four-week cycle of squat, bench and deadlift with your own numbers on the board. For those who have the basics and want to see them grow. Bring flat shoes.',
    durationMinutes: 75,
    defaultCapacity: 6,
    trainer: 'alex',
    credits: 2,
    dropIn: 2800,
  },
  hiit: {
    name: 'HIIT 45',
    type: 'HIIT',
    description:
      'Forty seconds on, twenty off, on rower, sled, rope and floor. Short, loud and honest: each station has an easy and a hard version, and nobody looks which one you take. Bring water and a towel.',
    durationMinutes: 45,
    defaultCapacity: 14,
    trainer: 'iker',
    credits: 1,
    dropIn: 1600,
  },
  boxing: {
    name: 'Boxing Fundamentals',
    type: 'Boxing',
    description:
      'Stance, jab, cross, and how to breathe while doing it. Two rounds of rope, technique in pairs, pads with Iker, bag work to the bell. No sparring, no experience needed; gloves and wraps are here.',
    durationMinutes: 60,
    defaultCapacity: 10,
    trainer: 'iker',
    credits: 1,
    dropIn: 1600,
  },
  vinyasa: {
    name: 'Vinyasa Flow',
    type: 'Yoga',
    description:
      'A steady flow that follows the breath, from sun salutations to one calm peak pose and a long rest. Variations for tight hips and tired wrists. Mats and blocks are on the shelf; come five minutes early to arrive.',
    durationMinutes: 60,
    defaultCapacity: 16,
    trainer: 'noa',
    credits: 1,
    dropIn: 1500,
  },
  mobility: {
    name: 'Mobility & Stretch',
    type: 'Mobility',
    description:
      'Ankles, hips, spine, shoulders: slow work for people who sit all day or train hard. You leave taller than you came. Good the evening after a heavy class, and a gentle place to start.',
    durationMinutes: 45,
    defaultCapacity: 15,
    trainer: 'noa',
    credits: 0.5,
    dropIn: 800,
  },
  reformer: {
    name: 'Reformer Pilates',
    type: 'Pilates',
    description:
      'Eight reformers, springs set for you, and fifty-five minutes in which small movements turn out to be the hard ones. Control before strength, strength before speed. Grip socks, please; we sell them at the desk.',
    durationMinutes: 55,
    defaultCapacity: 8,
    trainer: 'amara',
    credits: 1.5,
    dropIn: 2200,
  },
  ride: {
    name: 'Indoor Ride',
    type: 'Cycling',
    description:
      'Lights down, cadence up: three climbs, two sprints and a playlist that Amara guards with her life. You set the resistance, so first-timers and racers ride side by side. Cleats or trainers, both fit.',
    durationMinutes: 45,
    defaultCapacity: 18,
    trainer: 'amara',
    credits: 1,
    dropIn: 1500,
  },
} as const satisfies Record<string, DemoTemplate>

export type TemplateName = keyof typeof demoTemplates
