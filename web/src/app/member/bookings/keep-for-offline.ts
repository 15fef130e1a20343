// The next bookings are read once in passing, so that the service worker has their codes when the network has gone.
import type { Booking } from '@fitflow/contract/booking.ts'

const kept = new Set<string>()

/** Only the soonest few: nobody stands at the door for a class of next month. */
export function keepForOffline(upcoming: readonly Booking[]): void {
  if (!navigator.serviceWorker?.controller) return
  for (const booking of upcoming.slice(0, 5)) {
    if (kept.has(booking.id)) continue
    kept.add(booking.id)
    for (const path of ['', '/qr.svg']) {
      // A miss costs nothing now; the page says so when it is opened.
      void fetch(`/api/v1/bookings/${booking.id}${path}`).catch(() => undefined)
    }
  }
}
