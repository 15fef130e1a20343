// The calendar entry of a booking, to be put into a calendar by hand: nothing is kept in step but by a further mail.
import { ICalCalendar, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import type { Attachment } from './channel.ts'
import type { Content } from './message-content.ts'
import type { ClassFacts, MessageFacts, MessageFrame, MessageKind } from './message-kinds.ts'
import type { Words } from './words.ts'

const entering: ReadonlySet<MessageKind> = new Set(['booking-confirmed', 'waitlist-booked', 'session-changed', 'standing-decided'])
const leaving: ReadonlySet<MessageKind> = new Set(['booking-cancelled', 'session-cancelled'])

type Booked = ClassFacts & { bookingId: string | null }

/** None where there is no booking, or nothing about it is new. */
export function calendarOf(kind: MessageKind, facts: MessageFacts, of: { content: Content; frame: MessageFrame; words: Words }): Attachment[] {
  if (!('bookingId' in facts) || facts.bookingId === null) return []
  const isOff = leaving.has(kind)
  if (!isOff && !entering.has(kind)) return []
  const method = isOff ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH
  const content = entry({ ...facts, bookingId: facts.bookingId }, { ...of, method })
  return [{ name: of.words.calendarFile, type: `text/calendar; charset=utf-8; method=${method}`, content, cid: null }]
}

function entry(facts: Booked, of: { content: Content; frame: MessageFrame; words: Words; method: ICalCalendarMethod }): string {
  const { content, frame, method } = of
  const isOff = method === ICalCalendarMethod.CANCEL
  const calendar = new ICalCalendar({ prodId: { company: 'FitFlow', product: 'FitFlow' }, method })
  calendar.createEvent({
    // Of the booking, not of the session: who books again after cancelling gets an entry of its own.
    id: `${facts.bookingId}@fitflow`,
    // A cancelled booking comes after every state of its session that it was told of, and before the next one.
    sequence: facts.version * 2 + (isOff ? 1 : 0),
    stamp: frame.writtenAt,
    start: facts.startsAt,
    end: facts.endsAt,
    summary: content.card?.name ?? '',
    description: [content.card?.with ?? '', `${frame.publicUrl}/bookings/${facts.bookingId}`].filter(line => line !== '').join('\n'),
    location: frame.studioName,
    url: `${frame.publicUrl}/bookings/${facts.bookingId}`,
    organizer: { name: frame.studioName, email: `no-reply@${new URL(frame.publicUrl).hostname}` },
    status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: isOff ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  })
  return calendar.toString()
}
