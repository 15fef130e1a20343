// What a module sees of HTTP: routes made of shapes, and calls typed by them. The engine behind it is edge.ts.
import type { IncomingHttpHeaders } from 'node:http'
import type { Role } from '@fitflow/contract/identity.ts'
import type { ProblemCode } from '@fitflow/contract/problems.ts'
import type Type from 'typebox'
import type { Answer, Keyed } from './idempotency.ts'
import type { UserId } from './ids.ts'
import type { Context } from './context.ts'

/** The lowest rank admitted: `client` < `trainer` < `admin`. */
type Access = 'anyone' | Role

/** Who sent the request, as the credential says. A key with scope `read` can send no command. */
export interface Principal {
  userId: UserId
  role: Role
  via: 'session' | 'api-key'
  scope: 'read' | 'write'
}

interface RouteBase {
  /** Below `/api/v1`; parameters as `:name`. */
  path: string
  access: Access
  summary: string
  params?: Type.TSchema
  query?: Type.TSchema
  /** What this route refuses beyond what every route refuses. */
  problems?: readonly ProblemCode[]
}

interface ReadRoute extends RouteBase {
  method: 'GET'
  answers: { 200: Type.TSchema }
}

/** A read whose answer is not JSON. */
export interface FileRoute extends RouteBase {
  method: 'GET'
  contentType: string
  /** A page that our own shows in a frame, where it runs nothing. */
  framed?: true
}

/** A read that goes on: events as they happen, until either side ends it. */
export interface StreamRoute extends FileRoute {
  access: Role
  contentType: 'text/event-stream'
}

/** One listener's end of a stream. */
export interface Stream {
  /** What the listener heard last, when it comes back; null when it is new. */
  lastEventId: string | null
  /** Whoever does not take what is sent is let go of: nothing is kept for them without bound. */
  send(event: { id: string; name: string; data: string }): void
}

export interface CommandRoute extends RouteBase {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: Type.TSchema
  /**
   * For programs of other houses, which know no key of ours and send a form: what it does twice it has done once, and `keyed` says
   * nothing. A repeated field is a list. What is `signed` counts against its sender only when it is refused: one stands for a whole provider.
   */
  form?: 'unsigned' | 'signed'
  /** By status; `null` where there is no body. */
  answers: { [status: number]: Type.TSchema | null }
}

export type Route = ReadRoute | FileRoute | StreamRoute | CommandRoute

type Value<R, Part extends string> = R extends Record<Part, infer S extends Type.TSchema>
  ? Type.Static<S>
  : Record<string, never>

export interface Call<R extends Route> {
  params: Value<R, 'params'>
  query: Value<R, 'query'>
  body: Value<R, 'body'>
  principal: R['access'] extends 'anyone' ? Principal | null : Principal
  context: Context
  request: { headers: IncomingHttpHeaders; ip: string }
  reply: {
    header(name: string, value: string): void
    /** The version of the row behind the answer: it leads the ETag, and `If-Match` brings it back. */
    version(version: number): void
  }
}

/** A command's call: everything a call has, and the key under which its answer is kept. */
export interface Command<R extends CommandRoute> extends Call<R> {
  keyed: Keyed
}

/** An answer that is JSON already, with its own ETag where that costs less than a checksum. */
export class ReadyJson {
  readonly json: string | Buffer
  readonly etag: string | undefined

  constructor(json: string | Buffer, etag?: string) {
    this.json = json
    this.etag = etag
  }
}

type Body<R extends ReadRoute> = Type.Static<R['answers'][200]>

/** Where a module hangs its routes. Every command but a form needs an `Idempotency-Key`; no read has an effect. */
export interface Edge {
  read<const R extends ReadRoute>(route: R, answer: (call: Call<R>) => Promise<Body<R> | ReadyJson>): void
  file<const R extends FileRoute>(route: R, answer: (call: Call<R>) => Promise<string | Buffer>): void
  /** `open` is called for each listener, and what it answers when the listener has gone. */
  stream<const R extends StreamRoute>(route: R, open: (call: Call<R>, stream: Stream) => () => void): void
  command<const R extends CommandRoute>(route: R, work: (call: Command<R>) => Promise<Answer>): void
  /** Everything below `prefix`, outside `/api/v1`, answered by a library that speaks the web's own Request and Response. */
  mount(prefix: string, answer: (visit: Visit) => Promise<Response>): void
  readonly routes: readonly Route[]
}

/** A request to a mounted library. The body is what was sent, `''` when nothing was. */
export interface Visit {
  method: string
  path: string
  query: string
  headers: IncomingHttpHeaders
  body: string
  ip: string
  traceId: string
}
