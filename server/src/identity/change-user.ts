// An admin changes somebody's rank or name; the studio always keeps an admin.
import type { User, UserChange } from '@fitflow/contract/identity.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { findUser, userOf } from './users.ts'

/** Answers the user as changed. Throws `not-found`, and `last-admin` when nobody else would be one. */
export async function changeUser(tx: Tx, id: UserId, change: UserChange, refuseStale: (was: User) => void = () => undefined): Promise<User> {
  const was = await findUser(tx.sql, id, true)
  if (!was) throw new Problem('not-found', 'There is no such user.')
  refuseStale(userOf(was))
  const role = change.role ?? was.role
  const name = change.name?.trim() ?? was.name
  if (was.role === 'admin' && role !== 'admin') await keepAnAdmin(tx, id)

  await tx.sql`update users set role = ${role}, display_name = ${name}, updated_at = ${tx.now} where id = ${id}`
  const details = { role: { was: was.role, is: role }, nameChanged: name !== was.name }
  tx.audit({ entityType: 'user', entityId: id, action: 'changed', details })
  return userOf({ ...was, role, name })
}

/** Two admins who demote each other at once both read the other here: SERIALIZABLE lets only one of them through. */
async function keepAnAdmin(tx: Tx, id: UserId): Promise<void> {
  const [other] = await tx.sql`select id from users where role = 'admin' and id <> ${id} limit 1`
  if (!other) throw new Problem('last-admin', 'This is the only admin. Make somebody else an admin first.')
}
