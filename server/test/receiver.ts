// A studio's own system in a test: it listens on this machine, keeps what it is sent, and answers as it is told.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface Receiver {
  port: number
  url: string
  received: Received[]
  /** Resolves with the request of this number, counted from 1, once it has come. */
  arrival(count: number): Promise<Received>
  /** How it answers from now on; 204 to begin with. */
  answer: (response: ServerResponse, received: Received) => void
}

/** Listens until the test has finished. */
export async function aReceiver(): Promise<Receiver> {
  const waiting = new Set<() => void>()
  const server = createServer((request, response) => {
    void text(request).then(body => {
      const received = { path: request.url ?? '', headers: request.headers, body }
      receiver.received.push(received)
      waiting.forEach(look => look())
      receiver.answer(response, received)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    received: [],
    arrival: count =>
      new Promise(resolve => {
        const look = () => {
          const found = receiver.received[count - 1]
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    answer: response => void response.writeHead(204).end(),
  }
  return receiver
}

/** An answer of this status with words in it. */
export const answering = (status: number, words = '', headers: Record<string, string> = {}) => (response: ServerResponse) => void response.writeHead(status, headers).end(words)
