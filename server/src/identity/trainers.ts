// Who teaches: a profile on top of an account, retired instead of deleted, because past sessions name their trainer.
import type { Trainer, User } from '@fitflow/contract/identity.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import type { Fragment, Sql } from '../platform/sql.ts'
import type { UserId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { findUser, userOf } from './users.ts'

type RefuseStale = (was: User) => void

const byName = openKeyset<[name: string, id: string]>(Type.Tuple([Type.String(), Type.String({ format: 'uuid' })]))

/** One page of those who teach, by name. */
export async function listTrainers(sql: Sql, { limit = pageSize, cursor }: { limit?: number; cursor?: string }): Promise<Page<Trainer>> {
  const after = byName.read(cursor)
  const rows = await sql<Trainer[]>`
    select u.id, u.display_name as name, p.bio
    from trainer_profiles p join users u on u.id = p.user_id
    where p.retired_at is null
      ${after ? sql`and (u.display_name collate "und-x-icu", u.id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
    order by u.display_name collate "und-x-icu", u.id
    limit ${limit + 1}`
  return byName.page(rows, limit, row => [row.name, row.id])
}

/** Lets somebody teach, or changes how they are introduced. Throws `not-found`, and what `refuseStale` throws. */
export async function putTrainerProfile(tx: Tx, id: UserId, bio: string, refuseStale: RefuseStale = () => undefined): Promise<Trainer> {
  const user = await findUser(tx.sql, id, true)
  if (!user) throw new Problem('not-found', 'There is no such user.')
  refuseStale(userOf(user))
  await tx.sql`
    insert into trainer_profiles (user_id, bio, created_at, updated_at) values (${id}, ${bio}, ${tx.now}, ${tx.now})
    on conflict (user_id) do update set bio = excluded.bio, retired_at = null, updated_at = excluded.updated_at`
  tx.audit({ entityType: 'trainer_profile', entityId: id, action: 'changed', details: { teaches: { was: user.teaches, is: true } } })
  return { id, name: user.name, bio }
}

/** Ends somebody's teaching; sessions they have keep them. Throws `not-found` for who does not teach, and what `refuseStale` throws. */
export async function retireTrainer(tx: Tx, id: UserId, refuseStale: RefuseStale = () => undefined): Promise<void> {
  const user = await findUser(tx.sql, id, true)
  if (!user?.teaches) throw new Problem('not-found', 'This user has no trainer profile.')
  refuseStale(userOf(user))
  await tx.sql`
    update trainer_profiles set retired_at = ${tx.now}, updated_at = ${tx.now}
    where user_id = ${id} and retired_at is null`
  tx.audit({ entityType: 'trainer_profile', entityId: id, action: 'retired', details: {} })
}

/** Whether any of these people teaches or did: a condition for others' questions, decided before their first row is read. */
export function someTeach(sql: Sql, userIds: readonly UserId[]): Fragment {
  return sql`exists (select from trainer_profiles where user_id = any(${[...userIds]}::uuid[]))`
}

/** Whether somebody teaches now: only they can be given a session. */
export async function teaches(sql: Sql, id: UserId): Promise<boolean> {
  const rows = await sql`select user_id from trainer_profiles where user_id = ${id} and retired_at is null`
  return rows.length > 0
}
