// What every language has to say: one entry for each kind of message, and the sentences they share.
import type { Letter } from '../identity/auth.ts'
import type { Had, InTheWay, MessageKind } from './message-kinds.ts'

/** A session in words. */
export interface SaidClass {
  name: string
  /** "Tuesday 12 January" */
  day: string
  /** "07:00" */
  time: string
  /** "Tue 12 Jan, 07:00" */
  brief: string
}

/** What is special about one message; each kind uses its own part of it. */
export interface Special {
  had: Had
  /** Who teaches now, where nothing else has changed, shortened for a line; null otherwise. */
  substitute: string | null
  /** A moment that matters: an offer's or a block's end, the last day of credits. */
  until: string
  /** Credits or money in words. */
  amount: string
  days: number
  byStudio: boolean
  outcome: 'booked' | 'waitlisted' | 'skipped'
  /** Why a class was skipped, by the code of the problem. */
  reason: string | null
  /** The machine that a webhook sends to, and why it was paused. */
  host: string
  cause: 'failing' | 'gone'
  /** What they have at the time to which the studio moved what they had booked; null where it did not. */
  movedOnto: InTheWay | null
}

/** One message in words: the state in a word, what happened, what it means, and all of it in one line. */
export interface Said {
  subject: string
  label: string
  headline: string
  lead: string
  short: string
}

/** A sign-in mail: how long its link works stands in the lead. */
interface SaidLetter {
  subject: string
  label: string
  headline: string
  lead: string
  button: string
}

export interface Words {
  locale: string
  say: Record<MessageKind, (of: SaidClass, special: Special) => Said>
  letters: Record<Letter['about'], SaidLetter>
  /** Below a sign-in mail. */
  notAsked: string
  hello(name: string): string
  with(trainer: string): string
  until(time: string): string
  credits(amount: string, isOne: boolean): string
  used(credits: string): string
  returned(credits: string): string
  kept(credits: string): string
  costs(credits: string): string
  cancelFree(moment: string): string
  cancelFreeAgain(moment: string): string
  strike(counting: number, max: number): string
  fee(amount: string): string
  cancelledLate(hours: number): string
  cancelledPartly(hours: number, percent: number): string
  reason(text: string): string
  changed: { time: string; trainer: string; name: string; nobody: string; was: string }
  qr: string
  qrAlt(name: string): string
  calendarFile: string
  buttons: { booking: string; class: string; again: string; offer: string; credits: string; strikes: string; standing: string; browse: string; webhook: string }
  why(studio: string): string
  preferences: string
  unsubscribe: string
}
