// The ways by which this installation reaches people, and where each of them is reached.
import { peopleById } from '../identity/display-names.ts'
import type { Database } from '../platform/db.ts'
import type { UserId } from '../platform/ids.ts'
import type { Secret } from '../platform/secret.ts'
import type { Sql } from '../platform/sql.ts'
import { newTraceId } from '../platform/trace.ts'
import { transact, type Tx } from '../platform/tx.ts'
import type { Channel } from './channel.ts'
import { setOptedOut, smsAddresses } from './phones.ts'
import { openPush } from './push-channel.ts'
import { forgetEndpoint, pushAddresses } from './push-subscriptions.ts'
import { openSmtp } from './smtp-channel.ts'
import { openTwilio, type TwilioOptions } from './twilio-channel.ts'
import { statusUrl } from './twilio-posts.ts'
import { vapidKeys, type VapidKeys } from './vapid-keys.ts'

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

/** What it says of all ways. */
interface WaysOptions extends MailOptions {
  twilio: Pick<TwilioOptions, 'accountSid' | 'authToken' | 'sender' | 'apiBase'> | null
  vapid: (VapidKeys & { subject: string | null }) | null
  webhooksToLoopback: boolean
}

interface WaysHouse {
  config: WaysOptions
  db: Database
  secret: Secret
}

/** Opens what the environment names; nothing connects before there is something to send. Push needs nobody's account: it is always there. */
export function openWays({ config, db, secret }: WaysHouse): Way[] {
  const keys = vapidKeys(config.vapid, secret)
  return [
    { channel: openMail(config), addressesOf: mailAddresses },
    ...(config.twilio === null ? [] : [{ channel: openSms(config.twilio, config.publicUrl, db), addressesOf: smsAddresses }]),
    { channel: openBrowserPush(keys, config, db), addressesOf: (sql, userIds) => pushAddresses(sql, userIds, keys.publicKey) },
  ]
}

function openSms(twilio: NonNullable<WaysOptions['twilio']>, publicUrl: string, db: Database): Channel {
  return openTwilio({ ...twilio, statusUrl: statusUrl(publicUrl), optedOut: number => noted(db, tx => setOptedOut(tx.sql, number, tx.now)) })
}

function openBrowserPush(keys: VapidKeys, { publicUrl, vapid, webhooksToLoopback }: WaysOptions, db: Database): Channel {
  const subject = vapid?.subject ?? (publicUrl.startsWith('https:') ? publicUrl : `mailto:no-reply@${new URL(publicUrl).hostname}`)
  return openPush({ keys, subject, outlet: { toLoopback: webhooksToLoopback }, gone: endpoint => noted(db, tx => forgetEndpoint(tx.sql, endpoint)) })
}

/** What the other side said of an address, in a transaction of its own. */
function noted(db: Database, work: (tx: Tx) => Promise<void>): Promise<void> {
  return transact(db, { actor: { userId: null, role: 'system', via: 'job' }, traceId: newTraceId() }, { isolation: 'read committed' }, work)
}

/** The mail server; null without one. */
export function mailOf({ smtpUrl }: Pick<MailOptions, 'smtpUrl'>, ways: readonly Way[]): Channel | null {
  return smtpUrl === null ? null : (ways.find(way => way.channel.name === 'email')?.channel ?? null)
}

function openMail({ smtpUrl, mailFrom, publicUrl }: MailOptions): Channel {
  const domain = new URL(publicUrl).hostname
  if (smtpUrl !== null) return openSmtp({ url: smtpUrl, from: mailFrom ?? `FitFlow <no-reply@${domain}>`, domain })
  return { name: 'email', isOutbox: true, send: () => Promise.resolve({ outcome: 'sent', reference: null }), close: () => Promise.resolve() }
}

async function mailAddresses(sql: Sql, userIds: readonly UserId[]): Promise<Map<UserId, string[]>> {
  const people = await peopleById(sql, userIds)
  return new Map(Array.from(people, ([id, { email }]) => [id, [email]]))
}
