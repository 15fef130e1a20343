// How people reach what they are told: their messages and choices, and for staff what was sent and what was not.
import { MessageQuery, MyMessage, NotificationPreferences, PreferencesChange, SignInLetters, StaffMessage, StaffMessageDetail, StaffMessageQuery } from '@fitflow/contract/notifications.ts'
import { Id, Page, Shape } from '@fitflow/contract/scalars.ts'
import type { QrTokens } from '../booking/qr-token.ts'
import type { Database } from '../platform/db.ts'
import type { Edge } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import type { MessageId } from '../platform/ids.ts'
import type { Secret } from '../platform/secret.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { openScene } from './class-facts.ts'
import type { Letters } from './letters.ts'
import type { Framing } from './message-frame.ts'
import { changePreferences, preferencesOf, toWirePreferences } from './preferences.ts'
import { myMessages, staffMessage, staffMessagePage, staffMessages } from './read-messages.ts'
import { resendMessage } from './resend.ts'
import { phoneRoutes } from './routes-for-phone.ts'
import { pushRoutes, type PushHouse } from './routes-for-push.ts'
import { twilioRoutes } from './routes-for-twilio.ts'
import { unsubscribeRoutes } from './routes-for-unsubscribing.ts'
import type { Account } from './twilio-posts.ts'
import type { Way } from './ways.ts'

interface ReadersHouse extends Framing {
  letters: Pick<Letters, 'kept'>
  db: Database
  settings: SettingsStore
  qr: QrTokens
  ways: readonly Way[]
}

export interface NotificationsHouse extends ReadersHouse {
  secret: Secret
  twilio: Account | null
  push: PushHouse['push']
}

const ById = Shape({ id: Id })

export function routes(edge: Edge, house: NotificationsHouse): void {
  ownRoutes(edge, house)
  staffRoutes(edge, house)
  unsubscribeRoutes(edge, house)
  phoneRoutes(edge, { ...house, sms: house.ways.find(way => way.channel.name === 'sms')?.channel ?? null })
  twilioRoutes(edge, house)
  pushRoutes(edge, house)
}

function ownRoutes(edge: Edge, house: ReadersHouse): void {
  const { db, settings, ways } = house
  const channels = ways.map(way => way.channel.name)
  edge.read(
    { method: 'GET', path: '/me/notification-preferences', access: 'client', summary: 'By which ways I am told of what', answers: { 200: NotificationPreferences } },
    async ({ principal }) => toWirePreferences((await preferencesOf(db.sql, [principal.userId]))(principal.userId), settings.current(), channels),
  )
  edge.command(
    {
      ...{ method: 'PATCH', path: '/me/notification-preferences', access: 'client', summary: 'Choose by which ways I am told of what' },
      ...{ body: PreferencesChange, answers: { 200: NotificationPreferences }, problems: ['message-required'] },
    } as const,
    ({ body, keyed, context, principal }) =>
      answerOnce(db, { keyed, context }, { isolation: 'read committed' }, async tx => {
        const chosen = await changePreferences(tx, principal.userId, body)
        return { status: 200, body: toWirePreferences(chosen, settings.current(), channels) }
      }),
  )
  edge.read(
    { method: 'GET', path: '/me/messages', access: 'client', summary: 'What I was told, latest first', query: MessageQuery, answers: { 200: Page(MyMessage) } },
    ({ principal: { userId }, query }) => myMessages(openScene({ sql: db.sql, now: db.clock.now() }, house), house, { userId, query }),
  )
}

function staffRoutes(edge: Edge, house: ReadersHouse): void {
  const { db, letters } = house
  edge.read(
    { method: 'GET', path: '/admin/letters', access: 'admin', summary: 'Sign-in mails of the demo; elsewhere none are kept', answers: { 200: SignInLetters } },
    () => Promise.resolve({ items: letters.kept() }),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/messages', access: 'admin', summary: 'What people were told, latest first: the outbox, and what failed' },
      ...{ query: StaffMessageQuery, answers: { 200: Page(StaffMessage) } },
    } as const,
    ({ query }) => staffMessages(db.sql, house, query),
  )
  edge.read(
    { method: 'GET', path: '/admin/messages/:id', access: 'admin', summary: 'One message with all that it says', params: ById, answers: { 200: StaffMessageDetail } },
    ({ params }) => staffMessage(db.sql, house, params.id as MessageId),
  )
  edge.file(
    {
      ...{ method: 'GET', path: '/admin/messages/:id/page', access: 'admin', summary: 'A mail as its reader sees it, to be shown in a frame' },
      ...{ params: ById, contentType: 'text/html; charset=utf-8', framed: true },
    } as const,
    ({ params }) => staffMessagePage(db.sql, house, params.id as MessageId),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/messages/:id/resend', access: 'admin', summary: 'Send again what had failed for good' },
      ...{ params: ById, answers: { 200: StaffMessage }, problems: ['message-not-failed'] },
    } as const,
    async ({ params, keyed, context }) => {
      const answer = await answerOnce(db, { keyed, context }, { isolation: 'read committed' }, async tx => ({
        status: 200,
        body: await resendMessage(tx, house, params.id as MessageId),
      }))
      db.signals.send({ messages: true })
      return answer
    },
  )
}
