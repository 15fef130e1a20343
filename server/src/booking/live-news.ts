// What is told as it happens: changes of sessions and of what people have, gathered for a moment, said once to all who may hear it.
import { randomUUID } from 'node:crypto'
import type { LiveClient, LiveEventName, LiveMessages, LiveMine, LiveSession, LiveSlots } from '@fitflow/contract/live.ts'
import type { Role } from '@fitflow/contract/identity.ts'
import type { Database } from '../platform/db.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import { openSeenSessions, type SeenSessions } from '../schedule/seen-sessions.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { isUnseen, spotsLeft } from '../schedule/spots-left.rule.ts'
import { liveHoldsOf, toWireHold, type SpotHold } from './holds.ts'
import { isLive } from './members.ts'

interface Listener {
  userId: UserId
  role: Role
  /** Where somebody who comes back left off. */
  lastEventId: string | null
  send(event: { id: string; name: LiveEventName; data: string }): void
}

export interface LiveNews {
  /** Tells a listener from now on; answers how to stop. */
  hear(listener: Listener): () => void
}

interface House {
  db: Database
  settings: SettingsStore
}

/** Something that was said, and who may hear it. */
interface Said {
  id: string
  name: LiveEventName
  data(to: Listener): LiveSession | LiveMine | LiveClient | LiveSlots | LiveMessages | null
}

// A drop changes a class many times a second; people look a few times.
const gatherMs = 100
/** Enough for somebody who was away for a minute of a busy evening. */
const keptMax = 500

/** Opens the news of one process; it hears of changes in all of them. */
export function openLiveNews({ db, settings }: House): LiveNews {
  const [listeners, seen] = [new Set<Listener>(), openSeenSessions(db)]
  // Numbers mean something in this process only: whoever comes from another begins anew.
  const process = randomUUID().slice(0, 8)
  let count = 0
  let kept: Said[] = []
  let gathered = nothingYet()
  let timer: NodeJS.Timeout | undefined

  const nextId = () => `${process}-${++count}`
  const forget = () => {
    kept = []
    for (const listener of listeners) tell(listener, reset(nextId()))
  }
  const flush = async () => {
    timer = undefined
    const { sessions, users, messages } = gathered
    gathered = nothingYet()
    try {
      const said = await read({ db, settings, seen }, { sessions: [...sessions] as SessionId[], users: [...users] as UserId[], messages })
      for (const one of said.map(news => ({ id: nextId(), ...news }))) {
        kept.push(one)
        for (const listener of listeners) tell(listener, one)
      }
      kept = kept.slice(-keptMax)
    } catch (error) {
      // Whoever listens reads everything again, and learns there what is wrong.
      db.log.warn(error, 'what changed could not be read')
      forget()
    }
  }
  db.signals.hear(({ sessions, users, messages }, isKept) => {
    if (!isKept && sessions.length > 0) seen.distrust()
    // What nobody heard is not kept: whoever comes back begins anew.
    if (listeners.size === 0) return void (kept = [])
    sessions.forEach(id => gathered.sessions.add(id))
    users.forEach(id => gathered.users.add(id))
    gathered.messages ||= messages
    if (sessions.length + users.length > 0 || messages) timer ??= setTimeout(() => void flush(), gatherMs).unref()
  }, forget)

  return {
    hear(listener) {
      for (const one of sinceOf(kept, listener.lastEventId) ?? [reset(nextId())]) tell(listener, one)
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

const nothingYet = () => ({ sessions: new Set<string>(), users: new Set<string>(), messages: false })

/** What was said after this event; null when that is not known. */
function sinceOf(kept: readonly Said[], lastEventId: string | null): readonly Said[] | null {
  const at = kept.findIndex(one => one.id === lastEventId)
  return at < 0 ? null : kept.slice(at + 1)
}

const reset = (id: string): Said => ({ id, name: 'reset', data: () => ({}) as LiveMine })

function tell(listener: Listener, { id, name, data }: Said): void {
  const what = data(listener)
  if (what !== null) listener.send({ id, name, data: JSON.stringify(what) })
}

interface Changed {
  sessions: readonly SessionId[]
  users: readonly UserId[]
  messages: boolean
}

async function read({ db, settings, seen }: House & { seen: SeenSessions }, changed: Changed): Promise<Omit<Said, 'id'>[]> {
  const [sessions, holds] = await Promise.all([seen.read(changed.sessions), liveHoldsOf(db.sql, changed.users)])
  const now = db.clock.now()
  const held = Map.groupBy(holds.filter(hold => isLive(hold, now)), hold => hold.userId)
  const left = (session: ClassSession) => spotsLeft(session, settings.current(), now)
  const slots = new Set(sessions.flatMap(session => session.availabilityId ?? []))
  return [
    ...Array.from(slots, availabilityId => ({ name: 'slots' as const, data: () => ({ availabilityId }) })),
    ...sessions.map(session => ({ name: 'session' as const, data: (to: Listener) => sessionFor(to, session, left(session)) })),
    ...(changed.messages ? [{ name: 'messages' as const, data: (to: Listener) => (to.role === 'admin' ? {} : null) }] : []),
    ...changed.users.flatMap(userId => [
      { name: 'mine' as const, data: (to: Listener) => (to.userId === userId ? mineOf(held.get(userId)) : null) },
      { name: 'client' as const, data: (to: Listener) => (to.role === 'admin' ? { id: userId } : null) },
    ]),
  ]
}

const mineOf = (holds: readonly SpotHold[] = []): LiveMine => ({ holds: holds.map(toWireHold) })

/** A draft is the staff's own, and a 1:1 its trainer's; whose client is in it hears by `mine`. */
function sessionFor({ role, userId }: Listener, session: ClassSession, left: number): LiveSession | null {
  const { id, status, waitlistLength, version, capacity, taken, waiting } = session
  const isOwn = role === 'admin' || (role === 'trainer' && session.trainerId === userId)
  if (!isOwn && (session.kind === 'one_to_one' || isUnseen(session))) return null
  return { id, status, spotsLeft: left, waitlistLength, version, ...(isOwn ? { capacity, taken, waiting } : {}) }
}
