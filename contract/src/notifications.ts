// What people are told, by which ways, and what they would rather not hear.
import Type from 'typebox'
import { Id, Instant, Nullable, OneOf, PageQuery, Shape, WallTime } from './scalars.ts'

export const messageKinds = [
  'booking-confirmed',
  'booking-cancelled',
  'session-cancelled',
  'session-on-again',
  'session-changed',
  'reminder-day',
  'reminder-hour',
  'waitlist-offer',
  'waitlist-booked',
  'no-show',
  'credit-expiring',
  'block-began',
  'block-ended',
  'standing-decided',
  /** To admins alone. */
  'webhook-paused',
] as const

/** What somebody chooses about together. `changes`: what the studio did to their booking; `penalties`: what is held against them. */
export const messageGroups = ['bookings', 'changes', 'reminders', 'waitlist', 'credits', 'penalties'] as const
export type MessageGroup = (typeof messageGroups)[number]

export const messageChannels = ['email', 'sms', 'push'] as const
export type MessageChannel = (typeof messageChannels)[number]

export const messageLanguages = ['en', 'es'] as const

/** `failed` is for good, until staff send it again. */
export const messageStates = ['waiting', 'sent', 'failed', 'skipped'] as const
export type MessageState = (typeof messageStates)[number]

/** Why it was not sent: no longer wanted, no longer true, or nowhere to send it. */
export const skippedBecause = ['preference', 'outdated', 'no-address'] as const

const QuietHours = Shape({ start: WallTime, end: WallTime })
/** An IANA time zone's name. */
const Zone = Type.String({ minLength: 1, maxLength: 64 })

/** By group, what comes by which way; `required` comes in any case. */
const GroupChoice = Type.Object({
  group: OneOf(messageGroups),
  email: Type.Boolean(),
  sms: Type.Boolean(),
  push: Type.Boolean(),
  required: Type.Array(OneOf(messageChannels)),
})

/** `timeZone` and `quietHours` null: the studio's. In quiet hours only what cannot wait comes; equal ends are none. */
export const NotificationPreferences = Type.Object({
  language: OneOf(messageLanguages),
  timeZone: Nullable(Zone),
  quietHours: Nullable(QuietHours),
  studio: Type.Object({ timeZone: Type.String(), quietHours: QuietHours }),
  /** The ways this studio has. */
  channels: Type.Array(OneOf(messageChannels)),
  groups: Type.Array(GroupChoice),
})
export type NotificationPreferences = Type.Static<typeof NotificationPreferences>

const Ways = Type.Optional(Shape({ email: Type.Optional(Type.Boolean()), sms: Type.Optional(Type.Boolean()), push: Type.Optional(Type.Boolean()) }))

/** What is left out stays as it is. */
export const PreferencesChange = Shape({
  language: Type.Optional(OneOf(messageLanguages)),
  timeZone: Type.Optional(Nullable(Zone)),
  quietHours: Type.Optional(Nullable(QuietHours)),
  groups: Type.Optional(Shape({ bookings: Ways, changes: Ways, reminders: Ways, waitlist: Ways, credits: Ways, penalties: Ways })),
})
export type PreferencesChange = Type.Static<typeof PreferencesChange>

const told = {
  id: Id,
  kind: OneOf(messageKinds),
  channel: OneOf(messageChannels),
  state: OneOf(messageStates),
  skipped: Nullable(OneOf(skippedBecause)),
  /** In one line, and in one short paragraph. */
  title: Type.String(),
  body: Type.String(),
  /** Where it leads. */
  url: Type.String(),
  createdAt: Instant,
  /** When it is sent, or is tried again. */
  dueAt: Instant,
  sentAt: Nullable(Instant),
}

/** What I was told, or am about to be. */
export const MyMessage = Type.Object(told)
export type MyMessage = Type.Static<typeof MyMessage>

/** As staff see it: to whom, how often it was tried, and what the other side said last. */
export const StaffMessage = Type.Object({
  ...told,
  user: Type.Object({ id: Id, name: Type.String(), email: Type.String() }),
  attempts: Type.Integer(),
  lastError: Nullable(Type.String()),
})
export type StaffMessage = Type.Static<typeof StaffMessage>

/** With all that it says. `html` is shown in a frame that runs nothing. */
export const StaffMessageDetail = Type.Object({
  ...StaffMessage.properties,
  subject: Type.String(),
  text: Type.String(),
  html: Nullable(Type.String()),
  attachments: Type.Array(Type.Object({ name: Type.String(), type: Type.String() })),
  /** What the other side calls it. */
  reference: Nullable(Type.String()),
})
export type StaffMessageDetail = Type.Static<typeof StaffMessageDetail>

/** What the link of a mail is for, and whether those mails come. */
export const Unsubscription = Type.Object({ group: OneOf(messageGroups), channel: Type.Literal('email'), subscribed: Type.Boolean() })
export type Unsubscription = Type.Static<typeof Unsubscription>

export const UnsubscribeQuery = Shape({ token: Type.String({ minLength: 1, maxLength: 200 }) })
/** What mail programs post (RFC 8058); our own page posts nothing. */
export const OneClick = Shape({ 'List-Unsubscribe': Type.Optional(Type.Literal('One-Click')) })

/** A mail by which somebody signs in: shown in the demo only. */
export const SignInLetter = Type.Object({
  to: Type.String(),
  about: OneOf(['password-reset', 'email-verification', 'magic-link']),
  link: Type.String(),
  at: Instant,
})
export type SignInLetter = Type.Static<typeof SignInLetter>
export const SignInLetters = Type.Object({ items: Type.Array(SignInLetter) })

export const MessageQuery = Shape(PageQuery)
export type MessageQuery = Type.Static<typeof MessageQuery>
export const StaffMessageQuery = Shape({ state: Type.Optional(OneOf(messageStates)), userId: Type.Optional(Id), ...PageQuery })
export type StaffMessageQuery = Type.Static<typeof StaffMessageQuery>
