// Servers that others built for tests, kept to this machine.
import { Server } from 'node:net'

/** Lets somebody else's server start that would listen to the whole network, and has it listen to this machine only. */
export async function onLoopback<T>(start: () => Promise<T>): Promise<T> {
  const { listen } = Server.prototype
  Server.prototype.listen = function (this: Server, port: number) {
    return listen.call(this, { port, host: '127.0.0.1' })
  } as typeof listen
  try {
    return await start()
  } finally {
    Server.prototype.listen = listen
  }
}
