// Who a token belongs to: asked of the database once, remembered for a minute, forgotten at once when it changes anywhere.
import { hash } from 'node:crypto'
import type { Role } from '@fitflow/contract/identity.ts'
import type { Database } from '../platform/db.ts'
import type { Gate } from '../platform/http-gate.ts'
import type { Principal } from '../platform/http.ts'
import type { UserId } from '../platform/ids.ts'
import { credentialOf } from './credential.ts'
import { openPrincipalMemory } from './principal-memory.ts'

export interface Principals extends Gate {
  /** Forgets a token, or all of a user's: this process need not wait to hear of its own change. */
  forgetToken(token: string): void
  forgetUser(userId: UserId): void
  close(): Promise<void>
}

/** Opens the memory of this process, and listens for what the triggers of 0001_identity.sql announce. */
export async function openPrincipals(db: Database, { demoAllowed }: { demoAllowed: boolean }): Promise<Principals> {
  const memory = openPrincipalMemory(db.clock)
  const subscription = await db.sql.listen(
    'auth_changed',
    payload => {
      const [kind, what = ''] = payload.split(' ')
      if (kind === 'user') memory.forgetUser(what as UserId)
      else memory.forget(what)
    },
    // Called at the first connection and after each lost one: what was announced in between is unknown.
    memory.forgetAll,
  )
  return {
    credential: credentialOf,
    recall: token => memory.get(digestOf(token)),
    async lookUp(token) {
      const digest = digestOf(token)
      const generation = memory.generation()
      const found = await ownerOf(db, token, digest)
      if (!found || (found.demo && !demoAllowed)) return null
      const { userId, role, via, scope, lifeMs } = found
      const principal: Principal = { userId, role, via, scope }
      if (memory.generation() === generation) memory.remember(digest, principal, lifeMs)
      return principal
    },
    forgetToken: token => memory.forget(digestOf(token)),
    forgetUser: memory.forgetUser,
    close: () => subscription.unlisten(),
  }
}

/** What stands for a token in memory, in notifications and, for API keys, in the database. */
export function digestOf(token: string): string {
  return hash('sha256', token, 'hex')
}

interface Owner extends Principal {
  role: Role
  demo: boolean
  /** What is left of the token's life. */
  lifeMs: number
}

/** By the database's real time: a token's life is no rule of the studio, and no test moves it. */
async function ownerOf(db: Database, token: string, digest: string): Promise<Owner | undefined> {
  const [owner] = await db.sql<Owner[]>`
    select u.id as user_id, u.role, u.demo, t.via, t.scope,
      least(extract(epoch from t.expires_at - now()) * 1000, 2147483647)::integer as life_ms
    from (
      select user_id, 'session' as via, 'write' as scope, expires_at from auth_sessions where token = ${token}
      union all
      select user_id, 'api-key', scope, coalesce(expires_at, 'infinity') from api_keys where key_hash = ${digest}
    ) t
    join users u on u.id = t.user_id
    where t.expires_at > now()`
  return owner
}
