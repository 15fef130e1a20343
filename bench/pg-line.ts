// One connection to PostgreSQL with prepared statements and nothing else, so that a limit measured through it is the
// database's and not a driver's: PostgreSQL's own protocol, text parameters, one statement in flight.
import { connect, type Socket } from 'node:net'

export interface PgLine {
  /** Runs a prepared statement and resolves with how many rows it returned. */
  run(name: string, parameters?: readonly string[]): Promise<number>
  close(): void
}

export interface PgAddress {
  host: string
  port: number
  user: string
  password: string
  database: string
}

/** Connects with a password that is asked for in clear, and prepares the statements by name. */
export async function openPgLine(address: PgAddress, statements: Readonly<Record<string, string>>): Promise<PgLine> {
  const socket = connect({ host: address.host, port: address.port, noDelay: true })
  const answers = readAnswers(socket)
  socket.write(startup(address))
  await answers.next('R')
  socket.write(message('p', text(address.password)))
  await answers.next('Z')
  for (const [name, statement] of Object.entries(statements)) {
    socket.write(Buffer.concat([message('P', text(name), text(statement), int16(0)), sync]))
    await answers.next('Z')
  }
  return {
    run(name, parameters = []) {
      socket.write(Buffer.concat([bind(name, parameters), execute, sync]))
      return answers.next('Z')
    },
    close: () => void socket.destroy(),
  }
}

interface Answers {
  /** Resolves at the next message of this kind with the number of rows since the last; rejects at an error. */
  next(kind: 'R' | 'Z'): Promise<number>
}

function readAnswers(socket: Socket): Answers {
  let pending: Buffer = Buffer.alloc(0)
  let rows = 0
  let awaited: { kind: string; resolve(rows: number): void; reject(error: Error): void } | undefined

  const hear = (kind: string, body: Buffer) => {
    if (kind === 'D') rows++
    if (kind === 'E') awaited?.reject(new Error(body.toString('utf8').replaceAll('\0', ' ')))
    if (kind !== awaited?.kind) return
    awaited.resolve(rows)
    rows = 0
  }
  socket.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    while (pending.length >= 5 && pending.length > pending.readInt32BE(1)) {
      const end = 1 + pending.readInt32BE(1)
      hear(String.fromCharCode(pending[0] ?? 0), pending.subarray(5, end))
      pending = pending.subarray(end)
    }
  })
  socket.on('error', error => awaited?.reject(error))
  return { next: kind => new Promise((resolve, reject) => (awaited = { kind, resolve, reject })) }
}

function startup({ user, database }: PgAddress): Buffer {
  const body = Buffer.concat([int32(196_608), ...['user', user, 'database', database].map(text), Buffer.alloc(1)])
  return Buffer.concat([int32(body.length + 4), body])
}

function message(kind: string, ...parts: Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 4)
  return Buffer.concat([Buffer.from(kind), int32(length), ...parts])
}

function bind(statement: string, parameters: readonly string[]): Buffer {
  const values = parameters.flatMap(value => [int32(Buffer.byteLength(value)), Buffer.from(value)])
  return message('B', text(''), text(statement), int16(0), int16(parameters.length), ...values, int16(0))
}

const execute = message('E', text(''), int32(0))
const sync = message('S')

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`)
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
