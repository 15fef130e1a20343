// Whether this process may listen where it is told to, asked before anything slow begins.
import { createServer } from 'node:net'
import { Refusal } from './refusal.ts'

/** Throws a Refusal in one sentence when `host` and `port` cannot be listened on. */
export async function refuseTakenPort({ host, port }: { host: string; port: number }): Promise<void> {
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject).listen({ host, port, exclusive: true }, resolve)
    })
  } catch (error) {
    // The system names the cause in a code; the person needs the way out.
    throw new Refusal(sentence((error as NodeJS.ErrnoException).code, host, port))
  }
  await new Promise(resolve => probe.close(resolve))
}

function sentence(code: string | undefined, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken by another program: stop that one, or start FitFlow on another port with PORT=${port + 1}.`
  if (code === 'EACCES') return `This user may not listen on port ${port}: choose one above 1023 with PORT.`
  return `FitFlow cannot listen on HOST ${host}, port ${port} (${code}): HOST must be an address of this machine.`
}
