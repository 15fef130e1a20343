// An invariant is a question whose every answer is a fault: it is named, its faults are counted, and some of them are listed.
import type { Sql } from './sql.ts'

export interface Invariant {
  name: string
  /** Rows that break it, each with a text that says which and how. */
  broken(sql: Sql): PromiseLike<{ what: string }[]>
}

export interface Broken<I extends Invariant> {
  invariant: I
  count: number
  /** A few of what is broken say as much as all of it. */
  samples: string[]
}

const listedMax = 20

/** Asks them all; an empty list is a sound house. */
export async function brokenOf<I extends Invariant>(sql: Sql, invariants: readonly I[]): Promise<Broken<I>[]> {
  const found: Broken<I>[] = []
  for (const invariant of invariants) {
    const rows = await invariant.broken(sql)
    if (rows.length > 0) found.push({ invariant, count: rows.length, samples: rows.slice(0, listedMax).map(row => row.what) })
  }
  return found
}

/** The same, one line a finding. */
export function linesOf(broken: readonly Broken<Invariant>[]): string[] {
  return broken.flatMap(({ invariant: { name }, count, samples }) => [
    ...samples.map(what => `${name}: ${what}`),
    ...(count > samples.length ? [`${name}: and ${count - samples.length} more`] : []),
  ])
}
