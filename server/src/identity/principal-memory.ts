// What this process remembers of whose a token is: by the token's digest, and by user, to forget all of somebody's at once.
import { openCache } from '../platform/cache.ts'
import type { Clock } from '../platform/clock.ts'
import type { Principal } from '../platform/http.ts'
import type { UserId } from '../platform/ids.ts'

export interface PrincipalMemory {
  get(digest: string): Principal | undefined
  /** Counts what was forgotten: an answer of the database that is older than a change must not be remembered. */
  generation(): number
  /** Remembers for a minute, or for what is left of the token's life. */
  remember(digest: string, principal: Principal, lifeMs: number): void
  forget(digest: string): void
  forgetUser(userId: UserId): void
  forgetAll(): void
}

interface Entry {
  principal: Principal
  /** By the process's own monotonic time. */
  freshUntilMs: number
}

// Bounds how long a change may go unseen while the connection that tells of changes is down.
const freshMs = 60_000
const entriesMax = 100_000

/** Opens an empty memory. */
export function openPrincipalMemory(clock: Clock): PrincipalMemory {
  const digestsOf = new Map<UserId, Set<string>>()
  const entries = openCache<Entry>({
    entriesMax,
    left: ({ principal }, digest) => {
      const digests = digestsOf.get(principal.userId)
      if (digests?.delete(digest) && digests.size === 0) digestsOf.delete(principal.userId)
    },
  })
  let generation = 0

  return {
    get(digest) {
      const entry = entries.get(digest)
      return entry && entry.freshUntilMs > clock.monotonicMs() ? entry.principal : undefined
    },
    generation: () => generation,
    remember(digest, principal, lifeMs) {
      entries.set(digest, { principal, freshUntilMs: clock.monotonicMs() + Math.min(freshMs, lifeMs) })
      const digests = digestsOf.get(principal.userId)
      if (digests) digests.add(digest)
      else digestsOf.set(principal.userId, new Set([digest]))
    },
    forget(digest) {
      generation++
      entries.delete(digest)
    },
    forgetUser(userId) {
      generation++
      for (const digest of [...(digestsOf.get(userId) ?? [])]) entries.delete(digest)
    },
    forgetAll() {
      generation++
      entries.clear()
    },
  }
}
