// Rows of message_preferences: how somebody would like to be told, and how the wire shows it.
import { messageChannels, messageGroups, type MessageChannel, type NotificationPreferences, type PreferencesChange } from '@fitflow/contract/notifications.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { malformed } from '../platform/shape.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { isTimeZone } from '../schedule/settings.rule.ts'
import type { Settings } from '../schedule/settings.ts'
import type { Language } from './message-kinds.ts'
import { chosen, forbiddenChoice, requiredWays, wants, type Choices } from './preferences.rule.ts'

export interface Preferences {
  language: Language
  /** Null: the studio's. */
  timeZone: string | null
  quietStart: string | null
  quietEnd: string | null
  choices: Choices
}

/** What holds for whoever never chose. */
const usual: Preferences = { language: 'en', timeZone: null, quietStart: null, quietEnd: null, choices: {} }

/** The preferences of each of these people. */
export async function preferencesOf(sql: Sql, userIds: readonly UserId[]): Promise<(userId: UserId) => Preferences> {
  const rows = await sql<(Preferences & { userId: UserId })[]>`
    select user_id, language, time_zone, quiet_start, quiet_end, choices from message_preferences
    where user_id = any(${[...new Set(userIds)]}::uuid[])`
  const known = new Map(rows.map(({ userId, ...row }) => [userId, row]))
  return userId => known.get(userId) ?? usual
}

/** Changes them; what is left out stays. Throws `message-required` and `invalid-request`. */
export async function changePreferences(tx: Tx, userId: UserId, change: PreferencesChange): Promise<Preferences> {
  // Two changes at once are both kept: the second waits for the first, and builds on it.
  await tx.sql`
    insert into message_preferences (user_id, language, choices, updated_at)
    values (${userId}, ${usual.language}, ${tx.sql.json({})}, ${tx.now}) on conflict do nothing`
  const [row] = await tx.sql<[Preferences]>`
    select language, time_zone, quiet_start, quiet_end, choices from message_preferences where user_id = ${userId} for update`
  const next = changed(row, change)
  await tx.sql`
    update message_preferences set language = ${next.language}, time_zone = ${next.timeZone}, quiet_start = ${next.quietStart},
      quiet_end = ${next.quietEnd}, choices = ${tx.sql.json(next.choices)}, updated_at = ${tx.now}
    where user_id = ${userId}`
  return next
}

function changed(was: Preferences, { language, timeZone, quietHours, groups }: PreferencesChange): Preferences {
  if (timeZone && !isTimeZone(timeZone)) throw malformed([{ path: 'body/timeZone', message: 'is not a time zone we know, as Europe/Madrid is' }])
  const forbidden = groups && forbiddenChoice(groups)
  if (forbidden) throw new Problem('message-required', 'These messages say what becomes of your bookings and cannot be turned off by e-mail.', forbidden)
  return {
    language: language ?? was.language,
    timeZone: timeZone === undefined ? was.timeZone : timeZone,
    quietStart: quietHours === undefined ? was.quietStart : (quietHours?.start ?? null),
    quietEnd: quietHours === undefined ? was.quietEnd : (quietHours?.end ?? null),
    choices: groups ? chosen(was.choices, groups) : was.choices,
  }
}

/** On the wire, beside what the studio does. */
export function toWirePreferences({ choices, ...own }: Preferences, settings: Settings, channels: readonly MessageChannel[]): NotificationPreferences {
  const comes = (group: (typeof messageGroups)[number]) => Object.fromEntries(messageChannels.map(channel => [channel, wants(choices, group, channel)])) as Record<MessageChannel, boolean>
  return {
    language: own.language,
    timeZone: own.timeZone,
    quietHours: own.quietStart === null || own.quietEnd === null ? null : { start: own.quietStart, end: own.quietEnd },
    studio: { timeZone: settings.timeZone, quietHours: { start: settings.quietHoursStart, end: settings.quietHoursEnd } },
    channels: [...channels],
    groups: messageGroups.map(group => ({ group, ...comes(group), required: [...requiredWays(group)] })),
  }
}
