// What changed, told to every process after the commit: hints for caches and sleepers, never the truth.
// Through Redis where there is one, else and to whoever is deaf there through PostgreSQL.
import type { Channel } from './channel.ts'
import { systemClock } from './clock.ts'
import type { Log } from './log.ts'
import type postgres from 'postgres'

export interface Changed {
  sessions: readonly string[]
  users: readonly string[]
  /** Events were staged: a relay may look now instead of at its next poll. */
  events: boolean
  settings: boolean
  /** Messages were written or settled: a sender may look now, and so may whoever watches them. */
  messages: boolean
}

export interface Signals {
  /** Queues a hint; hints of one moment travel together, when what is to be kept of them is. `kept` never rejects. */
  send(changed: Partial<Changed>, kept?: Promise<boolean>): void
  /**
   * Hears of changes in every process, this one included; `lost` when hints may have been missed. What is not surely kept in
   * the common memory is to be asked of the database.
   */
  hear(listener: (changed: Changed, isKept: boolean) => void, lost: () => void): void
  close(): Promise<void>
}

// NOTIFY takes a lock that all commits share: never inside a transaction, and one for many.
const gatherMs = 25
// A payload ends at 8,000 bytes; an id is 39 with its quotes and comma.
const idsMax = 180
// Whoever is deaf says so each second: this long others tell them by the database, too.
const deafMs = 5000

type Pool = Pick<postgres.Sql, 'listen' | 'notify'>

/** Opens the way to all processes; what listens is opened when somebody first hears. */
export function openSignals(pool: Pool, log: Log, channel: Channel | null): Signals {
  const listeners: ((changed: Changed, isKept: boolean) => void)[] = []
  const losses: (() => void)[] = []
  let gathered = nothingYet()
  let timer: NodeJS.Timeout | undefined
  let sending = Promise.resolve()
  let closed = false

  const tell = (changed: Changed, isKept: boolean) => listeners.forEach(listener => listener(changed, isKept))
  const wires = openWires({ pool, log, channel }, { heard: tell, lost: () => losses.forEach(forget => forget()) })
  const flush = async () => {
    timer = undefined
    const ready = gathered
    gathered = nothingYet()
    const kept = (await Promise.all(ready.kept)).every(Boolean)
    for (const payload of payloadsOf(ready, kept)) await wires.pass(payload)
  }
  return {
    send(changed, kept = Promise.resolve(false)) {
      if (closed) return
      gather(gathered, changed, kept)
      // This process need not wait for its own news to come round.
      tell({ sessions: [], users: [], events: false, settings: false, messages: false, ...changed }, true)
      timer ??= setTimeout(() => {
        // A lost hint costs a poll's delay, so a failure here is only worth a line.
        sending = flush().catch((error: unknown) => log.warn(error, 'a hint of a change was lost'))
      }, gatherMs)
    },
    hear(listener, lost) {
      listeners.push(listener)
      losses.push(lost)
      wires.listen()
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await sending
      await wires.close()
    },
  }
}

interface Ends {
  heard(changed: Changed, isKept: boolean): void
  lost(): void
}

/** Redis where there is one; PostgreSQL where not, while it is away, and while anybody is deaf there. */
function openWires({ pool, log, channel }: { pool: Pool; log: Log; channel: Channel | null }, { heard, lost }: Ends) {
  let listening: Promise<{ unlisten(): Promise<void> }> | undefined
  let deafUntilMs = -Infinity

  const take = (payload: string) => {
    const { deaf, kept, ...changed } = readPayload(payload)
    if (deaf) deafUntilMs = systemClock.monotonicMs() + deafMs
    else heard(changed, kept)
  }
  const growDeaf = (anew: boolean) => {
    // What was missed until now; from here on the others tell us by the database.
    if (anew) lost()
    // Said again in a second: a database that is away passes nothing on in any case.
    pool.notify('changed', deafPayload).catch((error: unknown) => log.warn(error, 'nobody hears that we are deaf'))
  }
  return {
    async pass(payload: string): Promise<void> {
      // A channel that is away says so at once: then the other way is the only one.
      const isSaid = channel !== null && (await channel.say(payload).then(() => true, () => false))
      if (!isSaid || systemClock.monotonicMs() < deafUntilMs) await pool.notify('changed', payload)
    },
    listen(): void {
      if (listening) return
      listening = pool.listen('changed', take, lost)
      channel?.listen(take, growDeaf)
    },
    async close(): Promise<void> {
      channel?.close()
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
  kept: Promise<boolean>[]
}

function nothingYet(): Gathered {
  return { sessions: new Set(), users: new Set(), events: false, settings: false, messages: false, kept: [] }
}

function gather(into: Gathered, { sessions = [], users = [], events = false, settings = false, messages = false }: Partial<Changed>, kept: Promise<boolean>): void {
  for (const id of sessions) into.sessions.add(id)
  for (const id of users) into.users.add(id)
  into.events ||= events
  into.settings ||= settings
  into.messages ||= messages
  into.kept.push(kept)
}

/** As many notifications as it takes, each short enough. */
function payloadsOf({ sessions, users, events, settings, messages }: Gathered, kept: boolean): string[] {
  const ids = [...Array.from(sessions, id => ['s', id] as const), ...Array.from(users, id => ['u', id] as const)]
  const parts = Array.from({ length: Math.max(1, Math.ceil(ids.length / idsMax)) }, (_, at) => ids.slice(at * idsMax, (at + 1) * idsMax))
  return parts.map(part => {
    const of = (kind: string) => part.filter(([is]) => is === kind).map(([, id]) => id)
    return JSON.stringify({ s: of('s'), u: of('u'), e: events, t: settings, m: messages, k: kept })
  })
}

const deafPayload = '{"d":true}'

function readPayload(payload: string): Changed & { deaf: boolean; kept: boolean } {
  const { s = [], u = [], e = false, t = false, m = false, k = false, d = false } = JSON.parse(payload) as Partial<Record<'s' | 'u', string[]> & Record<'e' | 't' | 'm' | 'k' | 'd', boolean>>
  return { sessions: s, users: u, events: e, settings: t, messages: m, kept: k, deaf: d }
}
