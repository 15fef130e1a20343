// A page as bytes, ready to send again and again: kept compressed, as nearly everybody takes it, in a tenth of the room.
import { gunzipSync, gzipSync } from 'node:zlib'
import { etagOf } from '../platform/etag.ts'

export interface Rendered {
  readonly json: Buffer
  readonly etag: string
  readonly gzip: Buffer
}

// The fastest level: a page lives for a second, and JSON shrinks to a tenth at any level.
const level = 1

/** Takes JSON text. */
export function render(text: string): Rendered {
  const json = Buffer.from(text)
  const gzip = gzipSync(json, { level })
  return {
    get json() {
      return gunzipSync(gzip)
    },
    etag: etagOf(json),
    gzip,
  }
}
