// What time does in notifications: messages are sent as they fall due, and classes that come near are reminded of.
import { repeat, type Loop } from '../platform/repeat.ts'
import { remind, type RemindingHouse } from './remind.ts'
import { sendDue, type SendingHouse } from './send-messages.ts'
import type { Way } from './ways.ts'

const sendEveryMs = 1000
// Nobody needs a message within this; in a rush a round then sends many.
const sendApartMs = 200

const remindEveryMs = 15_000

/** Starts writing reminders as they fall due; any number of workers may run it. */
export function startReminding(house: RemindingHouse): Loop {
  return repeat('reminders', { everyMs: remindEveryMs }, house.db.log, async () => (await remind(house), 'later'))
}

/** Starts sending, each way by itself so that one that stands still delays no other; any number of workers may run it. */
export function startTelling(house: SendingHouse, ways: readonly Way[]): Loop[] {
  return ways.map(way => {
    const loop = repeat(`sending by ${way.channel.name}`, { everyMs: sendEveryMs, apartMs: sendApartMs }, house.db.log, async () => ((await sendDue(house, way)) ? 'again' : 'later'))
    house.db.signals.hear(changed => changed.messages && loop.wake(), loop.wake)
    return { wake: loop.wake, stop: async () => void (await loop.stop(), await way.channel.close()) }
  })
}
