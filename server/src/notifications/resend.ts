// Staff send again what had failed for good: from now on, with all its attempts before it.
import type { StaffMessage } from '@fitflow/contract/notifications.ts'
import type { MessageId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import type { Framing } from './message-frame.ts'
import { messageById, toWireStaff } from './read-messages.ts'

/** Answers the message as it waits again. Throws `not-found` and `message-not-failed`. */
export async function resendMessage(tx: Tx, framing: Framing, id: MessageId): Promise<StaffMessage> {
  const row = await messageById(tx.sql, id, true)
  if (row.state !== 'failed') throw new Problem('message-not-failed', 'Only what failed for good can be sent again.', { state: row.state })
  await tx.sql`update messages set state = 'waiting', due_at = ${tx.now}, attempts = 0, leased_until = null where id = ${id}`
  tx.audit({ entityType: 'message', entityId: id, action: 'sent again', details: { kind: row.kind, channel: row.channel, error: row.lastError } })
  return toWireStaff(tx.sql, framing, { ...row, state: 'waiting', dueAt: tx.now, attempts: 0 })
}
