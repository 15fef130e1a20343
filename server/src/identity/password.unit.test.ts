// Passwords and their hashes.
import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './password.ts'

test('a hash knows its own password and no other', async () => {
  const hash = await hashPassword('correct horse battery')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verifyPassword('correct horse battery', hash)).toBe(true)
  expect(await verifyPassword('correct horse batterie', hash)).toBe(false)
  expect(await verifyPassword('', hash)).toBe(false)
})

test('two hashes of one password differ', async () => {
  expect(await hashPassword('same')).not.toBe(await hashPassword('same'))
})

test('an accent typed on another keyboard is the same password', async () => {
  expect(await verifyPassword('contrasen\u0303a', await hashPassword('contrase\u00f1a'))).toBe(true)
})

test.each(['', 'plain text', '$argon2i$v=19$m=19456,t=2,p=1$AAAA$AAAA'])('what is no hash of ours matches nothing: %s', async hash => {
  expect(await verifyPassword('plain text', hash)).toBe(false)
})
