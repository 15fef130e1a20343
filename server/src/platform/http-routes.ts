// A route's way through the house: check its shapes, count it, run it once, answer. Each step's no comes in the order of api.md.
import { hash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { openExit, type Exit } from './http-answer.ts'
import { takeForms } from './http-body.ts'
import { openDeadlines } from './http-deadline.ts'
import { admit, type GateOptions } from './http-gate.ts'
import { ReadyJson, type Call, type Command, type CommandRoute, type Edge, type FileRoute, type Route, type Stream } from './http.ts'
import { openReplays, type Replays } from './http-replays.ts'
import { openStreams, type Streams } from './http-streams.ts'
import { replay, type Answer, type Keyed, type StoredAnswer } from './idempotency.ts'
import type { UserId } from './ids.ts'
import type { Log } from './log.ts'
import type { Memories } from './memories.ts'
import { Problem } from './problem.ts'
import { addressKey, type Allowance, type Limiter } from './rate-limit.ts'
import { framedPolicy, type Headers } from './security-headers.ts'
import { compileCheck, compileReader, malformed } from './shape.ts'

export interface RoutesOptions extends GateOptions {
  log: Log
  headers: Headers
  /** Requests of one user, or of one address. */
  limiter: Limiter
  /** Goes into what is kept of a request to tell twins: a body may hold a password, and a plain digest could be guessed at. */
  fingerprintSalt: string
  memory: Pick<Memories['atBest'], 'read' | 'write'>
  storedAnswer(userId: UserId, key: string): Promise<StoredAnswer | undefined>
  /** When somebody who waits is told to come again: ten seconds unless told. */
  answerMsMax?: number
}

/** What every kind of route does alike. */
type Flow = (request: FastifyRequest, reply: FastifyReply, call: LooseCall, exit: Exit) => Promise<void>
type LooseCall = Call<Route> & { versionSent?: number }

export const basePath = '/api/v1'

/** Keys of those who are not signed in live side by side under this id. */
const nobody = '00000000-0000-0000-0000-000000000000' as UserId

/** Opens the edge on a Fastify instance: what modules register appears there below `/api/v1`. */
export function openRoutes(app: FastifyInstance, options: RoutesOptions): Pick<Edge, 'read' | 'file' | 'stream' | 'command' | 'routes'> {
  const routes: Route[] = []
  const replays = openReplays(options.memory)
  const streams = openStreams(app, options)

  const deadline = openDeadlines(app, options.answerMsMax)
  const add = (route: Route, flow: Flow, isEndless = false) => {
    routes.push(route)
    const exit = openExit(options, { method: route.method, path: basePath + route.path })
    const readCall = callReader(route)
    const engineRoute: RouteOptions = {
      method: route.method,
      url: basePath + route.path,
      onRequest: isEndless ? admit(route, options) : [deadline(exit), admit(route, options)],
      errorHandler: (error, request, reply) => exit.refuse(request, reply, error),
      // Not async: every outcome leaves through the exit, and Fastify need not look for a promise.
      handler: (request, reply) => {
        const fail = (error: unknown) => exit.refuse(request, reply, error)
        try {
          flow(request, reply, readCall(request, reply), exit).catch(fail)
        } catch (error) {
          // What does not fit its shape.
          fail(error)
        }
      },
    }
    if ('form' in route) takeForms(app, engineRoute)
    else app.route(engineRoute)
  }
  return {
    routes,
    read: (route, answer) => add(route, readFlow(options, call => answer(call as never))),
    file: (route, answer) => add(route, fileFlow(options, route, call => answer(call as never))),
    stream: (route, open) => add(route, streamFlow(options, streams, (call, stream) => open(call as never, stream)), true),
    command: (route, work) => add(route, (route.form ? formFlow(options, route.form, work as never) : commandFlow(options, replays, call => work(call as never)))),
  }
}

function readFlow(options: RoutesOptions, answer: (call: LooseCall) => Promise<unknown>): Flow {
  return async (request, reply, call, exit) => {
    within(options, request, reply)
    const body = await answer(call)
    const ready = body instanceof ReadyJson ? body : new ReadyJson(JSON.stringify(body))
    exit.read(request, reply, {
      body: typeof ready.json === 'string' ? Buffer.from(ready.json) : ready.json,
      contentType: 'application/json; charset=utf-8',
      ...(ready.etag === undefined ? {} : { etag: ready.etag }),
      ...(call.versionSent === undefined ? {} : { version: call.versionSent }),
    })
  }
}

function fileFlow(options: RoutesOptions, route: FileRoute, answer: (call: LooseCall) => Promise<string | Buffer>): Flow {
  return async (request, reply, call, exit) => {
    within(options, request, reply)
    const file = await answer(call)
    exit.read(request, reply, { body: Buffer.from(file), contentType: route.contentType, ...(route.framed && { policy: framedPolicy }) })
  }
}

function streamFlow(options: RoutesOptions, streams: Streams, open: (call: LooseCall, stream: Stream) => () => void): Flow {
  return async (request, reply, call, exit) => {
    within(options, request, reply)
    streams.begin(request, reply, exit, stream => open(call, stream))
  }
}

function commandFlow(
  options: RoutesOptions,
  replays: Replays,
  work: (call: Command<CommandRoute>) => Promise<Answer>,
): Flow {
  return async (request, reply, call, exit) => {
    const keyed = keyedBy(request, options.fingerprintSalt)
    const answer = await replays.answer(keyed, request.id, async () => {
      const allowance = countRequest(options, request, reply)
      if (!allowance.exceeded) return work({ ...call, keyed } as Command<CommandRoute>)
      // An effect that was answered once is answered again, however busy its owner is.
      const record = await options.storedAnswer(keyed.userId, keyed.key)
      if (record) return replay(record, keyed)
      throw tooMany(allowance)
    })
    exit.command(request, reply, answer)
  }
}

/** Whoever sends it twice meets what is done already: there is nothing to replay. */
function formFlow(options: RoutesOptions, form: NonNullable<CommandRoute['form']>, work: (call: LooseCall) => Promise<Answer>): Flow {
  return async (request, reply, call, exit) => {
    within(options, request, reply)
    const answer = await work(call)
    if (form === 'signed') options.limiter.refund(senderOf(request))
    exit.command(request, reply, answer)
  }
}

/** Reads a route's calls: what was sent, checked against its shapes. Throws `invalid-request`. */
function callReader(route: Route): (request: FastifyRequest, reply: FastifyReply) => LooseCall {
  const isCommand = route.method !== 'GET'
  const readParams = compileReader(route.params)
  const readQuery = compileReader(route.query)
  const checkParams = compileCheck('path', route.params)
  const checkQuery = compileCheck('query', route.query)
  const checkBody = compileCheck('body', 'body' in route ? route.body : undefined)

  return (request, reply) => {
    const params = readParams(request.params as Record<string, unknown>)
    const query = readQuery(request.query as Record<string, unknown>)
    // No body says the same as an empty one; the shape decides whether that is enough.
    const body = isCommand && request.body !== undefined ? request.body : {}
    const errors = checkParams(params) ?? checkQuery(query) ?? (isCommand ? checkBody(body) : null)
    if (errors) throw malformed(errors)
    const call = {
      params,
      query,
      body,
      principal: request.principal,
      context: { actor: actorOf(request), traceId: request.id },
      request,
      reply: {
        header: (name: string, value: string) => void reply.header(name, value),
        version: (version: number) => void (call.versionSent = version),
      },
    } as unknown as LooseCall
    return call
  }
}

function actorOf({ principal }: FastifyRequest) {
  if (!principal) return { userId: null, role: 'client', via: 'session' } as const
  return { userId: principal.userId, role: principal.role, via: principal.via }
}

function keyedBy(request: FastifyRequest, salt: string): Keyed {
  return {
    userId: request.principal?.userId ?? nobody,
    key: request.headers['idempotency-key'] as string,
    fingerprint: hash('sha256', `${salt} ${request.method} ${request.url}\n${request.rawBody}`, 'base64url'),
  }
}

const senderOf = ({ principal, ip }: FastifyRequest) => principal?.userId ?? addressKey(ip)

function countRequest({ limiter }: RoutesOptions, request: FastifyRequest, reply: FastifyReply): Allowance {
  const allowance = limiter.count(senderOf(request))
  reply.header('ratelimit-policy', `"requests";q=${allowance.limit};w=60`)
  reply.header('ratelimit', `"requests";r=${allowance.remaining};t=${allowance.resetSeconds}`)
  return allowance
}

/** Counts a request against its user's or its address's limit. Throws `rate-limited`. */
export function within(options: RoutesOptions, request: FastifyRequest, reply: FastifyReply): void {
  const allowance = countRequest(options, request, reply)
  if (allowance.exceeded) throw tooMany(allowance)
}

/** The 429 of a limit. */
export function tooMany({ limit, resetSeconds }: Allowance): Problem {
  return new Problem('rate-limited', `That was more than ${limit} in a minute. Please wait ${resetSeconds} s.`, {
    limit,
    retryAfterSeconds: resetSeconds,
  })
}
