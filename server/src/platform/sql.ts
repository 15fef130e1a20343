// The shape of SQL in this code: the driver's tag with our types, a pool of connections, one of them, a piece of a statement.
import type postgres from 'postgres'

interface Types extends Record<string, unknown> {
  instant: Temporal.Instant
  day: Temporal.PlainDate
}
export type Sql = postgres.ISql<Types>
/** A piece of SQL to be put into a statement. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>
export type Pool = postgres.Sql<Types>
export type Connection = postgres.ReservedSql<Types>
