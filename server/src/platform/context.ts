// Who acts, and under which trace: carried through every use case into what it writes.
import type { Role } from '@fitflow/contract/identity.ts'
import type { UserId } from './ids.ts'

export interface Actor {
  userId: UserId | null
  role: Role | 'system'
  via: 'session' | 'api-key' | 'job' | 'consumer' | 'cli'
}

/** Who asks, and under which trace. */
export interface Context {
  actor: Actor
  traceId: string
}
