// How often somebody may fail to sign in: for each account against guessing, for each address against trying many accounts.
import type { Clock } from '../platform/clock.ts'
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

/** Opens the counters of this process. */
export function openSignInThrottle(clock: Clock, limits: () => SignInLimits): SignInThrottle {
  const accounts = openLimiter(clock, () => limits().failedSignInsPerAccountPerMinute)
  const addresses = openLimiter(clock, () => limits().failedSignInsPerAddressPerMinute)
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
