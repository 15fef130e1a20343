// What keeps two transactions from deciding about one thing at once. Production has all of it; tests take the guards away, one
// by one to show that each holds alone, and all to show that a race is lost without them.
import type { Fragment, Sql } from './sql.ts'

export interface Guards {
  /** One transaction at a time decides about a session, and its snapshot is younger than its wait. */
  advisoryLock: boolean
  /** Whoever forgot the advisory lock waits for the row all the same. */
  rowLock: boolean
  /** The isolation of whatever decides about spots and credits. */
  isolation: 'serializable' | 'read committed'
}

export const allGuards: Guards = { advisoryLock: true, rowLock: true, isolation: 'serializable' }

const lockless = new WeakSet<Sql>()

/** Lets the row locks of a connection be, for a race that must be lost without them. */
export function letRowsBe(sql: Sql): void {
  lockless.add(sql)
}

/** The end of a statement that locks the rows it reads. */
export function rowLock(sql: Sql, strength: 'for update' | 'for no key update' | 'for update of m' | 'for update of r'): Fragment {
  if (lockless.has(sql)) return sql``
  if (strength === 'for update') return sql`for update`
  if (strength === 'for update of r') return sql`for update of r`
  return strength === 'for no key update' ? sql`for no key update` : sql`for update of m`
}
