// The coming classes of a template, and what they would take over from it as it is now; `booking` changes them, because it knows who is in them.
import type { SeriesId, TemplateId, UserId } from '../platform/ids.ts'
import type { Fragment, Sql } from '../platform/sql.ts'
import type { Actor } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { announceChange } from './announce-change.ts'
import type { EditPlan } from './change-series.ts'
import { sessionColumns, type ClassSession } from './class-sessions.ts'
import { readTemplate, type ClassTemplate } from './class-templates.ts'
import { mayChange } from './rights.ts'

/** A session of a template, which of its fields are its own, and what its series says for itself. */
type TemplateSession = ClassSession & {
  timeOverridden: boolean
  capacityOverridden: boolean
  trainerOverridden: boolean
  seriesMinutes: number | null
  seriesCapacity: number | null
  seriesTrainer: UserId | null
}

/** The template as it is now, when the actor may change it. Throws `not-found` otherwise. */
export async function ownTemplate({ sql, actor }: Pick<Tx, 'sql' | 'actor'>, id: TemplateId): Promise<ClassTemplate> {
  const template = await readTemplate(sql, id)
  if (template && mayChange(actor, template.trainerId)) return template
  throw new Problem('not-found', 'There is no such class template.')
}

interface Which {
  /** Those that start from then on. */
  from: Temporal.Instant
  now: Fragment
}

/** Its classes that are ahead, drafts among them, in the order of their locks; slots of 1:1s live by their availability. */
export async function sessionsOfTemplate(sql: Sql, id: TemplateId, { from, now }: Which): Promise<TemplateSession[]> {
  const sessions = await sql<Omit<TemplateSession, 'seriesMinutes' | 'seriesCapacity' | 'seriesTrainer'>[]>`
    select ${sessionColumns(sql)}, time_overridden, capacity_overridden, trainer_overridden from class_sessions
    where template_id = ${id} and starts_at > ${now} and starts_at >= ${from} and status in ('draft', 'published') and availability_id is null
    order by id`
  const own = await sql<{ id: SeriesId; durationMinutes: number | null; capacity: number | null; trainerId: UserId | null }[]>`
    select id, duration_minutes, capacity, trainer_id from class_series where template_id = ${id}`
  const seriesOf = new Map(own.map(series => [series.id, series]))
  return sessions.map(session => {
    const series = session.seriesId === null ? undefined : seriesOf.get(session.seriesId)
    return { ...session, seriesMinutes: series?.durationMinutes ?? null, seriesCapacity: series?.capacity ?? null, seriesTrainer: series?.trainerId ?? null }
  })
}

export interface TemplatePlan extends EditPlan {
  repriced: ClassSession[]
}

/** Each takes over what differs and is neither its own nor its series' own. An actor changes only classes that are theirs. */
export function planTemplate(template: ClassTemplate, sessions: readonly TemplateSession[], actor: Actor): TemplatePlan {
  const plan: TemplatePlan = { moves: [], substituted: [], resized: [], closed: [], repriced: [] }
  for (const session of sessions.filter(one => mayChange(actor, one.trainerId))) {
    const trainerId = session.trainerOverridden ? session.trainerId : (session.seriesTrainer ?? template.trainerId)
    const endsAt = session.startsAt.add({ minutes: session.seriesMinutes ?? template.durationMinutes })
    const capacity = session.seriesCapacity ?? template.defaultCapacity
    const elsewhere = trainerId === session.trainerId ? {} : { trainerId }
    if (!session.timeOverridden && !endsAt.equals(session.endsAt)) plan.moves.push({ session, startsAt: session.startsAt, endsAt, ...elsewhere })
    else if (trainerId !== session.trainerId) plan.substituted.push({ session, trainerId })
    if (!session.capacityOverridden && capacity !== session.capacity) plan.resized.push({ session, capacity })
    if (session.priceCredits !== template.priceCredits || session.dropInCents !== template.dropInCents) plan.repriced.push(session)
  }
  return plan
}

/** Gives the sessions the template's price: for holds from now on, since each hold keeps the one that it was quoted. */
export async function setPrices(tx: Tx, sessions: readonly ClassSession[], { priceCredits, dropInCents }: ClassTemplate): Promise<void> {
  const wasOf = new Map(sessions.map(session => [session.id, session]))
  const rows = await tx.sql<ClassSession[]>`
    update class_sessions set price_credits = ${priceCredits}, drop_in_cents = ${dropInCents}, version = version + 1
    where id = any(${[...wasOf.keys()]}::uuid[]) returning ${sessionColumns(tx.sql)}`
  for (const changed of rows) {
    const was = wasOf.get(changed.id) as ClassSession
    const why = { price: { was: { credits: was.priceCredits, dropIn: was.dropInCents }, is: { credits: priceCredits, dropIn: dropInCents } } }
    announceChange(tx, { ...changed, status: was.status }, { changed, action: 'priced', topic: 'session.changed', why })
  }
}
