// A way to reach somebody: e-mail, SMS or push. Who speaks to the other side says what it answered, and never throws for that.

export interface Outgoing {
  /** The row's id: the same at each attempt, so that whoever gets it twice can tell. */
  id: string
  /** An e-mail address, a telephone number in E.164, or a push subscription as JSON. */
  to: string
  subject: string
  text: string
  html: string | null
  /** The page that it is about. */
  url: string | null
  attachments: Attachment[]
  /** Where mail programs send the one-click request of RFC 8058; null where nobody can unsubscribe. */
  unsubscribeUrl: string | null
}

export interface Attachment {
  name: string
  type: string
  content: Uint8Array | string
  /** Under which the HTML shows it; null for one that is only attached. */
  cid: string | null
}

/** `permanent`: trying again cannot help, as the address does not exist or the number is none. */
export type Sent = { outcome: 'sent'; reference: string | null } | { outcome: 'failed'; reason: string; permanent: boolean }

export interface Channel {
  name: 'email' | 'sms' | 'push'
  /** Nothing leaves the house: the row itself is what was sent, and staff read it there. */
  isOutbox?: true
  send(message: Outgoing): Promise<Sent>
  close(): Promise<void>
}
