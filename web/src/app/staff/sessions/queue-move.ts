// Where somebody lands who is moved in a queue.

export interface Move {
  entryId: string
  /** Whom they stand before then; null is the end. */
  before: string | null
}

/** The move that takes the entry at `from` to `to`; undefined where nothing would change. */
export function moveIn(queue: readonly string[], from: number, to: number): Move | undefined {
  const entryId = queue[from]
  if (entryId === undefined || from === to || to < 0 || to >= queue.length) return undefined
  const others = queue.toSpliced(from, 1)
  return { entryId, before: others[to] ?? null }
}
