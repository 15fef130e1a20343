// How people reach the schedule's own part: the studio, its settings, its class templates, and a new session.
import { Studio } from '@fitflow/contract/identity.ts'
import { Id, Page, Shape } from '@fitflow/contract/scalars.ts'
import { ClassTemplate, NewSession, NewTemplate, StaffSession, TemplateChange, TemplateQuery } from '@fitflow/contract/sessions.ts'
import type { Database } from '../platform/db.ts'
import { expectVersion } from '../platform/etag.ts'
import type { Edge } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import type { SessionId, TemplateId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import type { AttendedBy } from './attending.ts'
import { changeTemplate, comingSessionsOf } from './change-template.ts'
import { listTemplates, toWireTemplate } from './class-templates.ts'
import { createSession } from './create-session.ts'
import { createTemplate } from './create-template.ts'
import { availabilityRoutes } from './routes-for-availability.ts'
import { seriesRoutes } from './routes-for-series.ts'
import { settingsRoutes } from './routes-for-settings.ts'
import type { SettingsStore } from './settings.ts'
import { emptyRoom, toWireStaffSession } from './staff-sessions.ts'

interface House {
  db: Database
  settings: SettingsStore
  attendedBy: AttendedBy
  /** Whether this is the demo studio. */
  demo: boolean
}

export function routes(edge: Edge, house: House): void {
  studioRoute(edge, house)
  settingsRoutes(edge, house)
  templateRoutes(edge, house)
  templateChangeRoute(edge, house)
  sessionRoute(edge, house)
  seriesRoutes(edge, house)
  availabilityRoutes(edge, house)
}

function studioRoute(edge: Edge, { db, settings, demo }: House): void {
  edge.read(
    {
      method: 'GET',
      path: '/studio',
      access: 'anyone',
      summary: 'The studio: its name, zone, currency and clock',
      answers: { 200: Studio },
    },
    ({ context }) =>
      readOnly(db, context, async tx => {
        const { studioName: name, timeZone, currency, accentColor } = settings.current()
        return { name, timeZone, currency, accentColor, now: String(tx.now), demo }
      }),
  )
}

function templateRoutes(edge: Edge, { db, settings }: House): void {
  edge.read(
    {
      method: 'GET',
      path: '/admin/templates',
      access: 'trainer',
      summary: 'Class templates by name: a trainer’s own, an admin’s all',
      query: TemplateQuery,
      answers: { 200: Page(ClassTemplate) },
    },
    ({ context, query }) =>
      readOnly(db, context, async tx => {
        const { items, nextCursor } = await listTemplates(tx, query)
        return { items: items.map(template => toWireTemplate(template, settings.current())), nextCursor }
      }),
  )
  edge.command(
    {
      method: 'POST',
      path: '/admin/templates',
      access: 'trainer',
      summary: 'Make a class template',
      body: NewTemplate,
      answers: { 201: ClassTemplate },
      problems: ['forbidden'],
    },
    call =>
      answerOnce(db, call, { isolation: 'read committed' }, async tx => {
        return { status: 201, body: toWireTemplate(await createTemplate(tx, call.body), settings.current()) }
      }),
  )
}

function templateChangeRoute(edge: Edge, { db, settings }: House): void {
  edge.command(
    {
      method: 'PATCH',
      path: '/admin/templates/:id',
      access: 'trainer',
      summary: 'Change a class template, or take it out of use; sessions that stand keep their own numbers',
      params: Shape({ id: Id }),
      body: TemplateChange,
      answers: { 200: ClassTemplate },
      problems: ['not-found', 'forbidden', 'precondition-failed'],
    },
    async call => {
      const id = call.params.id as TemplateId
      const expect = (version: number) => expectVersion(call.request.headers, version)
      let sessions: SessionId[] = []
      const answer = await answerOnce(db, call, { isolation: 'read committed' }, async tx => {
        const template = await changeTemplate(tx, { id, change: call.body, expect })
        sessions = await comingSessionsOf(tx, id)
        return { status: 200, body: toWireTemplate(template, settings.current()) }
      })
      // Cards of its sessions carry its name.
      if (sessions.length > 0) db.signals.send({ sessions })
      return answer
    },
  )
}

function sessionRoute(edge: Edge, { db, settings, attendedBy }: House): void {
  edge.command(
    {
      method: 'POST',
      path: '/admin/sessions',
      access: 'trainer',
      summary: 'Make a class session out of a template: a draft, unless it is to be published at once',
      body: NewSession,
      answers: { 201: StaffSession },
      problems: ['not-found', 'forbidden', 'template-archived', 'session-state', 'studio-closed', 'trainer-busy'],
    },
    call =>
      answerOnce(db, call, {}, async tx => {
        const card = await createSession(tx, call.body, attendedBy)
        return { status: 201, body: toWireStaffSession(card, emptyRoom, settings.current().currency) }
      }),
  )
}
