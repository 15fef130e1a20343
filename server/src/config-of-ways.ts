// What the environment says of the ways by which people are told: SMS by Twilio, and whose key signs Web Push.
import { aToken, anOrigin, BadValue, type Read } from './config-values.ts'
import { Refusal } from './platform/refusal.ts'

export interface TwilioConfig {
  accountSid: string
  authToken: string
  /** A number of ours, or a messaging service that picks one. */
  sender: { from: string } | { messagingServiceSid: string }
  /** Null: Twilio itself. */
  apiBase: string | null
}

export interface VapidConfig {
  publicKey: string
  privateKey: string
  /** Whom a push service may write to; null: the public address. */
  subject: string | null
}

/** All of it or nothing: half a way to send SMS is a slip. */
export function readTwilio(read: Read): TwilioConfig | null {
  const accountSid = read('TWILIO_ACCOUNT_SID', null, aSid('AC'))
  const authToken = read('TWILIO_AUTH_TOKEN', null, aToken)
  const from = read('TWILIO_FROM', null, aPhoneNumber)
  const messagingServiceSid = read('TWILIO_MESSAGING_SERVICE_SID', null, aSid('MG'))
  const apiBase = read('TWILIO_API_BASE', null, anOrigin)
  const ownNumber = from === null ? null : { from }
  const sender = messagingServiceSid === null ? ownNumber : { messagingServiceSid }
  if (accountSid === null && authToken === null && sender === null) return null
  if (accountSid === null) throw new Refusal('TWILIO_ACCOUNT_SID is missing beside the other TWILIO variables.')
  if (authToken === null) throw new Refusal('TWILIO_AUTH_TOKEN is missing beside the other TWILIO variables.')
  if (sender === null) throw new Refusal('TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID is missing: one of them says whom an SMS is from.')
  return { accountSid, authToken, sender, apiBase }
}

/** Both keys or neither. */
export function readVapid(read: Read): VapidConfig | null {
  const publicKey = read('VAPID_PUBLIC_KEY', null, bytesInBase64(65))
  const privateKey = read('VAPID_PRIVATE_KEY', null, bytesInBase64(32))
  const subject = read('VAPID_SUBJECT', null, aSubject)
  if ((publicKey === null) !== (privateKey === null)) throw new Refusal('VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY belong together: one of them is missing.')
  return publicKey === null || privateKey === null ? null : { publicKey, privateKey, subject }
}

function aSid(kind: 'AC' | 'MG'): (text: string) => string {
  return text => {
    if (!new RegExp(`^${kind}[0-9a-fA-F]{32}$`).test(text)) throw new BadValue(`is "${text}", but must be ${kind} and 32 hexadecimal digits`)
    return text
  }
}

function aPhoneNumber(text: string): string {
  if (!/^\+[1-9]\d{6,14}$/.test(text)) throw new BadValue(`is "${text}", but must be a number such as +34911234567`)
  return text
}

function bytesInBase64(bytes: number): (text: string) => string {
  return text => {
    // Not repeated here: it may be the private one.
    if (!/^[\w-]+$/.test(text) || Buffer.from(text, 'base64url').length !== bytes) {
      throw new BadValue(`must be ${bytes} bytes in base64url, as "npx web-push generate-vapid-keys" prints them`)
    }
    return text
  }
}

function aSubject(text: string): string {
  if (!/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(text)) {
    throw new BadValue(`is "${text}", but must look like mailto:hello@studio.example or https://studio.example`)
  }
  return text
}
