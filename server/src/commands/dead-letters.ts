// `dead-letters`: lists the events that a consumer could not handle, or lets them be tried again.
import type { Config } from '../config.ts'
import { inHouse } from '../house.ts'
import { listGivenUp, resend } from '../platform/dead-letters.ts'
import type { Log } from '../platform/log.ts'

/** `resendTo` true means every consumer, else the one of that name. Answers the exit code: 1 when some are left that nobody is trying. */
export function runDeadLetters(config: Config, log: Log, resendTo?: true | string): Promise<number> {
  return inHouse(config, log, async ({ db }) => {
    if (resendTo !== undefined) {
      const count = await resend(db, resendTo === true ? undefined : resendTo)
      console.log(`${count} will be tried again at once, by a worker that runs.`)
      return 0
    }
    const letters = await listGivenUp(db)
    for (const { consumer, topic, eventId, attempts, deadAt, lastError } of letters) {
      console.log(`${deadAt}  ${consumer}  ${topic}  event ${eventId}, after ${attempts} attempts: ${lastError}`)
    }
    if (letters.length === 0) console.log('Every event could be handled.')
    return letters.length === 0 ? 0 : 1
  })
}
