// Who teaches: whoever has a trainer profile that is not retired, whatever their role.
import type { Sql } from '../platform/db.ts'
import type { UserId } from '../platform/ids.ts'

/** Whether this person teaches now. */
export async function teaches(sql: Sql, userId: UserId): Promise<boolean> {
  const rows = await sql`select 1 from trainer_profiles where user_id = ${userId} and retired_at is null`
  return rows.length > 0
}
