// A live server for a test file: every module's routes on the file's own database, and people who ask it over HTTP.
import { randomUUID } from 'node:crypto'
import { afterAll } from 'vitest'
import type { ProblemBody } from '@fitflow/contract/problems.ts'
import { startApi, type Api } from '../src/api.ts'
import { readConfig, type Config } from '../src/config.ts'
import type { House } from '../src/house.ts'
import type { Letter } from '../src/identity/auth.ts'
import type { Database } from '../src/platform/db.ts'
import { openSecret } from '../src/platform/secret.ts'
import { openSettings, type Settings } from '../src/schedule/settings.ts'
import type { Person } from './world.ts'

export interface TestServer {
  api: Api
  /** What the server stands on, for a worker beside it. */
  house: House
  url: string
  /** Where pages of ours come from, as a browser says in `Origin`. */
  origin: string
  /** What the server told people, oldest first. */
  letters: Letter[]
  /** Asks as somebody: a person, who is signed in on the way, a token, or null for a visitor. */
  ask(as: Person | string | null, method: string, path: string, with_?: Asked): Promise<Told>
  tokenOf(person: Person): Promise<string>
}

interface Asked {
  body?: unknown
  /** The idempotency key of a command; a fresh one unless told, none when null. */
  key?: string | null
  headers?: Record<string, string>
  /** Sent as it is, instead of `body`. */
  raw?: string
}

export interface Told {
  status: number
  headers: Headers
  text: string
  /** The answer read as JSON; undefined when it is none. */
  json: unknown
  /** The same, where a refusal is expected. */
  problem: ProblemBody
}

interface Wish {
  settings?: Partial<Settings>
  config?: Partial<Config>
}

// Tests ask faster than people; whoever tests a limit sets it.
const unlimited = { requestsPerMinute: 1_000_000, holdsPerMinute: 1_000_000 }

/** Call it at the top of a test file, after `aDatabase`. */
export async function aServer(db: Database, wish: Wish = {}): Promise<TestServer> {
  const config = { ...readConfig({}), port: 0, ...wish.config }
  const known = await openSettings(db)
  const settings = { ...known, current: () => ({ ...known.current(), ...unlimited, ...wish.settings }) }
  const secret = openSecret({ secret: 'a secret for tests only, and long enough', previousSecret: null, dataDirectory: '' })
  const letters: Letter[] = []
  const house: House = { config, log: db.log, clock: db.clock, secret, db, settings }
  const api = await startApi(house, letter => void letters.push(letter))
  afterAll(async () => {
    await api.stop()
    known.close()
  })
  const url = `http://127.0.0.1:${api.port}`
  const tokens = new Map<string, Promise<string>>()
  const tokenOf = (person: Person) => {
    const token = tokens.get(person.id) ?? signIn(db, person)
    tokens.set(person.id, token)
    return token
  }
  return {
    api,
    house,
    url,
    origin: config.publicUrl,
    letters,
    tokenOf,
    async ask(as, method, path, asked = {}) {
      const token = as === null || typeof as === 'string' ? as : await tokenOf(as)
      return send(url + path, method, token, asked)
    },
  }
}

async function send(url: string, method: string, token: string | null, { body, key, headers, raw }: Asked): Promise<Told> {
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const chosen = key === undefined && method !== 'GET' ? randomUUID() : key
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(chosen ? { 'idempotency-key': chosen } : {}),
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  })
  // A stream goes on for good: whoever only asks whether they may listen has heard enough.
  if (/event-stream/.test(response.headers.get('content-type') ?? '')) await response.body?.cancel()
  const text = response.bodyUsed ? '' : await response.text()
  const json: unknown = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined
  return { status: response.status, headers: response.headers, text, json, problem: json as ProblemBody }
}

/** A session as the sign-in library would make it, without the price of a password. By real time: sessions know no other. */
async function signIn(db: Database, { id }: Person): Promise<string> {
  const token = randomUUID().replaceAll('-', '')
  await db.sql`
    insert into auth_sessions (user_id, token, expires_at, created_at, updated_at)
    values (${id}, ${token}, now() + interval '1 day', now(), now())`
  return token
}
