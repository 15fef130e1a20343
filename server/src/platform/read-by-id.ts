// Rows asked for one by one and read together: what is asked for in one breath is one statement.
import DataLoader from 'dataloader'

/** Reads a row by its id; undefined when there is none. */
export type ReadById<Id extends string, Row> = (id: Id) => Promise<Row | undefined>

/** Gathers ids until the present turn of the event loop ends; each row is read once, so open it for one transaction and no longer. */
export function readById<Id extends string, Row extends { id: Id }>(read: (ids: readonly Id[]) => PromiseLike<Iterable<Row>>): ReadById<Id, Row> {
  const loader = new DataLoader<Id, Row | undefined>(async ids => {
    const rows = new Map([...(await read(ids))].map(row => [row.id, row]))
    return ids.map(id => rows.get(id))
  })
  return id => loader.load(id)
}

/** Waits for all of them, also when one fails: none still asks on a connection that its transaction has left. Throws the first failure. */
export async function together<T>(all: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(all)
  return Promise.all(all)
}
