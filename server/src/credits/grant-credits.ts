// Staff give a member credits or unlimited access, with a reason that the member reads.
import type { Granted, NewGrant } from '@fitflow/contract/credits.ts'
import { lockMembers } from '../identity/lock-members.ts'
import { toHundredths } from '../platform/credits.ts'
import type { Database } from '../platform/db.ts'
import type { Sql } from '../platform/sql.ts'
import { answerOnce, type Answer } from '../platform/idempotency.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { malformed } from '../platform/shape.ts'
import type { Tx } from '../platform/tx.ts'
import { announceCredits } from './decisions.ts'
import { toWireMembership } from './lots.ts'
import { openLots, type Opened, type Opening } from './open-lots.ts'
import type { LotCommand } from './with-lot.ts'

/** Answers 201 with the lot and its receipt. Throws `not-found`, or `invalid-request` when it would have ended already. */
export function grantCredits(db: Database, userId: UserId, grant: NewGrant, command: LotCommand): Promise<Answer> {
  // The member's lock keeps a grant and a decision about the same member's means apart.
  const lock = (sql: Sql) => ({ members: lockMembers(sql, [userId]) })
  return answerOnce(db, command, { lock }, async (tx, { members }) => {
    if (members.length === 0) throw new Problem('not-found', 'There is no such client.')
    const [opened] = openLots(tx, [openingOf(userId, grant, tx.now)], command.timeZone) as [Opened]
    announce(tx, opened)
    const body: Granted = { membership: toWireMembership(opened.lot), receipt: opened.receipt }
    return { status: 201, body }
  })
}

function openingOf(userId: UserId, { credits, validUntil, reason, activation }: NewGrant, now: Temporal.Instant): Opening {
  const end = Temporal.Instant.from(validUntil)
  if (Temporal.Instant.compare(end, now) <= 0) {
    throw malformed([{ path: 'body/validUntil', message: 'must lie in the future' }])
  }
  const given = { userId, validUntil: end, reason, ...(activation ? { activationDays: activation.days } : {}) }
  if (credits === null) return { ...given, credits, planType: 'unlimited', name: 'Complimentary membership' }
  return { ...given, credits: toHundredths(credits), planType: 'complimentary', name: 'Complimentary credits' }
}

/** Whoever was passed over for want of means may be offered a spot again: unlimited access is announced too, without a line. */
function announce(tx: Tx, { lot, line }: Opened): void {
  const { id, userId, creditsGranted } = lot
  if (line) announceCredits(tx, [line])
  else tx.emit('credit.granted', { transactionIds: [], userId, bookingId: null })
  const details = { userId, creditsGranted, validUntil: String(lot.validUntil), transactionId: line?.id ?? null }
  tx.audit({ entityType: 'membership', entityId: id, action: 'granted', details })
}
