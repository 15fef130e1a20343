// Streams of server-sent events: who may hold one open, how long, and when somebody who does not keep up is let go of.
import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Exit } from './http-answer.ts'
import type { Credential, GateOptions } from './http-gate.ts'
import type { Principal, Stream } from './http.ts'
import type { UserId } from './ids.ts'
import type { Log } from './log.ts'
import { countDroppedStream, countStream } from './metrics.ts'
import { Problem } from './problem.ts'

export interface Streams {
  /** Keeps the reply open and hands its stream to `open`; calls what that answers once it has ended. Throws `rate-limited` past four of one user. */
  begin(request: FastifyRequest, reply: FastifyReply, exit: Exit, open: (stream: Stream) => () => void): void
}

// A browser opens six connections to one host: two must be left for the requests themselves.
const perUserMax = 4
// Some hundred events: whoever is this far behind is better off reading everything again.
const unreadBytesMax = 64 * 1024
// Proxies close a connection on which nothing moves for a minute.
const beatMs = 15_000
// How soon a stream ends after the session or the key behind it.
const checkMs = 5000
// How soon a browser comes back that was let go of.
const retryMs = 2000

interface Held {
  raw: ServerResponse
  principal: Principal
  credential: Credential
}

/** Opens the streams of one server; they end when it closes. */
export function openStreams(app: FastifyInstance, { gate, log }: Pick<GateOptions, 'gate'> & { log: Log }): Streams {
  const held = new Set<Held>()
  const ofUser = (userId: UserId) => [...held].filter(one => one.principal.userId === userId).length

  const beat = setInterval(() => held.forEach(({ raw }) => void raw.write(':\n\n')), beatMs).unref()
  const check = setInterval(() => held.forEach(one => void endUnlessKnown(one)), checkMs).unref()
  const endUnlessKnown = async ({ raw, principal, credential }: Held) => {
    try {
      const now = gate.recall(credential.token) ?? (await gate.lookUp(credential.token))
      if (now?.userId !== principal.userId || now.role !== principal.role) raw.end()
    } catch (error) {
      // Nobody can say whose it is: it goes on, and is asked about again.
      log.warn(error, 'whose a stream is could not be asked')
    }
  }
  app.addHook('preClose', () => {
    clearInterval(beat)
    clearInterval(check)
    held.forEach(({ raw }) => raw.end())
  })

  return {
    begin(request, reply, exit, open) {
      const { principal } = request
      const credential = gate.credential(request.headers)
      if (!principal || !credential) throw new Problem('unauthenticated', 'Sign in to do this.')
      if (ofUser(principal.userId) >= perUserMax) throw tooManyStreams()
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, { ...exit.begin(request, reply), 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
      raw.write(`retry: ${retryMs}\n\n`)
      const one: Held = { raw, principal, credential }
      held.add(one)
      countStream(1)
      const ended = open({ lastEventId: headerOf(request, 'last-event-id'), send: event => send(raw, event) })
      raw.once('close', () => {
        held.delete(one)
        countStream(-1)
        ended()
      })
    },
  }
}

function send(raw: ServerResponse, { id, name, data }: { id: string; name: string; data: string }): void {
  if (raw.writableEnded || raw.destroyed) return
  if (raw.writableLength > unreadBytesMax) {
    countDroppedStream()
    raw.destroy()
    return
  }
  raw.write(`id: ${id}\nevent: ${name}\ndata: ${data}\n\n`)
}

function headerOf({ headers }: FastifyRequest, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' ? value : null
}

const tooManyStreams = () =>
  new Problem('rate-limited', `At most ${perUserMax} streams of one person may be open at once. Close one of the others.`, {
    ...{ limit: perUserMax, retryAfterSeconds: 60 },
  })
