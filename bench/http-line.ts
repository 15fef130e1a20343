// One keep-alive HTTP/1.1 connection over a bare socket. It reads no more of an answer than it must: on two cores every
// microsecond of the client is one that the server does not get.
import { connect } from 'node:net'

export interface Line {
  /** Sends one request; the next may be sent when the reply to this one has come. */
  send(request: string): void
  close(): void
}

/** Told of each reply; `body` is a view that lasts only for this call. */
export type OnReply = (status: number, body: Buffer) => void

const headEnd = '\r\n\r\n'
const lengthName = 'content-length: '

/** Connects to a port of this machine. `lost` is told when the connection ends before it was closed here. */
export function openLine(port: number, onReply: OnReply, lost: (error: Error) => void): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let pending: Buffer | undefined
  let closed = false

  socket.on('data', (chunk: Buffer) => {
    const whole = pending ? Buffer.concat([pending, chunk]) : chunk
    const end = whole.indexOf(headEnd, 0, 'latin1')
    const bodyStart = end + headEnd.length
    const bodyEnd = end < 0 ? Infinity : bodyStart + lengthIn(whole.toString('latin1', 0, end))
    if (whole.length < bodyEnd) {
      pending = whole
      return
    }
    pending = undefined
    onReply(statusOf(whole), whole.subarray(bodyStart, bodyEnd))
  })
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      reject(error)
      if (!closed) lost(error)
    }
    socket.on('error', fail)
    socket.on('close', () => fail(new Error('the server closed the connection')))
    socket.once('connect', () =>
      resolve({
        send: request => void socket.write(request, 'latin1'),
        close() {
          closed = true
          socket.destroy()
        },
      }),
    )
  })
}

/** "HTTP/1.1 201 Created": three digits from the ninth byte on. */
function statusOf(answer: Buffer): number {
  const digit = (at: number) => (answer[at] ?? 0) - 48
  return digit(9) * 100 + digit(10) * 10 + digit(11)
}

function lengthIn(head: string): number {
  const at = head.toLowerCase().indexOf(lengthName)
  return at < 0 ? 0 : Number.parseInt(head.slice(at + lengthName.length), 10)
}
