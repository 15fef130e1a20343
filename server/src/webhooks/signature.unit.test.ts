// What we sign, verified by the library of Standard Webhooks; and secrets as they lie in the database.
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { openSecret } from '../platform/secret.ts'
import { isSealedByOld, seal, unseal } from './sealed-secret.ts'
import { newSecret, signedHeaders } from './signature.ts'

const message = { id: '4711', sentAt: systemClock.now(), body: '{"hello":"wörld"}' }
const verify = (secret: string, headers: Record<string, string>, body = message.body) => new Webhook(secret).verify(body, headers)

test('the library takes what we sign, under the new secret and under the old one', () => {
  const [fresh, old] = [newSecret(), newSecret()]
  const headers = signedHeaders(message, [fresh, old])
  expect([verify(fresh, headers), verify(old, headers)]).toEqual([{ hello: 'wörld' }, { hello: 'wörld' }])
})

test('the library refuses another body, another id, another secret, and what was sent long ago', () => {
  const secret = newSecret()
  const headers = signedHeaders(message, [secret])
  expect(() => verify(secret, headers, '{"hello":"world"}')).toThrow(/signature/i)
  expect(() => verify(secret, { ...headers, 'webhook-id': '4712' })).toThrow(/signature/i)
  expect(() => verify(newSecret(), headers)).toThrow(/signature/i)
  expect(() => verify(secret, signedHeaders({ ...message, sentAt: message.sentAt.subtract({ minutes: 6 }) }, [secret]))).toThrow(/old/)
})

test('secrets are as long as they should be, and no two are alike', () => {
  const [one, other] = [newSecret(), newSecret()]
  expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(one).not.toBe(other)
})

test('a secret lies sealed, opens under the installation’s secret and the one before it, and under no other', () => {
  const houseOf = (secret: string, previousSecret: string | null = null) => openSecret({ secret, previousSecret, dataDirectory: '' })
  const [was, is] = ['the first secret of this installation', 'the second secret of this installation']
  const sealed = seal(houseOf(was), 'whsec_abc')
  expect(sealed).not.toContain('abc')
  expect([unseal(houseOf(was), sealed), unseal(houseOf(is, was), sealed), unseal(houseOf(is), sealed)]).toEqual(['whsec_abc', 'whsec_abc', undefined])
  expect([isSealedByOld(houseOf(was), sealed), isSealedByOld(houseOf(is, was), sealed)]).toEqual([false, true])
  const [id, packed = ''] = sealed.split('.')
  const broken = Buffer.from(packed, 'base64url')
  broken[broken.length - 1]! ^= 1
  expect(() => unseal(houseOf(was), `${id}.${broken.toString('base64url')}`)).toThrow(/authenticate/)
})
