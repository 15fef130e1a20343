// Web Push: a message encrypted for one browser, handed to the service that its maker runs.
import webpush from 'web-push'
import { post, type Outlet } from '../platform/post.ts'
import type { Channel, Outgoing, Sent } from './channel.ts'
import type { VapidKeys } from './vapid-keys.ts'

export interface PushOptions {
  keys: VapidKeys
  /** Whom a push service may write to about us: `mailto:` or `https:`. */
  subject: string
  outlet: Outlet
  /** Called when a subscription is no more. */
  gone: (endpoint: string) => Promise<void>
}

/** As it is kept in `to`. */
export interface PushAddress {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

// What has not reached a telephone by then is old news.
const keptSeconds = 12 * 3600

/** Opens the way; the library encrypts and signs, the request is our own: it goes to public addresses only. */
export function openPush(options: PushOptions): Channel {
  return {
    name: 'push',
    async send(message) {
      const address = JSON.parse(message.to) as PushAddress
      try {
        const { status, body } = await deliver(address, message, options)
        if (status === 404 || status === 410) await options.gone(address.endpoint)
        return answerOf(status, body)
      } catch (error) {
        // No answer is one here; the caller decides about another attempt.
        return { outcome: 'failed', reason: (error as Error).message, permanent: false }
      }
    },
    close: () => Promise.resolve(),
  }
}

function deliver(address: PushAddress, message: Outgoing, { keys, subject, outlet }: PushOptions) {
  const details = webpush.generateRequestDetails(address, payloadOf(message), { vapidDetails: { subject, ...keys }, TTL: keptSeconds })
  // Its length is the request's own business.
  const { 'Content-Length': _, ...headers } = details.headers as Record<string, unknown>
  const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  return post(outlet, new URL(details.endpoint), { headers: texts, body: details.body })
}

/** What Angular's service worker shows, and where a tap leads. The same row replaces itself. */
function payloadOf({ id, subject, text, url }: Outgoing): string {
  const page = url === null ? '/' : new URL(url).pathname
  const notification = {
    ...{ title: subject, body: text, tag: id, icon: '/icons/mark-192.png' },
    data: { onActionClick: { default: { operation: 'navigateLastFocusedOrOpen', url: page } } },
  }
  return JSON.stringify({ notification })
}

/** RFC 8030: too many, or trouble over there, may change; what is wrong with this message or its address does not. */
function answerOf(status: number, body: string): Sent {
  if (status >= 200 && status < 300) return { outcome: 'sent', reference: null }
  const mayChange = status === 429 || status === 408 || status >= 500
  return { outcome: 'failed', reason: `the push service answered ${status}: ${body}`.slice(0, 300), permanent: !mayChange }
}
