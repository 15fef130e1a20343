// The spots of people who did not come: while late joining lasts they go to whoever waits, and only if somebody does.
import type { Sql } from '../platform/sql.ts'
import type { BookingId, SessionId } from '../platform/ids.ts'

export interface MissedSpots {
  /** Given up by a no-show before, and not with anybody now; also when they came after all, and got a spot more. */
  free: number
  /** No-shows who still keep their spot, the earliest booking first. */
  keeping: BookingId[]
}

/** What no-shows of this session have left, under its lock. Whoever took such a spot has it by an offer made after the start. */
export async function missedSpots(sql: Sql, sessionId: SessionId): Promise<MissedSpots> {
  const [row] = await sql<[MissedSpots]>`
    select (select count(*)::int from bookings
        where session_id = ${sessionId} and status in ('confirmed', 'attended', 'no_show') and spot_released_at is not null)
      - (select count(*)::int from spot_holds where session_id = ${sessionId} and kind = 'offer'
        and created_at >= starts_at and status in ('active', 'confirming', 'confirmed')) as free,
      array(select id from bookings where session_id = ${sessionId} and status = 'no_show' and spot_released_at is null
        order by created_at, id) as keeping`
  return row
}

/** Notes that these no-shows no longer keep their spots; `taken` is the caller's to change. */
export function releaseMissed(sql: Sql, ids: readonly BookingId[], now: Temporal.Instant) {
  return sql`update bookings set spot_released_at = ${now} where id = any(${[...ids]}::uuid[]) and spot_released_at is null`
}
