// A real SMTP server on loopback: says what it takes, and refuses with the code it is told.
import { SMTPServer } from 'smtp-server'

interface Desk {
  /** Each message as it came over the wire, with whom it was for; the sender hears that it was taken afterwards. */
  taken(mail: { to: string[]; raw: string }): void
  /** What to answer to a recipient instead of taking the mail: 450 for later, 550 for never; undefined takes it. */
  refuse(to: string): number | undefined
}

export interface MailServer {
  url: string
  close(): Promise<void>
}

/** Opens it on a free port. */
export async function openMailServer(desk: Desk): Promise<MailServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      const code = desk.refuse(address)
      done(code === undefined ? null : Object.assign(new Error('refused by the test'), { responseCode: code }))
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        desk.taken({ to: session.envelope.rcptTo.map(one => one.address), raw: Buffer.concat(parts).toString() })
        done(null)
      })
    },
  })
  server.on('error', () => {})
  const listening = await new Promise<number>(resolve => {
    const net = server.listen(0, '127.0.0.1', () => resolve((net.address() as { port: number }).port))
  })
  return { url: `smtp://127.0.0.1:${listening}`, close: () => new Promise<void>(resolve => void server.close(() => resolve())) }
}
