// Keyset pages: where a list stopped, as an opaque word that leads back there however much was added meanwhile.
import type { Page } from '@fitflow/contract/scalars.ts'
import type Type from 'typebox'
import { compileCheck, malformed } from './shape.ts'

/** The order of one list: the values by which its rows are sorted, the last of them unique. */
export interface Keyset<Key extends string[]> {
  /** The key after which the page begins. Throws `invalid-request` for what this list never handed out. */
  read(cursor: string | undefined): Key | undefined
  /** Rows are fetched one more than `limit`: the extra one says that there is a next page. */
  page<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => Key): Page<Row>
}

export const pageSize = 50

/** Opens a list's order by the shape of its key, so that a forged cursor is refused before it reaches the database. */
export function openKeyset<Key extends string[]>(shape: Type.TSchema & { static?: Key }): Keyset<Key> {
  const check = compileCheck('query', shape)
  return {
    read(cursor) {
      if (cursor === undefined) return undefined
      const key = decode(cursor)
      if (check(key) === null) return key as Key
      throw malformed([{ path: 'query/cursor', message: 'is not a cursor of this list' }])
    },
    page(rows, limit, keyOf) {
      const items = rows.slice(0, limit)
      const last = items.at(-1)
      const more = rows.length > limit && last !== undefined
      return { items, nextCursor: more ? encode(keyOf(last)) : null }
    },
  }
}

function encode(key: string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    // Not made here: the check refuses it like any other wrong key.
    return undefined
  }
}
