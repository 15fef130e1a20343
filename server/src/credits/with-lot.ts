// The way of every command about one lot: its members and the lot are locked, then it is decided about.
import { lockMembers } from '../identity/lock-members.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed, type Outcome } from '../platform/idempotency.ts'
import type { MembershipId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { findLot, lockLotsById, type Lot } from './lots.ts'

export interface LotCommand {
  keyed: Keyed
  context: Context
  /** The studio's zone, for the dates on receipts. */
  timeZone: string
}

interface Locked {
  lot: Lot
  members: UserId[]
}

/** The lot to be decided about, unlocked: whose it is never changes. Throws `not-found`. */
export async function lotToChange(sql: Sql, id: MembershipId): Promise<Lot> {
  const lot = await findLot(sql, id)
  if (!lot) throw new Problem('not-found', 'There is no such membership.')
  return lot
}

/** Runs `work` once for the key, with the lot's member, `others` and the lot locked. Throws `not-found` and what `work` throws. */
export async function withLot(
  db: Database,
  of: { id: MembershipId; others?: readonly UserId[] },
  command: LotCommand,
  work: (tx: Tx, locked: Locked) => Promise<Outcome>,
): Promise<Answer> {
  const { userId } = await lotToChange(db.sql, of.id)
  const lock = (sql: Sql) => ({ members: lockMembers(sql, [userId, ...(of.others ?? [])]), lots: lockLotsById(sql, [of.id]) })
  return answerOnce(db, command, { lock }, (tx, { members, lots }) => {
    return work(tx, { lot: lots[0] as Lot, members: members.map(row => row.id) })
  })
}
