// How often somebody may fail to sign in: for each account against guessing, for each address against trying many accounts.
import { hash } from 'node:crypto'
import type { Clock } from '../platform/clock.ts'
import type { Memory } from '../platform/memory.ts'
import { addressKey, openLimiter, type Allowance } from '../platform/rate-limit.ts'

export interface SignInLimits {
  failedSignInsPerAccountPerMinute: number
  failedSignInsPerAddressPerMinute: number
}

export interface Attempt {
  /** Set when it may not even be tried. */
  refused: Allowance | null
  /** It was no failure after all. */
  succeeded(): void
}

export interface SignInThrottle {
  /** Counts an attempt at `what` as failed until it has succeeded, so that guesses sent at once count like guesses sent in turn. */
  attempt(what: string, email: string, ip: string): Attempt
}

/** Opens the counters of this process, which tell those of the others through the memory. */
export function openSignInThrottle({ clock, memory }: { clock: Clock; memory: Memory }, limits: () => SignInLimits): SignInThrottle {
  // Nobody's address is kept outside the house in a form that can be read.
  const shared = (kind: string) => ({ memory, nameOf: (key: string) => `${kind}:{${hash('sha256', key, 'base64url')}}:rate_limit:sign_in` })
  const accounts = openLimiter(clock, () => limits().failedSignInsPerAccountPerMinute, shared('account'))
  const addresses = openLimiter(clock, () => limits().failedSignInsPerAddressPerMinute, shared('address'))
  return {
    attempt(what, email, ip) {
      const account = `${what} ${email.trim().toLowerCase()}`
      const address = addressKey(ip)
      const counted = [accounts.count(account), addresses.count(address)]
      return {
        refused: counted.find(allowance => allowance.exceeded) ?? null,
        succeeded() {
          accounts.refund(account)
          addresses.refund(address)
        },
      }
    },
  }
}
