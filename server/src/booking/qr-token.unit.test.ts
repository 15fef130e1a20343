// The QR code's token: genuine for its booking, and nothing for any other or under any other key.
import { expect, test } from 'vitest'
import { newId, type BookingId } from '../platform/ids.ts'
import { openSecret } from '../platform/secret.ts'
import { openQrTokens } from './qr-token.ts'

const given = { previousSecret: null, dataDirectory: '/nowhere' }
const tokens = openQrTokens(openSecret({ ...given, secret: 'the secret of this studio, long enough' }))
const bookingId = newId<BookingId>()

test('a token names its booking, in 48 characters that any code reader takes', () => {
  expect(tokens.mint(bookingId)).toMatch(/^[\w-]{48}$/)
  expect(tokens.read(tokens.mint(bookingId))).toBe(bookingId)
})

test('one changed bit anywhere makes it worth nothing', () => {
  const bytes = Buffer.from(tokens.mint(bookingId), 'base64url')
  const forged = Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const copy = Buffer.from(bytes)
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return copy.toString('base64url')
  })
  expect(forged).toHaveLength(288)
  expect(forged.map(tokens.read).filter(id => id !== null)).toEqual([])
})

test('the signature of one booking opens no other', () => {
  const [mine, other] = [bookingId, newId<BookingId>()].map(id => Buffer.from(tokens.mint(id), 'base64url')) as [Buffer, Buffer]
  const mixed = Buffer.concat([mine.subarray(0, 4), other.subarray(4, 20), mine.subarray(20)])
  expect(tokens.read(mixed.toString('base64url'))).toBeNull()
})

test.each(['', 'x', 'A'.repeat(47), 'A'.repeat(49), 'A'.repeat(48), '🎟'.repeat(24)])('%j is no token', text => {
  expect(tokens.read(text)).toBeNull()
})

test('a studio that changes its secret still takes the codes of the one before, and of no other', () => {
  const rotated = openQrTokens(openSecret({ ...given, secret: 'a new secret, long enough as well', previousSecret: 'the secret of this studio, long enough' }))
  const foreign = openQrTokens(openSecret({ ...given, secret: 'the secret of somebody else, long' }))
  expect(rotated.read(tokens.mint(bookingId))).toBe(bookingId)
  expect(tokens.read(rotated.mint(bookingId))).toBeNull()
  expect(foreign.read(tokens.mint(bookingId))).toBeNull()
})
