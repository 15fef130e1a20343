// A page as bytes, ready to send again and again: compressed once, when somebody first wants it so.
import { hash } from 'node:crypto'
import { gzipSync } from 'node:zlib'

export interface Rendered {
  json: Buffer
  etag: string
  gzip(): Buffer
}

// The fastest level: a page lives for a second, and JSON shrinks to a tenth at any level.
const level = 1

/** Takes JSON text. */
export function render(text: string): Rendered {
  const json = Buffer.from(text)
  let zipped: Buffer | undefined
  return {
    json,
    etag: `W/"${hash('sha1', json, 'base64url')}"`,
    gzip: () => (zipped ??= gzipSync(json, { level })),
  }
}
