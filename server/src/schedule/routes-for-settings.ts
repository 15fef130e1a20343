// How an admin reaches the settings: what holds, what a change would say, the change itself, every version, and taking one back.
import {
  Settings,
  SettingsChange,
  SettingsPreview,
  SettingsPreviewQuery,
  SettingsVersions,
  SettingsVersionsQuery,
  SettingsWithdrawal,
} from '@fitflow/contract/settings.ts'
import type { Database } from '../platform/db.ts'
import { expectVersion } from '../platform/etag.ts'
import type { Edge } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import { readOnly } from '../platform/tx.ts'
import { changeSettings, previewSettings, toWireSettings } from './change-settings.ts'
import { settingsVersions } from './settings-versions.ts'
import { inForce, settingsRows, timelineOf } from './settings.ts'
import { withdrawSettings } from './withdraw-settings.ts'

interface House {
  db: Database
}

/** Registers the settings, an admin's alone. */
export function settingsRoutes(edge: Edge, house: House): void {
  readRoutes(edge, house)
  changeRoute(edge, house)
  withdrawRoute(edge, house)
}

function readRoutes(edge: Edge, { db }: House): void {
  edge.read(
    { method: 'GET', path: '/admin/settings', access: 'admin', summary: 'The settings in force, and what they warn of', answers: { 200: Settings } },
    ({ context, reply }) =>
      readOnly(db, context, async tx => {
        const found = inForce(timelineOf(await settingsRows(tx.sql)), tx.now)
        reply.version(found.version)
        return toWireSettings(found)
      }),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/settings-preview', access: 'admin', summary: 'What saving a change of the settings would say' },
      ...{ query: SettingsPreviewQuery, answers: { 200: SettingsPreview } },
    } as const,
    ({ context, query }) => readOnly(db, context, tx => previewSettings(tx, query)),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/settings/versions', access: 'admin' },
      summary: 'Every change of the settings: what held, holds and is planned, by whom, and what it warns of',
      ...{ query: SettingsVersionsQuery, answers: { 200: SettingsVersions } },
    } as const,
    ({ context, query }) => readOnly(db, context, tx => settingsVersions(tx, query)),
  )
}

function changeRoute(edge: Edge, { db }: House): void {
  edge.command(
    {
      method: 'PATCH',
      path: '/admin/settings',
      access: 'admin',
      summary: 'Change settings, now or from a later instant on; answers the version that was added',
      body: SettingsChange,
      answers: { 200: Settings },
      problems: ['setting-contradiction', 'precondition-failed'],
    },
    async call => {
      const expect = (version: number) => expectVersion(call.request.headers, version)
      const answer = await answerOnce(db, call, {}, async tx => {
        return { status: 200, body: toWireSettings(await changeSettings(tx, call.body, expect)) }
      })
      db.signals.send({ settings: true })
      return answer
    },
  )
}

function withdrawRoute(edge: Edge, { db }: House): void {
  edge.command(
    {
      method: 'POST',
      path: '/admin/settings/withdraw',
      access: 'admin',
      summary: 'Take back a change of the settings that has not taken force',
      body: SettingsWithdrawal,
      answers: { 204: null },
      problems: ['not-found', 'settings-not-planned', 'setting-contradiction'],
    },
    async call => {
      const answer = await answerOnce(db, call, {}, async tx => {
        await withdrawSettings(tx, call.body.version)
        return { status: 204 }
      })
      db.signals.send({ settings: true })
      return answer
    },
  )
}
