// When a trainer of a test takes 1:1s.
import type { NewAvailability } from '@fitflow/contract/availability.ts'
import type { Database } from '../src/platform/db.ts'
import { transact } from '../src/platform/tx.ts'
import type { AvailabilityCard } from '../src/schedule/availabilities.ts'
import { createAvailability } from '../src/schedule/change-availability.ts'
import { createTemplate } from '../src/schedule/create-template.ts'
import { aTrainer, system, type Person } from './world.ts'

/** Mondays to Sundays from nine to twelve, slots of an hour, with two hours' notice; of a trainer of its own unless told otherwise. */
export async function anAvailability(db: Database, wish: Partial<NewAvailability> & { trainer?: Person } = {}): Promise<AvailabilityCard> {
  const { trainer = await aTrainer(db), ...terms } = wish
  const template = { name: 'Personal training', type: '1:1', durationMinutes: 60, defaultCapacity: 1, kind: 'one_to_one', trainerId: trainer.id } as const
  const blocks = [1, 2, 3, 4, 5, 6, 7].map(weekday => ({ kind: 'weekly', weekday, from: '09:00', to: '12:00' }) as const)
  return transact(db, system, {}, async tx => {
    const { id: templateId } = await createTemplate(tx, template)
    return createAvailability(tx, { templateId, blocks, noticeMinutes: 120, horizonDays: 28, ...terms })
  })
}
