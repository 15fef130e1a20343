// Load over HTTP: some connections, each with one request in flight, and what came back how fast.
import { randomBytes } from 'node:crypto'
import { systemClock } from '../server/src/platform/clock.ts'
import { openLine, type Line } from './http-line.ts'
import { timesOf, type Times } from './figures.ts'

/** One request, or with `then` a journey of two: `{id}` in its path is the id out of the first answer. */
interface Ask {
  method: 'GET' | 'POST'
  path: string
  /** Whose bearer token goes with it; null for nobody's. */
  token: string | null
  then?: { path: string; body: string }
}

export interface HttpJob {
  kind: 'http'
  /** Connections are shared out over these ports in turn. */
  ports: readonly number[]
  connections: number
  /** Taken in order, by whichever connection is free. */
  asks: readonly Ask[]
  /** Whether to begin again at the first after the last, until the time is up. */
  again: boolean
  secondsMax: number
}

export interface HttpResult extends Times {
  seconds: number
  /** How many asks were begun. */
  begun: number
  perSecond: number
  /** How often each answer came: `201`, `409 session-full`. */
  answers: Record<string, number>
}

/** Opens the connections, then sends as fast as answers come; ends when every ask is answered or the time is up. */
export async function runHttp(job: HttpJob): Promise<HttpResult> {
  const rush = openRush(job)
  const lost = Promise.withResolvers<never>()
  const riders = await Promise.all(Array.from({ length: job.connections }, (_, at) => board(rush, portOf(job, at), lost.reject)))
  const startedMs = systemClock.monotonicMs()
  rush.endsMs = startedMs + job.secondsMax * 1000
  for (const rider of riders) rider.go()
  await Promise.race([Promise.all(riders.map(rider => rider.done)), lost.promise])
  const seconds = (systemClock.monotonicMs() - startedMs) / 1000
  for (const rider of riders) rider.line.close()
  const answers = Object.fromEntries(rush.answers)
  return { seconds, begun: rush.begun, perSecond: rush.times.length / seconds, answers, ...timesOf(rush.times) }
}

interface Rush {
  job: HttpJob
  begun: number
  endsMs: number
  times: number[]
  answers: Map<string, number>
  key(): string
}

function openRush(job: HttpJob): Rush {
  const prefix = randomBytes(12).toString('hex')
  let keys = 0
  return { job, begun: 0, endsMs: 0, times: [], answers: new Map(), key: () => `${prefix}-${++keys}` }
}

interface Rider {
  line: Line
  done: Promise<void>
  go(): void
}

/** One connection on its way through the asks. */
async function board(rush: Rush, port: number, lost: (error: Error) => void): Promise<Rider> {
  const done = Promise.withResolvers<void>()
  let ask: Ask | undefined
  let onWay = false
  let sentMs = 0

  const next = (nowMs: number) => {
    ask = nextAsk(rush, nowMs)
    if (!ask) return done.resolve()
    sentMs = nowMs
    onWay = ask.then !== undefined
    line.send(textOf(ask, rush.key()))
  }
  const line = await openLine(
    port,
    (status, body) => {
      if (onWay && ask?.then && status < 300) {
        onWay = false
        return line.send(commandText(ask.then.path.replace('{id}', idIn(body)), ask.token, { key: rush.key(), body: ask.then.body }))
      }
      const nowMs = systemClock.monotonicMs()
      rush.times.push(nowMs - sentMs)
      const answer = status < 400 ? String(status) : `${status} ${codeIn(body)}`
      rush.answers.set(answer, (rush.answers.get(answer) ?? 0) + 1)
      next(nowMs)
    },
    lost,
  )
  return { line, done: done.promise, go: () => next(systemClock.monotonicMs()) }
}

function nextAsk(rush: Rush, nowMs: number): Ask | undefined {
  const { asks, again } = rush.job
  if (nowMs >= rush.endsMs || (!again && rush.begun >= asks.length)) return undefined
  return asks[rush.begun++ % asks.length]
}

function portOf({ ports }: HttpJob, at: number): number {
  return ports[at % ports.length] as number
}

// What a browser sends along, as far as the server reads it.
const always = 'host: 127.0.0.1\r\naccept: application/json\r\naccept-encoding: gzip, deflate, br\r\nuser-agent: fitflow-bench\r\n'

function textOf({ method, path, token }: Ask, key: string): string {
  if (method === 'POST') return commandText(path, token, { key, body: '' })
  return `GET ${path} HTTP/1.1\r\n${always}${bearer(token)}\r\n`
}

function commandText(path: string, token: string | null, { key, body }: { key: string; body: string }): string {
  const type = body === '' ? '' : 'content-type: application/json\r\n'
  const head = `POST ${path} HTTP/1.1\r\n${always}${bearer(token)}idempotency-key: ${key}\r\n${type}`
  return `${head}content-length: ${body.length}\r\n\r\n${body}`
}

function bearer(token: string | null): string {
  return token === null ? '' : `authorization: Bearer ${token}\r\n`
}

/** A hold's answer begins with its id. */
function idIn(body: Buffer): string {
  return body.toString('latin1', 7, 43)
}

function codeIn(body: Buffer): string {
  const start = body.indexOf('"code":"', 0, 'latin1') + 8
  return start < 8 ? '' : body.toString('latin1', start, body.indexOf('"', start, 'latin1'))
}
