// Where blocks of time stand beside each other in one column: those that overlap share its width.

export interface Stretch {
  /** Minutes since midnight. */
  from: number
  to: number
}

export interface Placed<T> {
  of: T
  /** Shares of the column's width, 0 to 1. */
  left: number
  width: number
}

/** Places each stretch in the first lane that is free then; it grows to the right over lanes that nobody needs. */
export function inLanes<T extends Stretch>(stretches: readonly T[]): Placed<T>[] {
  const ordered = [...stretches].sort((a, b) => a.from - b.from || b.to - a.to)
  return clusters(ordered).flatMap(placeCluster)
}

/** Runs of stretches that touch each other, directly or through others. */
function clusters<T extends Stretch>(ordered: readonly T[]): T[][] {
  const found: T[][] = []
  let end = -Infinity
  for (const one of ordered) {
    if (one.from >= end) found.push([])
    found.at(-1)?.push(one)
    end = Math.max(end, one.to)
  }
  return found
}

function placeCluster<T extends Stretch>(cluster: readonly T[]): Placed<T>[] {
  const lanes: T[][] = []
  const laneOf = new Map<T, number>()
  for (const one of cluster) {
    const free = lanes.findIndex((lane) => (lane.at(-1)?.to ?? 0) <= one.from)
    const at = free === -1 ? lanes.length : free
    lanes[at] = [...(lanes[at] ?? []), one]
    laneOf.set(one, at)
  }
  return cluster.map((one) => {
    const lane = laneOf.get(one) ?? 0
    const blocked = lanes.findIndex((others, at) => at > lane && others.some((other) => overlaps(one, other)))
    const until = blocked === -1 ? lanes.length : blocked
    return { of: one, left: lane / lanes.length, width: (until - lane) / lanes.length }
  })
}

const overlaps = (a: Stretch, b: Stretch): boolean => a.from < b.to && b.from < a.to
