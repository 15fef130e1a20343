// Signatures by Standard Webhooks: HMAC-SHA256 over id, timestamp and body, one for each secret that holds.
import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'
const secretBytes = 32

/** A fresh secret, as the receiver gets it. */
export function newSecret(): string {
  return prefix + randomBytes(secretBytes).toString('base64')
}

interface Message {
  id: string
  sentAt: Temporal.Instant
  body: string
}

/** The three headers that a receiver verifies by. */
export function signedHeaders({ id, sentAt, body }: Message, secrets: readonly string[]): Record<string, string> {
  const seconds = Math.floor(sentAt.epochMilliseconds / 1000)
  const signatures = secrets.map(secret => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') }
}
