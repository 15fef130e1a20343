// A class session as the rules see it, without a database.
import type { SessionId, TemplateId, UserId } from '../src/platform/ids.ts'
import type { ClassSession } from '../src/schedule/class-sessions.ts'

/** A published class of an hour for twelve at one credit, on 13 January 2027 at 07:00 UTC, unless told otherwise; nobody is in it. */
export function classOf(differs: Partial<ClassSession> = {}): ClassSession {
  const startsAt = differs.startsAt ?? Temporal.Instant.from('2027-01-13T07:00:00Z')
  return {
    id: 'session' as SessionId,
    templateId: 'template' as TemplateId,
    trainerId: 'trainer' as UserId,
    startsAt,
    endsAt: startsAt.add({ minutes: 60 }),
    capacity: 12,
    taken: 0,
    waiting: 0,
    waitlistLength: 0,
    status: 'published',
    priceCredits: 100,
    dropInCents: null,
    kind: 'class',
    seriesId: null,
    occurrenceOn: null,
    availabilityId: null,
    waitlistPaused: false,
    publishedAt: startsAt.subtract({ hours: 1000 }),
    version: 1,
    ...differs,
  }
}
