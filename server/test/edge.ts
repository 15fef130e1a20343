// An HTTP edge without a house behind it: routes of the test's own, people by the name in their token, a clock moved by hand.
import { onTestFinished } from 'vitest'
import type { Role } from '@fitflow/contract/identity.ts'
import { systemClock } from '../src/platform/clock.ts'
import type { Edge, Principal } from '../src/platform/http.ts'
import { openHttp, type HttpOptions } from '../src/platform/http-server.ts'
import type { UserId } from '../src/platform/ids.ts'
import { openLog } from '../src/platform/log.ts'
import { openMemories } from '../src/platform/memories.ts'

export interface BareEdge {
  url: string
  /** Milliseconds that the clock is ahead of real time. */
  ahead: { milliseconds: number }
  close(): Promise<void>
}

const log = openLog('silent')

/** The token `trainer-7` is a trainer whose id ends in 7; `-read` behind it is a key that may only read. */
function principalOf(token: string): Principal | null {
  const [, role, number = '', scope] = /^(client|trainer|admin)-(\d+)(-read)?$/.exec(token) ?? []
  if (role === undefined) return null
  const userId = `00000000-0000-7000-8000-${number.padStart(12, '0')}` as UserId
  return { userId, role: role as Role, via: scope ? 'api-key' : 'session', scope: scope ? 'read' : 'write' }
}

/** Opens an edge on a free port for one test. */
export async function anEdge(hang: (edge: Edge) => void, wish: Partial<HttpOptions> = {}): Promise<BareEdge> {
  const ahead = { milliseconds: 0 }
  const server = openHttp({
    clock: { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + ahead.milliseconds },
    log,
    gate: {
      credential: ({ authorization, cookie }) => {
        if (authorization) return { token: authorization.slice('Bearer '.length), source: 'header' }
        return cookie ? { token: cookie.slice('session='.length), source: 'cookie' } : null
      },
      recall: token => principalOf(token) ?? undefined,
      lookUp: token => Promise.resolve(principalOf(token)),
    },
    origins: ['https://studio.example'],
    production: false,
    https: false,
    trustProxy: false,
    metricsToken: null,
    limits: () => ({ requestsPerMinute: 1_000_000 }),
    fingerprintSalt: 'salt',
    readiness: () => Promise.resolve({ database: true }),
    conveniences: () => ({}),
    memory: openMemories(null, { clock: systemClock, log }),
    storedAnswer: () => Promise.resolve(undefined),
    webAppDirectory: null,
    version: '0.0.0',
    ...wish,
  })
  hang(server.edge)
  const port = await server.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(server.close)
  return { url: `http://127.0.0.1:${port}`, ahead, close: server.close }
}
