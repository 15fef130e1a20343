// Where the drill's workers send their mail: a real server that counts how often it took each message, and what that says after a fault.
import { systemClock } from '../../server/src/platform/clock.ts'
import type { Database } from '../../server/src/platform/db.ts'
import { openMailServer } from '../../server/test/mail-server.ts'
import { sleep } from './rush.ts'

export interface Mailbox {
  url: string
  /** How often each message came, by the id of its row, which is for one reason. */
  taken: Map<string, number>
  /** Resolves as soon as so many more have come, or after half a minute. */
  come(count: number): Promise<void>
  close(): Promise<void>
}

const comeMsMax = 30_000

/** Opens it on a free port. */
export async function openMailbox(): Promise<Mailbox> {
  const taken = new Map<string, number>()
  const server = await openMailServer({
    refuse: () => undefined,
    taken({ raw }) {
      const id = /^Message-ID: <([^@>]+)@/im.exec(raw)?.[1] ?? 'without an id'
      taken.set(id, (taken.get(id) ?? 0) + 1)
    },
  })
  return {
    ...{ ...server, taken },
    async come(count) {
      const enough = taken.size + count
      for (const endsAt = systemClock.monotonicMs() + comeMsMax; taken.size < enough && systemClock.monotonicMs() < endsAt; ) await sleep(1)
    },
  }
}

export interface Mailed {
  /** How many different messages came since the last look, and how many of all came more than once since then. */
  arrived: number
  twice: number
  /** How long it took until none that was due waited. */
  settledMs: number
  wrong: string[]
}

export interface Count {
  (db: Database, killedWorkers: number): Promise<Mailed>
}

// Whoever was killed had some in hand: they are sent again once its lease of two minutes has ended.
const settleMsMax = 300_000

/** Counts from one look to the next; nobody may book meanwhile, so that it comes to an end. */
export function countMails({ taken }: Mailbox): Count {
  let [arrivedBefore, extraBefore] = [0, 0]
  const extra = () => [...taken.values()].reduce((sum, times) => sum + times - 1, 0)
  return async ({ sql }, killedWorkers) => {
    const startedMs = systemClock.monotonicMs()
    const waiting = async () => (await sql<[{ count: number }]>`select count(*)::int from messages where state = 'waiting' and due_at <= clock_timestamp()`)[0].count
    while ((await waiting()) > 0 && systemClock.monotonicMs() - startedMs < settleMsMax) await sleep(500)
    const settledMs = systemClock.monotonicMs() - startedMs
    const [arrived, twice] = [taken.size - arrivedBefore, extra() - extraBefore]
    ;[arrivedBefore, extraBefore] = [taken.size, extra()]
    const sent = await sql<{ id: string }[]>`select id from messages where channel = 'email' and state = 'sent'`
    const lost = sent.filter(({ id }) => !taken.has(id)).length
    const [left, [failed]] = [await waiting(), await sql<[{ count: number }]>`select count(*)::int from messages where state = 'failed'`]
    const wrong = [
      ...(twice > killedWorkers ? [`${twice} messages came twice, ${killedWorkers} may have`] : []),
      ...(lost > 0 ? [`${lost} messages count as sent and never came`] : []),
      ...(left > 0 ? [`${left} messages still wait after ${settleMsMax / 1000} s`] : []),
      ...(failed.count > 0 ? [`${failed.count} messages were given up`] : []),
    ]
    return { arrived, twice, settledMs, wrong }
  }
}
