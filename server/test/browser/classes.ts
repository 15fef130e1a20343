// Classes that a journey goes to: each with a trainer of its own, at an hour at which the demo's first member is free.
import type { Database } from '../../src/platform/db.ts'
import type { UserId } from '../../src/platform/ids.ts'
import type { ClassSession } from '../../src/schedule/class-sessions.ts'
import { aSession, aTemplate, aTrainer } from '../world.ts'

const timeZone = 'Europe/Madrid'

export interface Class extends ClassSession {
  name: string
  trainer: string
  /** In the studio's zone. */
  day: string
}

/** The studio's day so many days from today. */
export function dayAhead(db: Database, days: number): Temporal.PlainDate {
  return db.clock.now().toZonedDateTimeISO(timeZone).toPlainDate().add({ days })
}

interface Wish {
  name: string
  /** From 2 on, cancelling it in time returns everything. */
  daysAhead?: number
  capacity?: number
  /** Somebody new unless told. */
  trainerId?: UserId
}

/** A published class at three in the afternoon. */
export async function aClass(db: Database, { name, daysAhead = 2, capacity = 1, ...wish }: Wish): Promise<Class> {
  const day = dayAhead(db, daysAhead)
  const trainer = `Trainer of ${name}`
  const trainerId = wish.trainerId ?? (await aTrainer(db, trainer)).id
  const { id: templateId } = await aTemplate(db, { name, type: 'Rowing', trainerId, defaultCapacity: capacity })
  const startsAt = day.toZonedDateTime({ timeZone, plainTime: '15:00' }).toInstant()
  const session = await aSession(db, { templateId, startsAt })
  return { ...session, name, trainer, day: day.toString() }
}

/** The studio's wall time, as its pages say it. */
export function wallTime(iso: string): string {
  return Temporal.Instant.from(iso).toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' })
}
