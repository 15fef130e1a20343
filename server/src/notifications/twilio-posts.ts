// What Twilio posts to us: what became of a message, and what somebody answered. Believed only with its signature.
import type { IncomingHttpHeaders } from 'node:http'
import Type from 'typebox'
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

const Field = Type.String({ minLength: 1, maxLength: 64 })

/** Every post says of which account and which message it is; what else there is, Twilio adds to as it likes. */
export const TwilioPost = Type.Object({ AccountSid: Field, MessageSid: Field }, { additionalProperties: Type.Union([Type.String(), Type.Array(Type.String())]) })
export type TwilioPost = Type.Static<typeof TwilioPost> & Record<string, string | string[] | undefined>

/** Whether Twilio signed this for exactly this address; the SDK compares in constant time. */
export async function isTwilios({ accountSid, authToken }: Account, url: string, { post, headers }: { post: TwilioPost; headers: IncomingHttpHeaders }): Promise<boolean> {
  const { default: twilio } = await import('twilio')
  const signature = headers['x-twilio-signature']
  return typeof signature === 'string' && twilio.validateRequest(authToken, signature, url, post) && post.AccountSid === accountSid
}

/** A message that did not arrive after all, or null where the news is another. */
export function lostMessage(post: TwilioPost): { reference: string; reason: string; to: string; optedOut: boolean } | null {
  const status = textOf(post, 'MessageStatus')
  if (status !== 'undelivered' && status !== 'failed') return null
  const code = Number(textOf(post, 'ErrorCode'))
  const why = code > 0 ? `${status} (Twilio ${code})` : status
  return { reference: post.MessageSid, reason: `Twilio: ${why}`, to: textOf(post, 'To'), optedOut: code === optedOutCode }
}

const stops = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'OPTOUT', 'REVOKE', 'PARAR', 'BAJA'])
const starts = new Set(['START', 'YES', 'UNSTOP', 'ALTA'])

/** Whether somebody wants no more, or wants it again; null where they said something else. */
export function wishOf(post: TwilioPost): { number: string; stop: boolean } | null {
  const number = textOf(post, 'From')
  const said = (textOf(post, 'OptOutType') || textOf(post, 'Body')).trim().toUpperCase()
  if (stops.has(said)) return { number, stop: true }
  return starts.has(said) ? { number, stop: false } : null
}

function textOf(post: TwilioPost, name: string): string {
  const { [name]: text } = post
  return typeof text === 'string' ? text : ''
}
