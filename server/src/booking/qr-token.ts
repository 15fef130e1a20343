// The token inside a booking's QR code: short, signed, and worth nothing for any other booking.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { BookingId } from '../platform/ids.ts'
import type { Key, Secret } from '../platform/secret.ts'

// Key id (4), booking id (16), the first half of an HMAC-SHA-256 (16): 36 bytes, 48 characters of base64url.
const keyIdBytes = 4
const bookingIdBytes = 16
const macBytes = 16

export interface QrTokens {
  mint(bookingId: BookingId): string
  /** The booking a genuine token belongs to, null for anything else. */
  read(token: string): BookingId | null
}

/** Tokens signed with the current secret; those of the previous one are still genuine while it rotates. */
export function openQrTokens(secret: Secret): QrTokens {
  const current = secret.deriveKey('qr')
  const accepted = secret.acceptedKeys('qr')
  return {
    mint: bookingId => sign(current, Buffer.from(bookingId.replaceAll('-', ''), 'hex')).toString('base64url'),
    read(token) {
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length !== keyIdBytes + bookingIdBytes + macBytes) return null
      const id = bytes.subarray(keyIdBytes, keyIdBytes + bookingIdBytes)
      const genuine = accepted.some(key => timingSafeEqual(sign(key, id), bytes))
      return genuine ? (asUuid(id.toString('hex')) as BookingId) : null
    },
  }
}

function sign(key: Key, id: Buffer): Buffer {
  const mac = createHmac('sha256', key.bytes).update(id).digest().subarray(0, macBytes)
  return Buffer.concat([Buffer.from(key.id, 'hex'), id, mac])
}

function asUuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
