// Finding somebody who is not known yet: as much as must be typed before a name comes up.
import type { Sql } from '../platform/sql.ts'
import type { UserId } from '../platform/ids.ts'
import type { Person } from './display-names.ts'
import { containing, escaped } from './users.ts'

/** So many letters of a name before strangers are looked through. */
const lettersMin = 3

interface Whom {
  /** Who is found by any part of their name or address; undefined for everybody. */
  known: readonly UserId[] | undefined
  limit: number
}

/** People by name: the known by any part, others whose address it is exactly, or one of whose names begins with three letters or more. */
export function findPeople(sql: Sql, search: string, { known, limit }: Whom) {
  const letters = search.match(/\p{L}/gu)?.length ?? 0
  const begins = escaped(search)
  const anywhere = sql`(u.display_name || ' ' || u.email) ilike ${containing(search)}`
  return sql<Person[]>`
    select id, display_name as name, email from users u
    where u.email = ${search.toLowerCase()}
      ${known === undefined ? sql`or ${anywhere}` : sql`or (u.id = any(${[...known]}::uuid[]) and ${anywhere})`}
      ${letters < lettersMin ? sql`` : sql`or (${anywhere} and (u.display_name ilike ${`${begins}%`} or u.display_name ilike ${`% ${begins}%`}))`}
    order by u.display_name collate "und-x-icu", u.id limit ${limit}`
}
