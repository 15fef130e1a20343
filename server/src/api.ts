// What people and machines reach over HTTP: every module's routes, named here, and the web app.
import { createServer } from 'node:http'
import type { House } from './house.ts'
import type { Running } from './lifetime.ts'

export async function startApi({ config }: House): Promise<Running> {
  const server = createServer((_request, response) => response.end('ok'))
  await new Promise<void>(resolve => server.listen(config.port, config.host, resolve))
  return { stop: () => new Promise(resolve => server.close(() => resolve())) }
}
