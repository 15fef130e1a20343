// Which series and which days somebody asks for with a standing reservation.
import type { NewStanding } from '@fitflow/contract/standing.ts'
import { findLot } from '../credits/lots.ts'
import type { MembershipId, SeriesId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { malformed } from '../platform/shape.ts'
import type { Tx } from '../platform/tx.ts'
import type { SeriesCard } from '../schedule/class-series.ts'
import { dayOfLast, isOver, lineOf, partsOn } from '../schedule/followed-series.ts'
import { studioDay } from '../schedule/studio-days.rule.ts'

/** The series of a wish as it is now, and the days the reservation would have. */
interface PlannedStanding {
  line: SeriesId
  series: SeriesCard
  startsOn: Temporal.PlainDate
  endsOn: Temporal.PlainDate | null
}

/** Throws `not-found` for a series that is not there or is over, and `invalid-request` for days that make no sense. */
export async function planStanding({ sql, now }: Pick<Tx, 'sql' | 'now'>, wish: NewStanding, timeZone: string, at: 'body' | 'query' = 'body'): Promise<PlannedStanding> {
  const today = studioDay(now, timeZone)
  const line = await lineOf(sql, wish.seriesId as SeriesId)
  const series = line && (await partsOn(sql, [line], today)).get(line)
  if (!series || isOver(series, today)) throw new Problem('not-found', 'There is no such series.')
  const startsOn = wish.from === undefined ? today : Temporal.PlainDate.from(wish.from)
  if (Temporal.PlainDate.compare(startsOn, today) < 0) throw malformed([{ path: `${at}/from`, message: 'must be today or later' }])
  if (wish.until !== undefined && wish.count !== undefined) throw malformed([{ path: `${at}/count`, message: 'must not stand beside until' }])
  const endsOn = wish.until === undefined ? null : Temporal.PlainDate.from(wish.until)
  if (endsOn && Temporal.PlainDate.compare(endsOn, startsOn) < 0) throw malformed([{ path: `${at}/until`, message: 'must not be before the first day' }])
  const lastOfCount = wish.count === undefined ? null : (dayOfLast(series, { from: startsOn, count: wish.count, now }) ?? startsOn)
  return { line, series, startsOn, endsOn: endsOn ?? lastOfCount }
}

/** What the member wants to pay first; null when they leave it to the order of spending. Throws `not-found`, `membership-ended`. */
export async function payerOf({ sql, now }: Pick<Tx, 'sql' | 'now'>, { membershipId }: NewStanding, userId: UserId): Promise<MembershipId | null> {
  if (membershipId === undefined) return null
  const lot = await findLot(sql, membershipId as MembershipId)
  if (lot?.userId !== userId) throw new Problem('not-found', 'There is no such membership.')
  if (Temporal.Instant.compare(now, lot.validUntil) < 0) return lot.id
  throw new Problem('membership-ended', 'It has ended. Choose another to pay first.', { validUntil: String(lot.validUntil) })
}
