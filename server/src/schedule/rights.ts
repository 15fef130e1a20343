// Whose classes are whose: a trainer has their own templates and sessions, an admin has all.
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Actor } from '../platform/context.ts'

/** Whose templates and sessions the actor sees and changes; null for everybody's. */
export function ownerSeen(actor: Actor): UserId | null {
  return actor.role === 'admin' || actor.role === 'system' ? null : actor.userId
}

/** Whether what this trainer teaches is the actor's to see and change. */
export function mayChange(actor: Actor, trainerId: UserId): boolean {
  const owner = ownerSeen(actor)
  return owner === null || owner === trainerId
}

/** Throws `forbidden` when a trainer puts somebody else in front of a class. */
export function refuseNaming(actor: Actor, trainerId: UserId): void {
  if (mayChange(actor, trainerId)) return
  throw new Problem('forbidden', 'Only an admin may give a class to another trainer.')
}
