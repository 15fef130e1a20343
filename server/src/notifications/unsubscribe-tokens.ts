// The token inside an unsubscribe link: whose mails of which group, signed; worth nothing for anybody else or anything else.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { messageGroups, type MessageGroup } from '@fitflow/contract/notifications.ts'
import type { UserId } from '../platform/ids.ts'
import type { Key, Secret } from '../platform/secret.ts'

// Key id (4), user id (16), group (1), the first half of an HMAC-SHA-256 (16): 37 bytes, 50 characters of base64url.
const keyIdBytes = 4
const saidBytes = 17
const macBytes = 16

export interface Unsubscribing {
  userId: UserId
  group: MessageGroup
}

export interface UnsubscribeTokens {
  mint(what: Unsubscribing): string
  /** What a genuine token asks for, null for anything else. It does not age: an old mail's link still works. */
  read(token: string): Unsubscribing | null
}

/** Tokens signed with the current secret; those of the previous one are still genuine while it rotates. */
export function openUnsubscribeTokens(secret: Secret): UnsubscribeTokens {
  const current = secret.deriveKey('unsubscribe')
  const accepted = secret.acceptedKeys('unsubscribe')
  return {
    mint: ({ userId, group }) => {
      const said = Buffer.concat([Buffer.from(userId.replaceAll('-', ''), 'hex'), Buffer.from([messageGroups.indexOf(group)])])
      return sign(current, said).toString('base64url')
    },
    read(token) {
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length !== keyIdBytes + saidBytes + macBytes) return null
      const said = bytes.subarray(keyIdBytes, keyIdBytes + saidBytes)
      const group = messageGroups[said[saidBytes - 1] ?? -1]
      if (group === undefined || !accepted.some(key => timingSafeEqual(sign(key, said), bytes))) return null
      return { userId: asUuid(said.subarray(0, -1).toString('hex')) as UserId, group }
    },
  }
}

function sign(key: Key, said: Buffer): Buffer {
  const mac = createHmac('sha256', key.bytes).update(said).digest().subarray(0, macBytes)
  return Buffer.concat([Buffer.from(key.id, 'hex'), said, mac])
}

function asUuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
