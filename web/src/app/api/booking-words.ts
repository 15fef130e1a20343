// How a booking stands, in a word and a tone.
import type { Booking } from '@fitflow/contract/booking.ts'

export function bookingWords(booking: Pick<Booking, 'status' | 'cancelKind'>): { words: string; tone: string } {
  if (booking.status === 'attended') return { words: 'Attended', tone: 'good' }
  if (booking.status === 'no_show') return { words: 'Missed', tone: 'bad' }
  if (booking.status === 'confirmed') return { words: 'Booked', tone: 'good' }
  if (booking.cancelKind === 'studio') return { words: 'Called off', tone: 'few' }
  return { words: booking.cancelKind === 'late' ? 'Cancelled late' : 'Cancelled', tone: '' }
}
