// One secret, a key for each purpose, and a rotation that nobody notices.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openSecret } from './secret.ts'

const dataDirectory = mkdtempSync(join(tmpdir(), 'fitflow-secret-'))
afterAll(() => rmSync(dataDirectory, { recursive: true }))

const given = (secret: string, previousSecret: string | null = null) => openSecret({ secret, previousSecret, dataDirectory })

test('the same secret and purpose give the same key everywhere', () => {
  expect(given('one').deriveKey('qr')).toEqual(given('one').deriveKey('qr'))
  expect(given('one').deriveKey('qr').bytes).toHaveLength(32)
})

test('another purpose or another secret gives another key with another id', () => {
  const key = given('one').deriveKey('qr')
  for (const other of [given('one').deriveKey('sign-in'), given('two').deriveKey('qr')]) {
    expect(other.bytes.equals(key.bytes)).toBe(false)
    expect(other.id).not.toBe(key.id)
  }
  expect(key.bytes.toString('hex')).not.toContain(key.id)
})

test('while the secret rotates, what the previous one signed is still accepted', () => {
  const before = given('one').deriveKey('qr')
  const rotating = given('two', 'one')
  expect(rotating.deriveKey('qr').id).not.toBe(before.id)
  expect(rotating.acceptedKeys('qr').map(key => key.id)).toEqual([given('two').deriveKey('qr').id, before.id])
})

test('without a given secret one is made, kept for the next start, and readable by its owner alone', () => {
  const directory = join(dataDirectory, 'fresh')
  const ask = () => openSecret({ secret: null, previousSecret: null, dataDirectory: directory }).deriveKey('qr')
  expect(ask()).toEqual(ask())
  expect(statSync(join(directory, 'secret')).mode & 0o777).toBe(0o600)
})
