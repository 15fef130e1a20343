// A channel in Redis that all processes hear. Each listens for its own voice: whoever does not hear it is deaf, and knows.
import { randomUUID } from 'node:crypto'
import { systemClock } from './clock.ts'
import type { Client, RedisLine } from './redis.ts'

export interface Channel {
  /** Throws Away when it cannot be said now. */
  say(text: string): Promise<void>
  /** Begins to listen to what anybody says. Calls `deaf` each second while it does not hear; `anew` is true once for each loss. */
  listen(heard: (text: string) => void, deaf: (anew: boolean) => void): void
  close(): void
}

const { monotonicMs } = systemClock
const voiceMs = 1000
// One lost voice is a busy second.
const deafMs = 2500
// A connection that stays deaf is made anew: a wire that was cut does not tell.
const anewMs = 5000

/** Opens a channel; `name` ends in braces, so that in a cluster all of it meets on one node. */
export function openChannel(line: RedisLine, name: string): Channel {
  const own = `${name}:${randomUUID()}`
  let listener: Client | undefined
  let timer: NodeJS.Timeout | undefined
  let [heardMs, sinceMs, wasHeard] = [-Infinity, 0, false]

  const say = async (to: string, text: string) => void (await line.ask(client => (line.isCluster ? client.spublish(to, text) : client.publish(to, text))))
  const subscribe = (client: Client) => (line.isCluster ? client.ssubscribe(name, own) : client.subscribe(name, own))
  // What fails is done again a second later.
  const speak = async (client: Client) => {
    try {
      if (!wasHeard) await subscribe(client)
      await say(own, '')
    } catch {
      // Then it is not heard, and that is all there is to know.
    }
  }
  const listenTo = (client: Client, heard: (text: string) => void) => {
    client.on('error', () => undefined)
    client.on('ready', () => void speak(client))
    client.on(line.isCluster ? 'smessage' : 'message', (from: string, text: string) => {
      if (from === own) heardMs = monotonicMs()
      else heard(text)
    })
    return client
  }
  return {
    say: text => say(name, text),
    listen(heard, deaf) {
      const client = (listener = listenTo(line.anotherClient(), heard))
      sinceMs = monotonicMs()
      deaf(false)
      timer = setInterval(() => {
        const nowMs = monotonicMs()
        const isHeard = nowMs - heardMs < deafMs
        if (!isHeard) deaf(wasHeard)
        if (isHeard || nowMs - sinceMs > anewMs) sinceMs = nowMs
        if (!isHeard && sinceMs === nowMs) client.disconnect(true)
        wasHeard = isHeard
        void speak(client)
      }, voiceMs).unref()
    },
    close() {
      clearInterval(timer)
      listener?.disconnect()
    },
  }
}
