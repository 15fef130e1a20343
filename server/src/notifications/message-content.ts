// What one message says, in words and in order, whatever it is shown with.
import type { ClassFacts, FactsOf, MessageFacts, MessageFrame, MessageKind } from './message-kinds.ts'
import type { Tone } from './mail-colours.ts'
import { notesOf, specialOf } from './message-notes.ts'
import { sayings, type Sayings } from './when-words.ts'
import type { Said, SaidClass, Words } from './words.ts'

/** A message before it is text or HTML. */
export interface Content extends Said {
  hello: string
  tone: Tone
  card: { time: string; until: string; day: string; name: string; with: string | null } | null
  changes: { label: string; was: string; now: string }[]
  notes: string[]
  action: { label: string; url: string }
  /** Why it comes, below everything else. */
  why: string
  /** Whether its reader may choose otherwise. */
  mayChoose: boolean
  /** Of the booking; null where there is nothing to show at the door. */
  qrToken: string | null
  /** Says the line for SMS and push with another name of the class. */
  shortWith(name: string): string
}

const tones: Record<MessageKind, Tone> = {
  'booking-confirmed': 'good',
  'waitlist-booked': 'good',
  'booking-cancelled': 'few',
  'session-cancelled': 'trouble',
  'session-on-again': 'good',
  'session-changed': 'held',
  'reminder-day': 'good',
  'reminder-hour': 'good',
  'waitlist-offer': 'held',
  'no-show': 'trouble',
  'credit-expiring': 'few',
  'block-began': 'trouble',
  'block-ended': 'good',
  'standing-decided': 'good',
  'webhook-paused': 'trouble',
}

/** Puts a message into the words of a language. */
export function contentOf(kind: MessageKind, facts: MessageFacts, frame: MessageFrame, words: Words): Content {
  const say = sayings(words.locale, facts.timeZone)
  const session = 'sessionId' in facts ? asBooked(facts) : null
  const special = specialOf(facts, words, say)
  const sayAs = (name: string) => words.say[kind](saidClass(session, say, name), special)
  const name = session?.className ?? ''
  const { label: button, path } = whereTo(kind, facts, words)
  return {
    ...sayAs(name),
    hello: words.hello(frame.memberName),
    tone: special.outcome === 'booked' ? tones[kind] : 'few',
    card: session && cardOf(session, words, say),
    changes: kind === 'session-changed' ? changesOf(facts as FactsOf['session-changed'], words, say) : [],
    notes: notesOf(kind, facts, words, say),
    action: { label: button, url: frame.publicUrl + path },
    why: words.why(frame.studioName),
    mayChoose: true,
    qrToken: 'qrToken' in facts ? facts.qrToken : null,
    shortWith: shortened => sayAs(shortened).short,
  }
}

/** Who had booked it for another time reads of that. */
function asBooked(facts: Extract<MessageFacts, ClassFacts>): ClassFacts {
  return 'bookedFor' in facts ? { ...facts, ...facts.bookedFor } : facts
}

function saidClass(session: ClassFacts | null, say: Sayings, name: string): SaidClass {
  if (session === null) return { name: '', day: '', time: '', brief: '' }
  const { startsAt } = session
  return { name, day: say.day(startsAt), time: say.time(startsAt), brief: say.brief(startsAt) }
}

function cardOf({ startsAt, endsAt, className, trainerName }: ClassFacts, words: Words, say: Sayings): Content['card'] {
  const trainer = trainerName === null ? null : words.with(trainerName)
  return { time: say.time(startsAt), until: words.until(say.time(endsAt)), day: say.day(startsAt), name: className, with: trainer }
}

function changesOf(facts: FactsOf['session-changed'], { changed }: Words, say: Sayings): Content['changes'] {
  const { was, startsAt, endsAt } = facts
  const before = { from: was.startsAt ?? startsAt, to: was.endsAt ?? endsAt }
  const isSameDay = say.day(before.from) === say.day(startsAt)
  const span = (from: string, to: string) => `${isSameDay ? say.time(from) : say.moment(from)}–${say.time(to)}`
  const named = (trainer: string | null) => (trainer === null ? changed.nobody : trainer)
  const lines = [
    { label: changed.time, was: span(before.from, before.to), now: span(startsAt, endsAt) },
    { label: changed.trainer, was: named(was.trainerName === undefined ? facts.trainerName : was.trainerName), now: named(facts.trainerName) },
    { label: changed.name, was: was.className ?? facts.className, now: facts.className },
  ]
  return lines.filter(line => line.was !== line.now)
}

/** The page that the button opens: nothing happens by opening it. */
function whereTo(kind: MessageKind, facts: MessageFacts, { buttons }: Words): { label: string; path: string } {
  if (kind === 'credit-expiring') return { label: buttons.credits, path: '/credits' }
  if (kind === 'block-began' || kind === 'no-show') return { label: buttons.strikes, path: '/strikes' }
  if ('webhookId' in facts) return { label: buttons.webhook, path: `/staff/webhooks/${facts.webhookId}` }
  if (!('sessionId' in facts)) return { label: buttons.browse, path: '/' }
  if (kind === 'waitlist-offer') return { label: buttons.offer, path: `/class/${facts.sessionId}` }
  if ('penalties' in facts && (facts.penalties ?? []).length > 0) return { label: buttons.strikes, path: '/strikes' }
  if (kind === 'session-cancelled' || kind === 'booking-cancelled') return { label: buttons.browse, path: '/' }
  if ('bookingId' in facts && facts.bookingId !== null) return { label: buttons.booking, path: `/bookings/${facts.bookingId}` }
  if (kind === 'standing-decided') return { label: buttons.standing, path: '/bookings/standing' }
  return { label: kind === 'session-on-again' ? buttons.again : buttons.class, path: `/class/${facts.sessionId}` }
}
