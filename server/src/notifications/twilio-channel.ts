// SMS by Twilio: its own SDK, and what its answers mean for trying again.
import type { Twilio } from 'twilio'
import type { Channel, Outgoing, Sent } from './channel.ts'
import { fitsOneSms } from './render-short.ts'

export interface TwilioOptions {
  accountSid: string
  authToken: string
  /** A number of ours, or a messaging service that picks one. */
  sender: { from: string } | { messagingServiceSid: string }
  /** Null: Twilio itself. */
  apiBase: string | null
  /** Where Twilio says what became of a message, which it names by our id: it may know before we know its own. Null where it cannot reach us. */
  statusUrl: string | null
  /** 20 seconds unless a test is less patient. */
  timeoutMs?: number
  /** Called when a number is never to be written to again. */
  optedOut?: (number: string) => Promise<void>
}

// Well inside the lease of a message: whoever gave up here must not find another worker at it.
const usualTimeoutMs = 20_000

const twilioBase = 'https://api.twilio.com'

/** Its recipient has said STOP to this sender. */
export const optedOutCode = 21610

/** What is wrong with the number or the words, and will be tomorrow: https://www.twilio.com/docs/api/errors */
const forGood = new Set([
  21211, // is no number
  21214, // is a number that nobody can be reached at
  21217, // is no number either
  21265, // is a short code
  optedOutCode,
  21612, // cannot be reached from our number
  21614, // is no mobile
  21617, // longer than 1,600 characters
  21635, // is a landline
])

/** Opens the way; the SDK is loaded when there is something to send, as it takes a second to load. */
export function openTwilio(options: TwilioOptions): Channel {
  let client: Promise<Twilio> | undefined
  return {
    name: 'sms',
    async send(message) {
      try {
        client ??= openClient(options)
        const { sid } = await (await client).messages.create(smsOf(message, options))
        return { outcome: 'sent', reference: sid }
      } catch (error) {
        // Whatever Twilio said or did not say is an answer here; the caller decides about another attempt.
        return await refusalOf(error as Refused, () => options.optedOut?.(message.to))
      }
    },
    close: () => Promise.resolve(),
  }
}

function smsOf({ id, to, text, url }: Outgoing, { sender, statusUrl }: TwilioOptions) {
  const withPage = `${text} ${url}`
  return { to, ...sender, body: url !== null && fitsOneSms(withPage) ? withPage : text, ...(statusUrl === null ? {} : { statusCallback: `${statusUrl}?message=${id}` }) }
}

async function openClient({ accountSid, authToken, apiBase, timeoutMs = usualTimeoutMs }: TwilioOptions): Promise<Twilio> {
  const { default: twilio } = await import('twilio')
  const http = new twilio.RequestClient({ timeout: timeoutMs })
  if (apiBase !== null) {
    const { request } = http
    http.request = asked => request.call(http, { ...asked, uri: asked.uri.replace(twilioBase, apiBase) }) as never
  }
  return twilio(accountSid, authToken, { httpClient: http, autoRetry: false })
}

/** What the SDK throws: Twilio's refusal with its code, or that nobody answered. */
interface Refused extends Error {
  code?: number | string
  status?: number
}

async function refusalOf({ code, status, message }: Refused, optedOut: () => Promise<void> | undefined): Promise<Sent> {
  const said = typeof code === 'number' ? `Twilio ${code}: ${message}` : status === undefined ? message : `Twilio answered ${status}: ${message}`
  if (code === optedOutCode) await optedOut()
  return { outcome: 'failed', reason: said, permanent: typeof code === 'number' && forGood.has(code) }
}
