// What time does in attendance: whoever is not there when the grace ends is a no-show.
import { repeat, type Loop } from '../platform/repeat.ts'
import type { AttendanceHouse } from './mark-attendance.ts'
import { markNoShows } from './mark-no-shows.ts'

const markEveryMs = 5000

/** Starts marking no-shows; any number of workers may run it. */
export function startMarking(house: AttendanceHouse): Loop {
  return repeat('marking no-shows', { everyMs: markEveryMs }, house.db.log, async () => ((await markNoShows(house)) > 0 ? 'again' : 'later'))
}
