// A real SMTP server on loopback for tests: keeps what it takes, and refuses with the code it is told.
import { onTestFinished } from 'vitest'
import { SMTPServer } from 'smtp-server'

export interface PostOffice {
  url: string
  /** Each message as it came over the wire, oldest first, with whom it was for. */
  taken: { to: string[]; raw: string }[]
  /** What to answer to a recipient instead of taking the mail: 450 for later, 550 for never; undefined takes it. */
  refuse: (to: string) => number | undefined
  close(): Promise<void>
}

/** Opens it on a free port until the test is over, or the file that opens it at its top. */
export async function aPostOffice(over: (end: () => Promise<void>) => void = onTestFinished): Promise<PostOffice> {
  const office: PostOffice = { url: '', taken: [], refuse: () => undefined, close }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      const code = office.refuse(address)
      done(code === undefined ? null : Object.assign(new Error('refused by the test'), { responseCode: code }))
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        office.taken.push({ to: session.envelope.rcptTo.map(one => one.address), raw: Buffer.concat(parts).toString() })
        done(null)
      })
    },
  })
  function close() {
    return new Promise<void>(resolve => void server.close(() => resolve()))
  }
  server.on('error', () => {})
  const listening = await new Promise<number>(resolve => {
    const net = server.listen(0, '127.0.0.1', () => resolve((net.address() as { port: number }).port))
  })
  office.url = `smtp://127.0.0.1:${listening}`
  over(close)
  return office
}
