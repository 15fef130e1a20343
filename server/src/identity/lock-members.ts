// The lock on people: overlap, caps and means are decided for a member across sessions.
import { rowLock } from '../platform/guards.ts'
import type { Sql } from '../platform/sql.ts'
import { inLockOrder, type UserId } from '../platform/ids.ts'

/** Locks the members' rows in ascending order. NO KEY UPDATE, because rows that refer to a member must not wait. */
export function lockMembers(sql: Sql, ids: Iterable<UserId>) {
  return sql<{ id: UserId }[]>`
    select id from users where id = any(${inLockOrder(ids)}::uuid[]) order by id ${rowLock(sql, 'for no key update')}`
}
