// A studio big enough for a rush: members who are signed in and can pay, and classes with room, written in bulk.
import { openLots } from '../server/src/credits/open-lots.ts'
import type { Database } from '../server/src/platform/db.ts'
import { newId, type MembershipId, type SessionId, type TemplateId, type UserId } from '../server/src/platform/ids.ts'
import { newTraceId } from '../server/src/platform/trace.ts'
import { transact } from '../server/src/platform/tx.ts'
import { vacuum } from './past.ts'

/** A member and the token of their session, to be sent as a bearer token. */
export interface Member {
  id: UserId
  token: string
}

/** `credits` in hundredths; null is unlimited access. */
interface MemberWish {
  credits: number | null
}

interface SessionWish {
  capacity: number
  /** Otherwise each session gets a time of its own, so that nobody's classes overlap. */
  startsAt?: Temporal.Instant
  trainerId?: UserId
}

export interface Fixture {
  /** What every time here is counted from. */
  now: Temporal.Instant
  newMembers(count: number, wish?: MemberWish): Promise<Member[]>
  newSessions(wishes: readonly SessionWish[]): Promise<SessionId[]>
  newTrainer(name: string): Promise<UserId>
}

// Limits are there for people, who are slower; a drop opens a class earlier than a month before.
const settings = {
  ...{ holdsPerMinute: 1_000_000, requestsPerMinute: 100_000_000, liveHoldsMax: 100, bookingOpensDays: 365 },
  ...{ holdSeconds: 3600, timeZone: 'UTC' },
}
const chunk = 10_000
const slotMinutes = 30
// Behind the week that is browsed.
const firstSlotDays = 14

/** Opens the studio on an empty, migrated database. */
export async function openFixture(db: Database): Promise<Fixture> {
  const now = db.clock.now()
  await db.sql`insert into settings (effective_from, "values", created_at) values (${now}, ${JSON.stringify(settings)}::text::jsonb, ${now})`
  const trainerId = await newTrainer(db, 'Alex Trainer')
  const templateId = newId<TemplateId>()
  await db.sql`
    insert into class_templates (id, name, type, duration_minutes, default_capacity, trainer_id, price_credits, created_at)
    values (${templateId}, 'Morning Strength', 'Strength', ${slotMinutes}, 12, ${trainerId}, 100, ${now})`
  let slots = 0
  return {
    now,
    newMembers: (count, wish = { credits: null }) => newMembers(db, count, wish),
    newTrainer: name => newTrainer(db, name),
    async newSessions(wishes) {
      const rows = wishes.map(({ capacity, startsAt, trainerId: other }) => ({
        ...{ id: newId<SessionId>(), capacity, trainerId: other ?? trainerId },
        startsAt: startsAt ?? now.add({ hours: 24 * firstSlotDays, minutes: slotMinutes * slots++ }),
      }))
      await insertSessions(db, templateId, rows)
      return rows.map(row => row.id)
    },
  }
}

async function newTrainer({ sql }: Database, name: string): Promise<UserId> {
  const id = newId<UserId>()
  await sql`
    insert into users (id, email, display_name, role, email_verified, created_at, updated_at)
    values (${id}, ${`${id}@bench.test`}, ${name}, 'trainer', true, now(), now())`
  await sql`insert into trainer_profiles (user_id, created_at, updated_at) values (${id}, now(), now())`
  return id
}

type SessionRow = { id: SessionId; capacity: number; trainerId: UserId; startsAt: Temporal.Instant }

async function insertSessions({ sql }: Database, templateId: TemplateId, rows: readonly SessionRow[]): Promise<void> {
  await sql`
    insert into class_sessions (id, template_id, trainer_id, starts_at, ends_at, capacity, status, price_credits, published_at, created_at)
    select id, ${templateId}, trainer_id, starts_at, starts_at + make_interval(mins => ${slotMinutes}), capacity, 'published', 100, now(), now()
    from unnest(${rows.map(row => row.id)}::uuid[], ${rows.map(row => row.trainerId)}::uuid[],
      ${rows.map(row => String(row.startsAt))}::timestamptz[], ${rows.map(row => row.capacity)}::int[])
      as s (id, trainer_id, starts_at, capacity)`
}

async function newMembers(db: Database, count: number, { credits }: MemberWish): Promise<Member[]> {
  const members = Array.from({ length: count }, () => {
    const id = newId<UserId>()
    return { id, token: id.replaceAll('-', '') }
  })
  for (let at = 0; at < count; at += chunk) {
    const part = members.slice(at, at + chunk)
    await signIn(db, part)
    await (credits === null ? giveUnlimited(db, part) : giveCredits(db, part, credits))
  }
  // What was loaded at once is vacuumed and counted, as it would have been long before a rush.
  await vacuum(db, ['users', 'auth_sessions', 'memberships', 'credit_transactions'])
  return members
}

async function signIn({ sql }: Database, members: readonly Member[]): Promise<void> {
  const ids = members.map(member => member.id)
  await sql`
    insert into users (id, email, display_name, email_verified, created_at, updated_at)
    select id, id || '@bench.test', 'Member ' || id, true, now(), now() from unnest(${ids}::uuid[]) as id`
  await sql`
    insert into auth_sessions (user_id, token, expires_at, created_at, updated_at)
    select user_id, token, now() + interval '30 days', now(), now()
    from unnest(${ids}::uuid[], ${members.map(member => member.token)}::text[]) as s (user_id, token)`
}

async function giveUnlimited({ sql }: Database, members: readonly Member[]): Promise<void> {
  await sql`
    insert into memberships (id, user_id, plan_type, name, valid_from, valid_until, created_at)
    select id, user_id, 'unlimited', 'Unlimited', now(), now() + interval '2 years', now()
    from unnest(${members.map(() => newId<MembershipId>())}::uuid[], ${members.map(member => member.id)}::uuid[]) as m (id, user_id)`
}

async function giveCredits(db: Database, members: readonly Member[], credits: number): Promise<void> {
  const context = { actor: { userId: null, role: 'system', via: 'cli' }, traceId: newTraceId() } as const
  await transact(db, context, {}, async tx => {
    const validUntil = tx.now.add({ hours: 24 * 700 })
    const pack = { credits, name: 'A pack', planType: 'pack', validUntil, reason: 'a benchmark' } as const
    openLots(tx, members.map(member => ({ userId: member.id, ...pack })), 'UTC')
  })
}
