// The ways by which this installation reaches people, and where each of them is reached.
import { peopleById } from '../identity/display-names.ts'
import type { UserId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import type { Channel } from './channel.ts'
import { openSmtp } from './smtp-channel.ts'

export interface Way {
  channel: Channel
  /** Where these people are reached; whoever is left out, or has none, is not reached by this way. */
  addressesOf(sql: Sql, userIds: readonly UserId[]): Promise<Map<UserId, string[]>>
}

/** What the environment says of mail. */
interface MailOptions {
  smtpUrl: string | null
  mailFrom: string | null
  publicUrl: string
}

/** Opens what the environment names; nothing connects before there is something to send. */
export function openWays(options: MailOptions): Way[] {
  return [{ channel: openMail(options), addressesOf: mailAddresses }]
}

/** The mail server; null without one. */
export function mailOf({ smtpUrl }: Pick<MailOptions, 'smtpUrl'>, ways: readonly Way[]): Channel | null {
  return smtpUrl === null ? null : (ways.find(way => way.channel.name === 'email')?.channel ?? null)
}

/** Without a mail server the row itself is the outbox: staff read it there. */
function openMail({ smtpUrl, mailFrom, publicUrl }: MailOptions): Channel {
  const domain = new URL(publicUrl).hostname
  if (smtpUrl !== null) return openSmtp({ url: smtpUrl, from: mailFrom ?? `FitFlow <no-reply@${domain}>`, domain })
  return { name: 'email', send: () => Promise.resolve({ outcome: 'sent', reference: null }), close: () => Promise.resolve() }
}

async function mailAddresses(sql: Sql, userIds: readonly UserId[]): Promise<Map<UserId, string[]>> {
  const people = await peopleById(sql, userIds)
  return new Map(Array.from(people, ([id, { email }]) => [id, [email]]))
}
