// E-mail by SMTP: a pool of connections to the studio's mail server, and what its answers mean for trying again.
import { createTransport } from 'nodemailer'
import type { Attachment, Channel, Outgoing, Sent } from './channel.ts'

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  url: string
  /** Who the mail is from: an address, with or without a name. */
  from: string
  /** The right-hand side of every Message-ID. */
  domain: string
}

// Well inside the lease of a message: whoever gave up here must not find another worker at it.
const answerMs = 45_000
const connectMs = 10_000

/** Opens the pool; connections are made when there is something to send. */
export function openSmtp({ url, from, domain }: SmtpOptions): Channel {
  const pool = createTransport({
    pool: true,
    url,
    maxConnections: 5,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: answerMs,
    // A message is text and what we attach to it: nothing in it may make this process read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    name: 'email',
    async send(message) {
      try {
        const { messageId } = await pool.sendMail({ ...mailOf(message), from, messageId: `<${message.id}@${domain}>`, signal: AbortSignal.timeout(answerMs) })
        return { outcome: 'sent', reference: messageId }
      } catch (error) {
        // Whatever the server said or did not say is an answer here; the caller decides about another attempt.
        return refusalOf(error as Refused)
      }
    },
    close: () => Promise.resolve(pool.close()),
  }
}

function mailOf({ to, subject, text, html, attachments, unsubscribeUrl }: Outgoing) {
  return {
    // As an object, never parsed: an address with a comma in it is one wrong address, not two people.
    to: { name: '', address: to },
    subject,
    text,
    ...(html === null ? {} : { html }),
    // Nobody's holiday notice need answer a machine.
    headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(unsubscribeUrl) },
    attachments: attachments.map(attached),
  }
}

function attached({ name, type, content, cid }: Attachment) {
  return {
    filename: name,
    contentType: type,
    content: typeof content === 'string' ? content : Buffer.from(content),
    ...(cid === null ? {} : { cid, contentDisposition: 'inline' as const }),
  }
}

/** RFC 8058: the mail program's own button posts to this address, without a page in between. */
function unsubscribeHeaders(url: string | null): Record<string, string> {
  return url === null ? {} : { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}

interface Refused extends Error {
  code?: string
  responseCode?: number
}

// Said of us and our sign-in, not of the message: once that is put right, it goes through.
const ofTheSender = new Set([530, 534, 535, 538])

/** 5xx for the message or its recipient is for good. No answer, 4xx, and whatever came before the message may change. */
function refusalOf({ code, responseCode, message }: Refused): Sent {
  const aboutTheMessage = code === 'EENVELOPE' || code === 'EMESSAGE'
  const forGood = responseCode === undefined ? code === 'EENVELOPE' : responseCode >= 500 && !ofTheSender.has(responseCode)
  return { outcome: 'failed', reason: message, permanent: aboutTheMessage && forGood }
}
