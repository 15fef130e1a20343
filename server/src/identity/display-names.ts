// Names of people, for modules that show them beside something of their own.
import type { Sql } from '../platform/sql.ts'
import type { UserId } from '../platform/ids.ts'

export interface Person {
  id: UserId
  name: string
  email: string
}

/** Whose address this is; undefined when it is nobody's. */
export async function personByEmail(sql: Sql, email: string): Promise<Person | undefined> {
  const [row] = await sql<Person[]>`select id, display_name as name, email from users where email = ${email.toLowerCase()}`
  return row
}

/** Name and address of each of these people. */
export async function peopleById(sql: Sql, ids: Iterable<UserId>): Promise<Map<UserId, Person>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const rows = await sql<Person[]>`select id, display_name as name, email from users where id = any(${wanted}::uuid[])`
  return new Map(rows.map(row => [row.id, row]))
}
