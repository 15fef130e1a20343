// The key pair that tells push services who we are (RFC 8292).
import { createECDH } from 'node:crypto'
import type { Secret } from '../platform/secret.ts'

export interface VapidKeys {
  /** Both in base64url: an uncompressed point of P-256, and its scalar. */
  publicKey: string
  privateKey: string
}

/** The pair of the environment, else one derived from the installation's secret: the same in every process, kept as long as that. */
export function vapidKeys(given: VapidKeys | null, secret: Secret): VapidKeys {
  if (given) return given
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(secret.deriveKey('vapid').bytes)
  return { publicKey: pair.getPublicKey('base64url'), privateKey: secret.deriveKey('vapid').bytes.toString('base64url') }
}

/** Whether somebody could encrypt for this point: 65 bytes that lie on the curve. */
export function isPublicKey(base64url: string): boolean {
  const point = Buffer.from(base64url, 'base64url')
  if (point.length !== 65 || point[0] !== 4) return false
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  try {
    pair.computeSecret(point)
    return true
  } catch {
    // The only way it says that a point is not on the curve.
    return false
  }
}
