// The lock on people: overlap, caps and means are decided for a member across sessions.
import { rowLock } from '../platform/guards.ts'
import type { Sql } from '../platform/sql.ts'
import { inLockOrder, type UserId } from '../platform/ids.ts'

/** Locks the members' rows in ascending order, and says who of them teaches or did. NO KEY UPDATE, because rows that refer to a member must not wait. */
export function lockMembers(sql: Sql, ids: Iterable<UserId>) {
  return sql<{ id: UserId; teaches: boolean }[]>`
    select id, exists (select from trainer_profiles p where p.user_id = users.id) as teaches from users where id = any(${inLockOrder(ids)}::uuid[]) order by id ${rowLock(sql, 'for no key update')}`
}
