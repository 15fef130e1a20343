// Somebody who listens to a stream of server-sent events, as a browser would.
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

export interface Heard {
  id: string
  event: string
  data: unknown
}

export interface Ear {
  status: number
  /** Everything heard so far. */
  heard: Heard[]
  /** Resolves with the first that fits, heard already or yet to come. */
  hears(fits: (one: Heard) => boolean): Promise<Heard>
  /** Resolves when the other side has ended it. */
  ended: Promise<'ended'>
  close(): void
}

/** Opens a stream with this bearer token and listens until the test has finished. */
export async function listen(url: string, { token, lastEventId }: { token: string; lastEventId?: string }): Promise<Ear> {
  const headers = { authorization: `Bearer ${token}`, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) }
  const asked = request(url, { headers, agent: false }).end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const ended = new Promise<'ended'>(resolve => void response.once('close', () => resolve('ended')))
  // Torn away or ended: both are an end.
  response.on('error', () => {})
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  let one: Record<string, string> = {}
  createInterface({ input: response }).on('line', line => {
    const [, name, value] = /^(\w+): (.*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) one[name] = value
    if (line !== '') return
    if (one['event'] !== undefined) heard.push({ id: one['id'] ?? '', event: one['event'], data: JSON.parse(one['data'] ?? 'null') })
    one = {}
    waiting.forEach(look => look())
  })
  const close = () => void response.destroy()
  onTestFinished(close)
  return {
    ...{ status: response.statusCode ?? 0, heard, ended, close },
    hears: fits =>
      new Promise(resolve => {
        const look = () => {
          const found = heard.find(fits)
          if (found === undefined) return void waiting.add(look)
          waiting.delete(look)
          resolve(found)
        }
        look()
      }),
  }
}
