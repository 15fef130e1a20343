// A push service on loopback, as somebody else built it: subscribes browsers, checks who sends, decrypts what they would show.
import { createECDH, randomBytes, randomUUID } from 'node:crypto'
import { afterAll } from 'vitest'
import { judge } from '../../tools/judges.ts'
import { freePort } from './fleet.ts'
import { onLoopback } from './on-loopback.ts'

interface Model {
  subscribe(options: { userVisibleOnly: string; applicationServerKey: string }): Promise<Subscribed>
  expireSubscription(clientHash: string): void
  getNotifications(of: { clientHash: string }): { messages: string[] }
}
interface Station {
  new (model: Model, port: number): { startServer(): void; _server: { close(): void; closeAllConnections(): void } }
}

interface Subscribed {
  endpoint: string
  keys: { p256dh: string; auth: string }
  clientHash: string
}

export interface Browser {
  subscription: Pick<Subscribed, 'endpoint' | 'keys'>
  /** What it would show, decrypted with its own key. */
  shown(): { notification: { title: string; body: string; tag: string; data: { onActionClick: { default: { url: string } } } } }[]
  /** It wants no more. */
  leave(): void
}

export interface PushStation {
  /** A browser that takes what whoever has this key signs. */
  browser(applicationServerKey: string): Promise<Browser>
}

/** A browser's subscription to a push service of the internet, where nothing is ever sent. */
export function aDevice(): Browser['subscription'] {
  const pair = createECDH('prime256v1')
  return { endpoint: `https://push.example.test/${randomUUID()}`, keys: { p256dh: pair.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') } }
}

/** Starts it for a test file. */
export async function aPushStation(): Promise<PushStation> {
  const { PushApiModel } = judge<{ PushApiModel: new () => Model }>('web-push-testing/src/PushApiModel.js')
  const Station = judge<Station>('web-push-testing/src/server.js')
  const model = new PushApiModel()
  const service = new Station(model, await freePort())
  await onLoopback(() => Promise.resolve(service.startServer()))
  afterAll(() => void (service._server.closeAllConnections(), service._server.close()))
  return {
    async browser(applicationServerKey) {
      const { endpoint, keys, clientHash } = await model.subscribe({ userVisibleOnly: 'true', applicationServerKey })
      return {
        subscription: { endpoint, keys },
        shown: () => model.getNotifications({ clientHash }).messages.map(one => JSON.parse(one) as ReturnType<Browser['shown']>[number]),
        leave: () => model.expireSubscription(clientHash),
      }
    },
  }
}
