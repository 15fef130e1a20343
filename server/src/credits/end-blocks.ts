// Blocks whose time is over are said to be: whoever was passed over for one can be served again.
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { BlockId, UserId } from '../platform/ids.ts'
import { newTraceId } from '../platform/trace.ts'
import { transact } from '../platform/tx.ts'

const blocksMax = 100

/** Announces up to 100 ends and answers how many. A block ends by the clock, whoever is told; any number of workers may run it. */
export function endBlocks(db: Database, traceId = newTraceId()): Promise<number> {
  const context: Context = { actor: { userId: null, role: 'system', via: 'job' }, traceId }
  return transact(db, context, { isolation: 'read committed' }, async tx => {
    const over = await tx.sql<{ id: BlockId; userId: UserId }[]>`
      with over as materialized (
        select id from booking_blocks where announced_over_at is null and ends_at <= ${tx.now}
        order by ends_at limit ${blocksMax} for update skip locked)
      update booking_blocks b set announced_over_at = ${tx.now} from over where b.id = over.id returning b.id, b.user_id`
    for (const { id: blockId, userId } of over) tx.emit('block.ended', { blockId, userId })
    return over.length
  })
}
