// Who has a spot in a class and who has come: what staff look at while people walk in.
import type { Roster } from '@fitflow/contract/booking.ts'
import { readSpotholders } from '../booking/roster.ts'
import { peopleById } from '../identity/display-names.ts'
import type { BookingId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import type { Settings } from '../schedule/settings.ts'
import { standingCheckins, type CheckinRow } from './checkins.ts'
import { checkinTimes } from './mark.rule.ts'

/** The roster with each one's check-in, and the instants between which marks are made. */
export async function readRoster(tx: Tx, session: ClassSession, settings: Settings): Promise<Roster> {
  const spotholders = await readSpotholders(tx, session)
  const bookings = spotholders.entries.filter(entry => entry.kind === 'booking').map(entry => entry.id as BookingId)
  const rows = await standingCheckins(tx.sql, bookings)
  const people = await peopleById(tx.sql, rows.flatMap(row => row.recordedBy ?? []))
  const wire = ({ checkedInAt, late, recordedBy }: CheckinRow) => {
    return { checkedInAt: String(checkedInAt), late, by: recordedBy === null ? null : (people.get(recordedBy)?.name ?? null) }
  }
  const checkins = new Map(rows.map(row => [row.bookingId as string, wire(row)]))
  const { opensAt, graceEndsAt } = checkinTimes({ startsAt: session.startsAt, createdAt: session.startsAt, settings })
  const entries = spotholders.entries.map(entry => ({ ...entry, checkin: checkins.get(entry.id) ?? null }))
  return { ...spotholders, entries, checkinOpensAt: String(opensAt), graceEndsAt: String(graceEndsAt) }
}
