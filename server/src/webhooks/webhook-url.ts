// Which addresses may be an endpoint's: what can be said of them before a name is looked up.
import { malformed } from '../platform/shape.ts'
import { hostOf } from '../platform/post.ts'
import { isHere, isInside } from '../platform/public-address.ts'

/** Throws `invalid-request` for what is no https address of a machine on the public internet; the rest is judged when it is connected to. */
export function refuseUrl(text: string, { toLoopback }: { toLoopback: boolean }): void {
  const why = whyNot(URL.parse(text), toLoopback)
  if (why !== undefined) throw malformed([{ path: 'body/url', message: why }])
}

function whyNot(url: URL | null, toLoopback: boolean): string | undefined {
  if (url === null || !/^https?:$/.test(url.protocol)) return 'must be an address that begins with https://'
  if (url.username || url.password) return 'must be without a user and a password: what is sent is signed instead'
  if (url.hash) return 'must be without a fragment'
  const host = hostOf(url)
  if (isHere(host) && toLoopback) return undefined
  if (url.protocol === 'http:') return 'must begin with https://'
  return isInside(host) ? 'must be an address on the public internet' : undefined
}
