// The sign-in library's idea of its tables, and ours.
import { getMigrations } from 'better-auth/db/migration'
import { afterAll, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { openAuth } from './auth.ts'

const { db } = await aDatabase()
const auth = openAuth({
  db,
  log: db.log,
  secret: 'a secret for tests only, and long enough',
  publicUrl: 'http://127.0.0.1:3000',
  origins: [],
  demoAllowed: false,
  tell: () => {},
})
afterAll(auth.close)

test('the library finds every table and column it wants in our migrations', async () => {
  const { toBeCreated, toBeAdded } = await getMigrations(auth.options)
  expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] })
})
