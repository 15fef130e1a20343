// `replay`: hands the events of a time that has passed to one consumer again.
import type { Config } from '../config.ts'
import { inHouse } from '../house.ts'
import type { Log } from '../platform/log.ts'
import { Refusal } from '../platform/refusal.ts'
import { countReplay, replayEvents } from '../platform/replay-events.ts'
import { consumersOf } from '../worker.ts'

interface Wish {
  consumer: string
  from: string
  to: string
  dryRun?: boolean
}

/** Answers the exit code, which is always 0. Throws a Refusal for a consumer that there is not, and for a range that is none. */
export function runReplay(config: Config, log: Log, { consumer: name, from, to, dryRun = false }: Wish): Promise<number> {
  const range = { from: instantOf('--from', from), to: instantOf('--to', to) }
  if (Temporal.Instant.compare(range.from, range.to) >= 0) throw new Refusal('--to must be later than --from: it is the first instant that is not meant any more.')
  return inHouse(config, log, async house => {
    const consumers = consumersOf(house)
    const consumer = consumers.find(one => one.name === name)
    if (!consumer) throw new Refusal(`There is no consumer "${name}": there are ${consumers.map(one => one.name).join(', ')}.`)
    const { count, knownSince } = await countReplay(house.db, { consumer, ...range })
    if (knownSince !== null && Temporal.Instant.compare(range.from, knownSince) < 0) console.log(`Events are kept for a week: the oldest that is known is of ${knownSince}.`)
    if (dryRun) console.log(`${count} would be handed to ${name} again.`)
    else console.log(`${await replayEvents(house.db, { consumer, ...range })} are handed to ${name} again, by a worker that runs.`)
    return 0
  })
}

function instantOf(option: string, text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text)
  } catch {
    // Only the parser knows what is none.
    throw new Refusal(`${option} is "${text}", but must be an instant like 2027-01-11T09:00:00Z.`)
  }
}
