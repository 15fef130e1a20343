// When the demo's trainers take 1:1s.
import type { NewAvailability } from '@fitflow/contract/availability.ts'
import type { UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { createAvailability } from '../schedule/change-availability.ts'
import { createTemplate } from '../schedule/create-template.ts'
import type { TrainerName } from './people.ts'

interface OneToOne {
  trainer: TrainerName
  name: string
  description: string
  durationMinutes: number
  credits: number
  dropIn: number
  terms: Omit<NewAvailability, 'templateId' | 'blocks'>
  /** From and to of each weekday, Monday first. */
  hours: [weekday: number, from: string, to: string][]
}

const oneToOnes: OneToOne[] = [
  {
    ...{ trainer: 'alex', name: 'Personal training', durationMinutes: 60, credits: 3, dropIn: 5500 },
    description: 'Your goal, your pace, the whole floor. Bring what you are working on; we start with how you move today.',
    terms: { bufferMinutes: 15, noticeMinutes: 180, horizonDays: 28 },
    hours: [[1, '10:00', '13:00'], [2, '10:30', '13:00'], [3, '10:00', '13:00'], [4, '15:00', '17:30'], [5, '10:00', '12:30'], [6, '12:30', '15:00']],
  },
  {
    ...{ trainer: 'amara', name: 'Reformer, one to one', durationMinutes: 45, credits: 2.5, dropIn: 4500 },
    description: 'The reformer and a pair of eyes to yourself: for a first time, after an injury, or to get one thing right.',
    terms: { bufferMinutes: 10, noticeMinutes: 120, horizonDays: 21 },
    hours: [[1, '11:00', '14:00'], [3, '11:00', '14:00'], [5, '11:00', '14:00']],
  },
]

/** Opens them. */
export async function openOneToOnes(tx: Tx, trainers: Readonly<Record<TrainerName, UserId>>): Promise<void> {
  for (const { trainer, terms, hours, ...template } of oneToOnes) {
    const { id: templateId } = await createTemplate(tx, { ...template, type: '1:1', kind: 'one_to_one', defaultCapacity: 1, trainerId: trainers[trainer] })
    const blocks = hours.map(([weekday, from, to]) => ({ kind: 'weekly', weekday, from, to }) as const)
    await createAvailability(tx, { templateId, blocks, ...terms })
  }
}
