// What a template says now is given to its coming classes, with everybody in them: all, or those from a day on.
import type { ApplyTemplate, ApplyTemplatePreview } from '@fitflow/contract/series-edits.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { TemplateId } from '../platform/ids.ts'
import type { Context } from '../platform/context.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { withClosures } from '../schedule/change-series.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import { refuseNaming } from '../schedule/rights.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { startOfDay } from '../schedule/studio-days.rule.ts'
import { ownTemplate, planTemplate, sessionsOfTemplate, setPrices, type TemplatePlan } from '../schedule/template-sessions.ts'
import { refuseWhoDoesNotTeach } from '../schedule/trainer-clash.ts'
import { applyPlan, classesIn, lockEverybody, previewPlan, refusePlan } from './many-changes.ts'
import { aboutMany } from './many-sessions.ts'

interface House {
  db: Database
  settings: SettingsStore
}

interface Application {
  wish: ApplyTemplate
  keyed: Keyed
  context: Context
  /** Throws `precondition-failed` when the asker's `If-Match` names another version of the template. */
  refuseStale(version: number): void
}

/**
 * Answers 200 with how many classes changed. All or nothing: throws `not-found`, `precondition-failed`, `trainer-busy` with every clash,
 * `capacity-below-taken`, `invalid-request` when the template's trainer no longer teaches. A class that would reach into a closure
 * is cancelled.
 */
export function applyTemplate(house: House, id: TemplateId, { wish, refuseStale, ...command }: Application): Promise<Answer> {
  const from = instantOf(house, wish)
  const about = (sql: Sql) => sessionsOfTemplate(sql, id, { from, now: house.db.clock.expression(sql) })
  const find = async (sql: Sql) => (await about(sql)).map(session => session.id)
  return aboutMany(house.db.sql, find, ({ sessions, settle }) => {
    const lock = (sql: Sql) => ({ sessions: lockSessions(sql, sessions) })
    return answerOnce(house.db, command, { sessions, lock }, async (tx, locked) => {
      const template = await ownTemplate(tx, id)
      refuseStale(template.version)
      await settle(tx, locked.sessions)
      const plan = await withClosures(tx.sql, planTemplate(template, await about(tx.sql), tx.actor))
      await refuseTrainerOf(tx, plan)
      await lockEverybody(tx, plan)
      await refusePlan(tx, plan)
      await applyPlan(tx, house, plan)
      await setPrices(tx, plan.repriced, template)
      const classes = countOf(plan)
      tx.audit({ entityType: 'class_template', entityId: id, action: 'applied', details: { classes, from: wish.from ?? null } })
      return { status: 200, body: { classes } }
    })
  })
}

/** Whom it would affect, and which version of the template was asked about. Throws `not-found`. */
export async function previewApply(tx: Tx, house: House, of: { id: TemplateId; wish: ApplyTemplate; seen(version: number): void }): Promise<ApplyTemplatePreview> {
  const template = await ownTemplate(tx, of.id)
  of.seen(template.version)
  const now = tx.sql`${tx.now}::timestamptz`
  const sessions = await sessionsOfTemplate(tx.sql, of.id, { from: instantOf(house, of.wish), now })
  const plan = await withClosures(tx.sql, planTemplate(template, sessions, tx.actor))
  return { ...(await previewPlan(tx, house, plan, () => refuseTrainerOf(tx, plan))), classes: countOf(plan), repriced: plan.repriced.length }
}

function instantOf({ settings }: House, { from }: ApplyTemplate): Temporal.Instant {
  return from === undefined ? Temporal.Instant.fromEpochMilliseconds(0) : startOfDay(Temporal.PlainDate.from(from), settings.current().timeZone)
}

const countOf = (plan: TemplatePlan): number => classesIn({ ...plan, substituted: [...plan.substituted, ...plan.repriced.map(session => ({ session, trainerId: session.trainerId }))] })

/** Throws `forbidden`, and `invalid-request` for nobody who teaches. */
async function refuseTrainerOf(tx: Tx, { moves, substituted }: TemplatePlan): Promise<void> {
  const named = new Set([...moves.flatMap(move => move.trainerId ?? []), ...substituted.map(one => one.trainerId)])
  for (const trainerId of named) {
    refuseNaming(tx.actor, trainerId)
    await refuseWhoDoesNotTeach(tx.sql, trainerId)
  }
}
