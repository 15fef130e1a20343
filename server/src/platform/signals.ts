// What changed, told to every process after the commit: hints for caches and sleepers, never the truth.
import type { Log } from './log.ts'
import type postgres from 'postgres'

export interface Changed {
  sessions: readonly string[]
  users: readonly string[]
  /** Events were staged: a relay may look now instead of at its next poll. */
  events: boolean
  settings: boolean
  /** Messages were written: a sender may look now. */
  messages: boolean
}

export interface Signals {
  /** Queues a hint; hints of one moment travel together. */
  send(changed: Partial<Changed>): void
  /** Hears of changes in every process, this one included; `lost` when hints may have been missed. */
  hear(listener: (changed: Changed) => void, lost: () => void): void
  close(): Promise<void>
}

// NOTIFY takes a lock that all commits share: never inside a transaction, and one for many.
const gatherMs = 25
// A payload ends at 8,000 bytes; an id is 39 with its quotes and comma.
const idsMax = 180

type Pool = Pick<postgres.Sql, 'listen' | 'notify'>

/** Opens the channel; the listening connection is made when somebody first hears. */
export function openSignals(pool: Pool, log: Log): Signals {
  const listeners: ((changed: Changed) => void)[] = []
  const losses: (() => void)[] = []
  let gathered = nothingYet()
  let timer: NodeJS.Timeout | undefined
  let listening: Promise<{ unlisten(): Promise<void> }> | undefined
  let sending = Promise.resolve()
  let closed = false

  const tell = (changed: Changed) => listeners.forEach(listener => listener(changed))
  const flush = async () => {
    timer = undefined
    const payloads = payloadsOf(gathered)
    gathered = nothingYet()
    for (const payload of payloads) await pool.notify('changed', payload)
  }
  return {
    send(changed) {
      if (closed) return
      gather(gathered, changed)
      // This process need not wait for its own news to come round.
      tell({ sessions: [], users: [], events: false, settings: false, messages: false, ...changed })
      timer ??= setTimeout(() => {
        // A lost hint costs a poll's delay, so a failure here is only worth a line.
        sending = flush().catch((error: unknown) => log.warn(error, 'a hint of a change was lost'))
      }, gatherMs)
    },
    hear(listener, lost) {
      listeners.push(listener)
      losses.push(lost)
      listening ??= pool.listen('changed', payload => tell(readPayload(payload)), () => losses.forEach(forget => forget()))
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await sending
      if (listening) await (await listening).unlisten()
    },
  }
}

interface Gathered {
  sessions: Set<string>
  users: Set<string>
  events: boolean
  settings: boolean
  messages: boolean
}

function nothingYet(): Gathered {
  return { sessions: new Set(), users: new Set(), events: false, settings: false, messages: false }
}

function gather(into: Gathered, { sessions = [], users = [], events = false, settings = false, messages = false }: Partial<Changed>): void {
  for (const id of sessions) into.sessions.add(id)
  for (const id of users) into.users.add(id)
  into.events ||= events
  into.settings ||= settings
  into.messages ||= messages
}

/** As many notifications as it takes, each short enough. */
function payloadsOf({ sessions, users, events, settings, messages }: Gathered): string[] {
  const ids = [...Array.from(sessions, id => ['s', id] as const), ...Array.from(users, id => ['u', id] as const)]
  const parts = Array.from({ length: Math.max(1, Math.ceil(ids.length / idsMax)) }, (_, at) => ids.slice(at * idsMax, (at + 1) * idsMax))
  return parts.map(part => {
    const of = (kind: string) => part.filter(([is]) => is === kind).map(([, id]) => id)
    return JSON.stringify({ s: of('s'), u: of('u'), e: events, t: settings, m: messages })
  })
}

function readPayload(payload: string): Changed {
  const { s, u, e, t, m } = JSON.parse(payload) as { s: string[]; u: string[]; e: boolean; t: boolean; m: boolean }
  return { sessions: s, users: u, events: e, settings: t, messages: m }
}
