// Secrets of endpoints as they lie in the database: sealed with a key derived from the installation's secret, so that a copy of the rows signs nothing.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Secret } from '../platform/secret.ts'

const purpose = 'webhook secrets'
const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Seals with the current key: `<key id>.<base64url of nonce, tag and text>`. */
export function seal(secret: Secret, text: string): string {
  const { id, bytes } = secret.deriveKey(purpose)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, bytes, nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `${id}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

/** Opens what `seal` made; undefined when it was sealed under a secret that is no longer accepted here. */
export function unseal(secret: Secret, text: string): string | undefined {
  const [keyId, rest = ''] = text.split('.')
  const key = secret.acceptedKeys(purpose).find(one => one.id === keyId)
  if (!key) return undefined
  const packed = Buffer.from(rest, 'base64url')
  const decipher = createDecipheriv(algorithm, key.bytes, packed.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAuthTag(packed.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([decipher.update(packed.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
}

/** Whether it would be sealed otherwise today: the installation's secret has changed since. */
export function isSealedByOld(secret: Secret, text: string): boolean {
  return text.split('.')[0] !== secret.deriveKey(purpose).id
}
