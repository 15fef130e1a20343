// Whether this process may listen where it is told to, asked before anything slow begins.
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Refusal } from './refusal.ts'

const pollMs = 50
// A start often follows right behind the end of the one before.
const partingMs = 1_500

/** Throws a Refusal in one sentence when `host` and `port` cannot be listened on. */
export async function refuseTakenPort({ host, port }: { host: string; port: number }): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const code = await tryListening(host, port)
    if (code === null) return
    if (code !== 'EADDRINUSE' || waitedMs >= partingMs) throw new Refusal(sentence(code, host, port))
    await delay(pollMs)
  }
}

/** Null when it works, else the system's word for why not. */
function tryListening(host: string, port: number): Promise<string | null> {
  const probe = createServer()
  return new Promise(resolve => {
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(null)))
  })
}

function sentence(code: string, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken by another program: stop that one, or start FitFlow on another port with PORT=${port + 1}.`
  if (code === 'EACCES') return `This user may not listen on port ${port}: choose one above 1023 with PORT.`
  return `FitFlow cannot listen on HOST ${host}, port ${port} (${code}): HOST must be an address of this machine.`
}
