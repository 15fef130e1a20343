// Slots by the studio's day.

export interface SlotDay<S> {
  day: string
  slots: S[]
}

/** Days that have slots, in order, each with its own in the order given. */
export function byDay<S>(slots: readonly S[], dayOf: (slot: S) => string): SlotDay<S>[] {
  const days = Map.groupBy(slots, dayOf)
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, of]) => ({ day, slots: of }))
}
