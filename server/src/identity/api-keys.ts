// Keys for machines: made by a person, with their rank, and a scope. The key is told once; only its hash is kept.
import { randomBytes } from 'node:crypto'
import type { ApiKey, ApiKeyMade, NewApiKey } from '@fitflow/contract/identity.ts'
import type { Sql } from '../platform/sql.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { digestOf } from './principals.ts'

type Row = Omit<ApiKey, 'createdAt' | 'expiresAt'> & { createdAt: Temporal.Instant; expiresAt: Temporal.Instant | null }

// Names what it is, for whoever finds it in a log or a repository.
const prefix = 'ffk_'
const keyBytes = 32
const daysByDefault = 90
const keysMax = 50

/** Makes a key for the asker. Throws `forbidden` to an API key: a key that leaked must not outlive itself. */
export async function createApiKey(tx: Tx, { name, scope, expiresInDays = daysByDefault }: NewApiKey): Promise<ApiKeyMade> {
  const userId = signedInPerson(tx)
  const [{ count }] = await tx.sql<[{ count: number }]>`select count(*)::integer as count from api_keys where user_id = ${userId}`
  if (count >= keysMax) throw new Problem('forbidden', `You have ${keysMax} keys. Revoke one first.`, { reason: 'keys', keysMax })

  const key = prefix + randomBytes(keyBytes).toString('base64url')
  const expiresAt = tx.now.add({ hours: expiresInDays * 24 })
  const [row] = await tx.sql<[Row]>`
    insert into api_keys (user_id, name, hint, key_hash, scope, expires_at, created_at)
    values (${userId}, ${name.trim()}, ${key.slice(0, prefix.length + 4)}, ${digestOf(key)}, ${scope}, ${expiresAt}, ${tx.now})
    returning id, name, hint, scope, expires_at, created_at`
  tx.audit({ entityType: 'api_key', entityId: row.id, action: 'created', details: { scope } })
  return { ...apiKeyOf(row), key }
}

/** Ends one of the asker's keys, everywhere and at once. Throws `not-found`. */
export async function revokeApiKey(tx: Tx, id: string): Promise<void> {
  const userId = signedInPerson(tx)
  const gone = await tx.sql`delete from api_keys where id = ${id} and user_id = ${userId}`
  if (gone.count === 0) throw new Problem('not-found', 'You have no such key.')
  tx.audit({ entityType: 'api_key', entityId: id, action: 'revoked', details: {} })
}

/** A user's keys, latest first. */
export async function listApiKeys(sql: Sql, userId: UserId): Promise<ApiKey[]> {
  const rows = await sql<Row[]>`
    select id, name, hint, scope, expires_at, created_at from api_keys where user_id = ${userId} order by id desc`
  return rows.map(apiKeyOf)
}

function apiKeyOf({ createdAt, expiresAt, ...row }: Row): ApiKey {
  return { ...row, createdAt: createdAt.toString(), expiresAt: expiresAt?.toString() ?? null }
}

function signedInPerson({ actor }: Tx): UserId {
  if (actor.userId === null || actor.via !== 'session') {
    throw new Problem('forbidden', 'Only a signed-in person can make or revoke keys.', { reason: 'via' })
  }
  return actor.userId
}
