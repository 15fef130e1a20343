// Making a dated class session out of a template.
import type { NewSession } from '@fitflow/contract/sessions.ts'
import { newId, type SessionId, type TemplateId, type UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { refuseAttending, type AttendedBy } from './attending.ts'
import { insertSession, type ClassSession, type UnbornSession } from './class-sessions.ts'
import { refuseClosed } from './closures.ts'
import { readTemplate, refuseCrowdedOneToOne, type ClassTemplate } from './class-templates.ts'
import { mayChange, refuseNaming } from './rights.ts'
import { sessionCards, type SessionCard } from './session-cards.ts'
import { refuseStart } from './session-state.rule.ts'
import { isLive, refuseBusyTrainer, refuseClash, refuseWhoDoesNotTeach } from './trainer-clash.ts'

/**
 * Makes a session with the template's length, price and, unless told otherwise, capacity and trainer; a draft unless `published`.
 * Runs SERIALIZABLE: whoever keeps the trainer busy is then in sight and can be named.
 * Throws `not-found`, `forbidden`, `template-archived`, `invalid-request` for nobody who teaches and for a 1:1 of more than
 * one, `session-state` for a start that is not ahead, `studio-closed`, `trainer-busy`.
 */
export async function createSession(tx: Tx, wish: NewSession, attendedBy: AttendedBy): Promise<SessionCard> {
  const template = await usableTemplate(tx, wish.templateId as TemplateId)
  const trainerId = (wish.trainerId ?? template.trainerId) as UserId
  refuseNaming(tx.actor, trainerId)
  await refuseWhoDoesNotTeach(tx.sql, trainerId)
  const unborn = fromTemplate(template, { ...wish, trainerId })
  refuseStart(unborn.startsAt, tx.now)
  await refuseClosed(tx, [unborn])
  if (isLive(unborn)) {
    await refuseBusyTrainer(tx, unborn)
    await refuseAttending(tx, [unborn], attendedBy)
  }
  const session = await insertSession(tx, unborn)
  if (!session) {
    await refuseClash(tx, unborn)
    throw new Error(`session ${unborn.id} met a conflict that is not there`)
  }
  announce(tx, session)
  const cards = await sessionCards(tx.sql, [session.id])
  return cards.get(session.id) as SessionCard
}

/** The template when the actor may make sessions out of it. Throws `not-found`, `template-archived`. */
export async function usableTemplate(tx: Tx, id: TemplateId): Promise<ClassTemplate> {
  const template = await readTemplate(tx.sql, id)
  if (!template || !mayChange(tx.actor, template.trainerId)) {
    throw new Problem('not-found', 'There is no such class template.')
  }
  if (template.archivedAt) {
    throw new Problem('template-archived', `“${template.name}” is out of use. Take it back into use first.`, {
      archivedAt: String(template.archivedAt),
    })
  }
  return template
}

function fromTemplate(template: ClassTemplate, wish: NewSession & { trainerId: UserId }): UnbornSession {
  const startsAt = Temporal.Instant.from(wish.startsAt)
  const capacity = wish.capacity ?? template.defaultCapacity
  refuseCrowdedOneToOne(template.kind, capacity, 'body/capacity')
  return {
    id: newId<SessionId>(),
    templateId: template.id,
    trainerId: wish.trainerId,
    startsAt,
    // Elapsed time: an hour is an hour, also in the night when the clocks change.
    endsAt: startsAt.add({ minutes: template.durationMinutes }),
    capacity,
    status: wish.status ?? 'draft',
    priceCredits: template.priceCredits,
    dropInCents: template.dropInCents,
    kind: template.kind,
    capacityOverridden: capacity !== template.defaultCapacity,
    trainerOverridden: wish.trainerId !== template.trainerId,
  }
}

function announce(tx: Tx, session: ClassSession): void {
  const { id, templateId, trainerId, startsAt, endsAt, capacity, status, version } = session
  const details = { templateId, trainerId, startsAt: String(startsAt), endsAt: String(endsAt), capacity, status }
  tx.audit({ entityType: 'class_session', entityId: id, action: 'created', details })
  if (status === 'published') tx.emit('session.published', { sessionId: id, version })
}
