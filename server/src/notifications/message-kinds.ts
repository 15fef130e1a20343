// What the studio tells people, and the facts each message is made of: plain JSON, stored with the message's row.
import type { StandingOutcome } from '@fitflow/contract/standing.ts'
import type { Attachment } from './channel.ts'

/** One session as a message speaks of it; instants as ISO text. */
export interface ClassFacts {
  sessionId: string
  className: string
  trainerName: string | null
  startsAt: string
  endsAt: string
  /** In which times are told: the studio's. */
  timeZone: string
  /** The session's: what a calendar knows of an earlier version gives way to a later one. */
  version: number
}

/** A place in it. Credits are in hundredths. */
interface BookedFacts extends ClassFacts {
  bookingId: string
  qrToken: string
  creditsUsed: number
  /** Until then cancelling returns everything; null when that is over. */
  freeUntil: string | null
}

/** How somebody is concerned by a session. */
export type Had = 'booking' | 'hold' | 'offer' | 'waiting'

/** What somebody missed or cancelled late cost beside their credits. */
export type ToldPenalty = { kind: 'strike'; counting: number; max: number } | { kind: 'fee'; amount: number; currency: string }

/** What a member has at the time to which the studio moved their class; 'other' where that was not written down. */
export type InTheWay = 'booked' | 'held' | 'taught' | 'other'

/** What messages written by earlier releases lack is optional. */
interface CancelledFacts extends ClassFacts {
  bookingId: string
  /** When it was booked for, where the class is at another time by now. */
  bookedFor?: { startsAt: string; endsAt: string }
  /** The bound that the cancellation missed: less than that was left before the start, or for part of it no more than that. */
  late?: { kind: 'none'; hours: number } | { kind: 'part'; hours: number; percent: number }
  penalties?: ToldPenalty[]
  /** Cancelled because the class moved onto this. */
  movedOnto?: InTheWay
  creditsReturned: number
  creditsKept: number
  byStudio: boolean
  /** As staff typed it. */
  reason: string | null
}

interface CalledOffFacts extends ClassFacts {
  bookingId: string | null
  had: Had
  creditsReturned: number
  reason: string | null
}

/** It takes place after all; what somebody had in it stays ended. */
interface OnAgainFacts extends ClassFacts {
  had: Had
  creditsReturned: number
}

/** The session as it is now, and what of it was otherwise, where that is known. */
interface ChangedFacts extends ClassFacts {
  bookingId: string | null
  had: Had
  was: { startsAt?: string; endsAt?: string; trainerName?: string | null; className?: string }
  freeUntil: string | null
}

interface ReminderFacts extends ClassFacts {
  bookingId: string
  qrToken: string
  freeUntil: string | null
}

interface OfferFacts extends ClassFacts {
  holdId: string
  expiresAt: string
  /** What it costs; null when that is not known. */
  creditsNeeded: number | null
}

interface NoShowFacts extends ClassFacts {
  bookingId: string
  creditsKept: number
  penalty: ToldPenalty | null
}

interface ExpiringFacts {
  membershipId: string
  lotName: string
  creditsLeft: number
  validUntil: string
  days: number
  timeZone: string
}

interface BlockFacts {
  blockId: string
  /** As it was told: one that was lifted ends earlier. */
  endsAt: string
  timeZone: string
}

interface PausedFacts {
  webhookId: string
  host: string
  cause: 'failing' | 'gone'
  timeZone: string
}

interface StandingFacts extends ClassFacts {
  outcome: StandingOutcome
  bookingId: string | null
  qrToken: string | null
  creditsUsed: number
  freeUntil: string | null
  /** The code of the problem for which it was skipped. */
  reason: string | null
}

/** The facts of each kind. */
export interface FactsOf {
  'booking-confirmed': BookedFacts
  'booking-cancelled': CancelledFacts
  'session-cancelled': CalledOffFacts
  'session-on-again': OnAgainFacts
  'session-changed': ChangedFacts
  'reminder-day': ReminderFacts
  'reminder-hour': ReminderFacts
  'waitlist-offer': OfferFacts
  'waitlist-booked': BookedFacts
  'no-show': NoShowFacts
  'credit-expiring': ExpiringFacts
  'block-began': BlockFacts
  'block-ended': BlockFacts
  'standing-decided': StandingFacts
  'webhook-paused': PausedFacts
}

export type MessageKind = keyof FactsOf
export type MessageFacts = FactsOf[MessageKind]
export type Language = 'en' | 'es'

/** What surrounds every message. */
export interface MessageFrame {
  studioName: string
  /** The studio's colour, `#rrggbb`. */
  accentColor: string
  /** Without a slash at its end. */
  publicUrl: string
  memberName: string
  unsubscribeUrl: string | null
  /** When the message was written down; what it says of itself to calendars. */
  writtenAt: string
}

/** A message ready for any channel. */
export interface RenderedMessage {
  subject: string
  text: string
  html: string
  /** For SMS and push: one SMS long wherever that can be. */
  short: { title: string; body: string; url: string }
  attachments: Attachment[]
}
