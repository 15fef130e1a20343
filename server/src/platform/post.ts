// One POST to somebody else's machine: to public addresses only, no redirect followed, bounded in time and in what is read back.
import { lookup as resolveName } from 'node:dns/promises'
import { request as overHttp, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP } from 'node:net'
import { isOwn, isPublic } from './public-address.ts'

export interface Found {
  address: string
  family: number
}

/** Everything a name leads to. */
type Resolve = (name: string) => Promise<Found[]>

export interface Outlet {
  /** Whether this machine itself may be sent to, which only whoever develops a receiver wants. */
  toLoopback: boolean
  /** The system's resolver unless a test brings its own. */
  resolve?: Resolve
  /** Ten seconds unless a test is less patient. */
  timeoutMs?: number
}

export interface Posted {
  status: number
  /** The first kilobyte. */
  body: string
}

/** Longer than a receiver needs that only takes what it is given. */
const usualTimeoutMs = 10_000
const answerBytesMax = 1000

/** Why nothing came back, in words an admin can use. */
export class Undelivered extends Error {}

/** Sends `body` and answers what came back. Throws `Undelivered` with the reason when nothing did. */
export async function post(outlet: Outlet, url: URL, sent: { headers: Record<string, string>; body: string | Buffer }): Promise<Posted> {
  const body = typeof sent.body === 'string' ? Buffer.from(sent.body) : sent.body
  const { timeoutMs = usualTimeoutMs } = outlet
  const host = hostOf(url)
  // A number is connected to without asking a resolver, so it is looked at here.
  if (isIP(host) > 0) refuseKept(outlet, [host])
  const options: RequestOptions = {
    method: 'POST',
    // A connection of its own: what is asked of the resolver now is what is connected to.
    agent: false,
    lookup: guarded(outlet),
    signal: AbortSignal.timeout(timeoutMs),
    headers: { ...sent.headers, 'content-length': String(body.length) },
  }
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? overHttps(url, options) : overHttp(url, options)
    request.on('error', error => reject(inWords(error, timeoutMs)))
    request.on('response', response => {
      // From here on there is an answer, whatever becomes of the rest of it.
      request.removeAllListeners('error').on('error', () => {})
      readSome(response, resolve)
    })
    request.end(body)
  })
}

/** The host as it is connected to: without the brackets of IPv6 and the dot at the end of a full name. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}

function refuseKept({ toLoopback }: Outlet, addresses: readonly string[]): void {
  const refused = addresses.find(address => !isPublic(address) && !(toLoopback && isOwn(address)))
  if (refused !== undefined) throw new Undelivered(`The address leads to ${refused}, which is not on the public internet.`)
}

/** The resolver of the connection itself: no second look-up can answer something else than what was judged. */
function guarded(outlet: Outlet): NonNullable<RequestOptions['lookup']> {
  const resolve = outlet.resolve ?? (name => resolveName(name, { all: true }))
  return (name, options, callback) => {
    resolve(name).then(
      found => {
        try {
          refuseKept(outlet, found.map(one => one.address))
        } catch (error) {
          // The socket's way of hearing it.
          return callback(error as Error, [])
        }
        if (options.all) return callback(null, found)
        const [first] = found
        callback(null, first?.address ?? '', first?.family ?? 0)
      },
      (error: unknown) => callback(error as Error, []),
    )
  }
}

/** The status has come and says all; of the rest a kilobyte, or what there is when it breaks off. */
function readSome(response: IncomingMessage, resolve: (posted: Posted) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    length += chunk.length
    if (length >= answerBytesMax) response.destroy()
  })
  response.on('error', () => {})
  response.on('close', () => {
    // PostgreSQL takes no NUL.
    const body = Buffer.concat(chunks).subarray(0, answerBytesMax).toString('utf8').replaceAll('\0', '')
    resolve({ status: response.statusCode ?? 0, body })
  })
}

const wordsByCode: Record<string, string> = {
  ECONNREFUSED: 'Nobody listens at that address.',
  ECONNRESET: 'The connection broke off before an answer came.',
  ENOTFOUND: 'There is no such name in the internet.',
  EAI_AGAIN: 'The name could not be looked up.',
  ETIMEDOUT: 'No connection could be made.',
  EHOSTUNREACH: 'No way leads to that address.',
  ENETUNREACH: 'No way leads to that address.',
}

function inWords(error: NodeJS.ErrnoException, timeoutMs: number): Undelivered {
  if (error instanceof Undelivered) return error
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return new Undelivered(`No answer came within ${timeoutMs / 1000} seconds.`)
  return new Undelivered(wordsByCode[error.code ?? ''] ?? `${error.message} (${error.code ?? error.name})`.slice(0, 300))
}
