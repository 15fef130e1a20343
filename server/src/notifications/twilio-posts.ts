// What Twilio posts to us: what became of a message, and what somebody answered. Believed only with its signature.
import type { Posted } from '../platform/http.ts'
import { optedOutCode } from './twilio-channel.ts'

/** Below the public address; each kind of post has its own. */
const postsPath = '/api/v1/twilio'

export interface Account {
  accountSid: string
  authToken: string
}

/** Where Twilio says what became of a message; null where it cannot reach us. */
export function statusUrl(publicUrl: string): string | null {
  return /^https:|^http:\/\/(127\.|localhost)/.test(publicUrl) ? `${publicUrl}${postsPath}/status` : null
}

/** Whether Twilio signed these fields for exactly this address; the SDK compares in constant time. */
export async function isTwilios({ accountSid, authToken }: Account, url: string, { fields, headers }: Pick<Posted, 'fields' | 'headers'>): Promise<boolean> {
  const { default: twilio } = await import('twilio')
  const signature = headers['x-twilio-signature']
  const params = Object.fromEntries(Array.from(new Set(fields.keys()), name => [name, fields.getAll(name).length > 1 ? fields.getAll(name) : fields.get(name)]))
  return typeof signature === 'string' && twilio.validateRequest(authToken, signature, url, params) && fields.get('AccountSid') === accountSid
}

/** A message that did not arrive after all, or null where the news is another. */
export function lostMessage(fields: URLSearchParams): { reference: string; reason: string; to: string; optedOut: boolean } | null {
  const status = fields.get('MessageStatus')
  if (status !== 'undelivered' && status !== 'failed') return null
  const code = Number(fields.get('ErrorCode') ?? 0)
  const why = code > 0 ? `${status} (Twilio ${code})` : status
  return { reference: fields.get('MessageSid') ?? '', reason: `Twilio: ${why}`, to: fields.get('To') ?? '', optedOut: code === optedOutCode }
}

const stops = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'OPTOUT', 'REVOKE', 'PARAR', 'BAJA'])
const starts = new Set(['START', 'YES', 'UNSTOP', 'ALTA'])

/** Whether somebody wants no more, or wants it again; null where they said something else. */
export function wishOf(fields: URLSearchParams): { number: string; stop: boolean } | null {
  const number = fields.get('From') ?? ''
  const said = (fields.get('OptOutType') ?? fields.get('Body') ?? '').trim().toUpperCase()
  if (stops.has(said)) return { number, stop: true }
  return starts.has(said) ? { number, stop: false } : null
}
