// Identity put together for a process that serves people: sign-in, its throttle, and the memory of who a token belongs to.
import type { Database } from '../platform/db.ts'
import { openAuth, type Auth, type AuthOptions } from './auth.ts'
import type { AuthDoor } from './auth-door.ts'
import { openPrincipals } from './principals.ts'
import type { Secret } from '../platform/secret.ts'
import { openSignInThrottle, type SignInLimits } from './sign-in-throttle.ts'

export interface IdentityOptions extends Omit<AuthOptions, 'secret'> {
  secret: Secret
  limits: () => SignInLimits
}

export interface Identity extends AuthDoor {
  auth: Auth
  db: Database
  secret: Secret
  close(): Promise<void>
}

/** Opens identity; it listens for revocations from here on. Close it before the database. */
export async function openIdentity(options: IdentityOptions): Promise<Identity> {
  const { db, secret, publicUrl } = options
  const auth = openAuth({ ...options, secret: secret.deriveKey('sign-in').bytes.toString('base64url') })
  const principals = await openPrincipals(db, options)
  return {
    auth,
    db,
    secret,
    publicUrl,
    principals,
    throttle: openSignInThrottle({ clock: db.clock, memory: db.memory.common }, options.limits),
    async close() {
      await principals.close()
      await auth.close()
    },
  }
}
