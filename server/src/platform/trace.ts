// The id that ties a request, its log lines, its events and its audit rows together.
import { randomUUID } from 'node:crypto'

const w3c = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/

/** The trace id of a W3C `traceparent` header, or a fresh one: 32 hexadecimal digits. */
export function traceIdFrom(traceparent: string | string[] | undefined): string {
  const sent = typeof traceparent === 'string' ? w3c.exec(traceparent)?.[1] : undefined
  return sent ?? newTraceId()
}

/** A fresh trace id, for what no request started. */
export function newTraceId(): string {
  return randomUUID().replaceAll('-', '')
}
