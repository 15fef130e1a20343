// People who book without end, as an app does it for them: the same key again when no answer came, at whichever process answers.
import { systemClock } from '../../server/src/platform/clock.ts'
import { randomUUID } from 'node:crypto'
import type { SessionId } from '../../server/src/platform/ids.ts'
import type { Member as Person } from '../fixture.ts'

const nowMs = () => systemClock.monotonicMs()

interface Booked {
  bookingId: string
  userId: string
}

export interface Rush {
  /** What somebody was told: each of these has to be there, whatever happens. */
  booked: Booked[]
  counts: { booked: number; full: number; again: number; gaveUp: number }
  /** Answers that nobody may get. */
  wrong: Map<string, number>
  /** Nobody begins to book until `goOn`; resolves when those under way are done. */
  pause(): Promise<void>
  goOn(): void
  stop(): Promise<void>
}

export interface RushOptions {
  urls: readonly string[]
  people: readonly Person[]
  /** Each has room for ten of the twelve who ask. */
  sessions: readonly SessionId[]
}

export const askersEach = 12
const riders = 16
const restMs = 30
const patientMs = 4000
const againMs = 200
const patienceMs = 45_000

/** Begins; ends with `stop`, or when there is nobody left who has not booked. */
export function beginRush({ urls, people, sessions }: RushOptions): Rush {
  let at = 0
  let stopped = false
  let paused = false
  let riding = 0
  const rush = {
    ...{ urls, booked: [] as Booked[], counts: { booked: 0, full: 0, again: 0, gaveUp: 0 }, wrong: new Map<string, number>() },
    async pause() {
      paused = true
      while (riding > 0) await sleep(restMs)
    },
    goOn: () => void (paused = false),
    async stop() {
      stopped = true
      await Promise.all(rides)
    },
  }
  const journey = async (person: Person, sessionId: SessionId) => {
    const hold = await insist(rush, person, `/sessions/${sessionId}/hold`)
    if (hold?.status !== 201) return void (hold && (hold.status === 409 ? rush.counts.full++ : note(rush, hold)))
    const confirmed = await insist(rush, person, `/holds/${hold.id}/confirm`, { method: 'membership' })
    if (confirmed?.status !== 201) return void (confirmed && note(rush, confirmed))
    rush.counts.booked++
    rush.booked.push({ bookingId: confirmed.id, userId: person.id })
  }
  const ride = async () => {
    while (!stopped && at < people.length) {
      if (!paused) {
        const mine = at++
        riding++
        await journey(people[mine] as Person, sessions[Math.floor(mine / askersEach) % sessions.length] as SessionId)
        riding--
      }
      await sleep(restMs)
    }
  }
  const rides = Array.from({ length: riders }, ride)
  return rush
}

interface Told {
  status: number
  id: string
  code: string
}

/** Asks until somebody answers; undefined when nobody did for long. */
async function insist(rush: Rush & { urls: readonly string[] }, person: Person, path: string, body?: object): Promise<Told | undefined> {
  const key = randomUUID()
  for (const endsAt = nowMs() + patienceMs; nowMs() < endsAt; ) {
    const among = rush.urls
    const told = await ask(among[Math.floor(Math.random() * among.length)] as string, person, path, { key, ...(body ? { body } : {}) })
    // The first one with this key may still be at work, at a process that was paused or cut off.
    if (told !== undefined && told.status !== 503 && told.code !== 'request-in-progress') return told
    rush.counts.again++
    await sleep(againMs)
  }
  rush.counts.gaveUp++
  return undefined
}

/** Undefined when no answer came in time, or the connection broke. */
export async function ask(url: string, { token }: Person, path: string, asked: { key?: string; body?: object; answerMsMax?: number } = {}): Promise<Told | undefined> {
  const { key = randomUUID(), body, answerMsMax = patientMs } = asked
  try {
    const response = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': key, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(answerMsMax),
    })
    const json = (await response.json()) as { id?: string; code?: string; booking?: { id: string } }
    return { status: response.status, id: json.booking?.id ?? json.id ?? '', code: json.code ?? '' }
  } catch {
    // No answer is what a drill is for: the asker tries again.
    return undefined
  }
}

function note({ wrong }: Rush, { status, code }: Told): void {
  const answer = `${status} ${code}`
  wrong.set(answer, (wrong.get(answer) ?? 0) + 1)
}

export const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
