// How often somebody who joined the waitlist of a class in this place got in.
import type { Sql } from '../platform/sql.ts'
import type { TemplateId } from '../platform/ids.ts'

export interface Odds {
  gotIn: number
  of: number
}

interface Place {
  templateId: TemplateId
  position: number
}

/** Fewer cases than this say nothing. */
const oddsCasesMin = 20
const oddsCasesMax = 200

/**
 * For each place, in the order asked. A case is an entry of the same template that was joined in that place and has ended
 * otherwise than by leaving: whoever leaves did not want to know any more. Got in: the spot was booked, by an accepted offer
 * or at once. The last 200 cases count; under 20 the odds are null. Served by `waitlist_entries_odds`.
 */
export async function oddsOf(sql: Sql, places: readonly Place[]): Promise<(Odds | null)[]> {
  if (places.length === 0) return []
  const rows = await sql<Odds[]>`${oddsQuery(sql, places)}`
  return rows.map(odds => (odds.of < oddsCasesMin ? null : odds))
}

/** The statement itself: what it reads is what matters here. */
export const oddsQuery = (sql: Sql, places: readonly Place[]) => sql`
    select coalesce(c.got_in, 0) as got_in, coalesce(c.of, 0) as of
    from unnest(${places.map(place => place.templateId)}::uuid[], ${places.map(place => place.position)}::int[])
      with ordinality as p (template_id, position, n)
    left join lateral (
      select count(*) filter (where state = 'accepted')::int as got_in, count(*)::int as of from (
        select state from waitlist_entries e
        where e.template_id = p.template_id and e.joined_position = p.position and e.ended_at is not null and e.state <> 'left'
        order by e.ended_at desc limit ${oddsCasesMax}) cases) c on true
    order by p.n`
