// People as an admin sees them: the list, and one of them.
import type { Me, Role, User, UserQuery } from '@fitflow/contract/identity.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import type { Fragment, Sql } from '../platform/sql.ts'
import type { UserId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'

interface UserRow {
  id: UserId
  name: string
  email: string
  role: Role
  teaches: boolean
  bio: string | null
  createdAt: Temporal.Instant
}

/** What one user is shown as. */
const columns = (sql: Sql) => sql`
  u.id, u.display_name as name, u.email, u.role, u.created_at, p.bio, p.user_id is not null and p.retired_at is null as teaches`

/** A row as the wire shows it. */
export function userOf(row: UserRow): User {
  return { ...row, createdAt: row.createdAt.toString() }
}

/** Everybody by name; served by the index users_display_name, a search by users_search. */
const byName = openKeyset<[name: string, id: string]>(Type.Tuple([Type.String(), Type.String({ format: 'uuid' })]))

/**
 * One page of the users whose name or address contains `search`. `among` narrows them by a condition on `u.id`, which a higher
 * module puts together out of what it owns.
 */
export async function listUsers(
  sql: Sql,
  { search, role, limit = pageSize, cursor }: UserQuery,
  among?: Fragment | undefined,
): Promise<Page<User>> {
  const after = byName.read(cursor)
  const rows = await sql<UserRow[]>`
    select ${columns(sql)}
    from users u left join trainer_profiles p on p.user_id = u.id
    where true
      ${search === undefined ? sql`` : sql`and (u.display_name || ' ' || u.email) ilike ${containing(search)}`}
      ${role === undefined ? sql`` : sql`and u.role = ${role}`}
      ${among ? sql`and ${among}` : sql``}
      ${after ? sql`and (u.display_name collate "und-x-icu", u.id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
    order by u.display_name collate "und-x-icu", u.id
    limit ${limit + 1}`
  const { items, nextCursor } = byName.page(rows, limit, row => [row.name, row.id])
  return { items: items.map(userOf), nextCursor }
}

/** Everybody who may do everything: there are few. */
export async function adminIds(sql: Sql): Promise<UserId[]> {
  const rows = await sql<{ id: UserId }[]>`select id from users where role = 'admin' order by id`
  return rows.map(row => row.id)
}

/** One user, or undefined. `forUpdate` locks the row for a change. */
export async function findUser(sql: Sql, id: UserId, forUpdate = false): Promise<UserRow | undefined> {
  const [row] = await sql<UserRow[]>`
    select ${columns(sql)}
    from users u left join trainer_profiles p on p.user_id = u.id where u.id = ${id}
    ${forUpdate ? sql`for no key update of u` : sql``}`
  return row
}

/** The signed-in person. */
export async function readMe(sql: Sql, id: UserId): Promise<Me | undefined> {
  const [row] = await sql<(Omit<Me, 'trainerProfile'> & { bio: string | null })[]>`
    select u.id, u.display_name as name, u.email, u.role, p.bio
    from users u left join trainer_profiles p on p.user_id = u.id and p.retired_at is null
    where u.id = ${id}`
  if (!row) return undefined
  const { bio, ...person } = row
  return { ...person, trainerProfile: bio === null ? null : { bio } }
}

/** A pattern that matches whatever contains these characters. */
export function containing(search: string): string {
  return `%${escaped(search)}%`
}

// Keyboards have the straight one, names the curved one: in a name each stands for any.
const apostrophes = /(?<=\p{L})['‘’ʼ]|['‘’ʼ](?=\p{L})/gu

/** Characters of a pattern that stand for themselves, but for apostrophes. */
export function escaped(search: string): string {
  return search.replaceAll(/[\\%_]/g, String.raw`\$&`).replaceAll(apostrophes, '_')
}

/** Whether anybody has an account here, or a demo account. Served by the primary key; a house is asked at its start only. */
export async function hasAccounts(sql: Sql, which: 'any' | 'demo'): Promise<boolean> {
  const rows = await sql`select id from users ${which === 'demo' ? sql`where demo` : sql``} limit 1`
  return rows.length > 0
}
