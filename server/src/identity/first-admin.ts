// How a studio gets its first admin: by a link that works while there is none, or by the command line.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Setup, User } from '@fitflow/contract/identity.ts'
import type { Sql } from '../platform/sql.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Secret } from '../platform/secret.ts'
import type { Tx } from '../platform/tx.ts'
import { createUsers, type NewUser } from './create-users.ts'
import { findUser, userOf } from './users.ts'

const purpose = 'first-admin'

/**
 * The token of the one-time link. Nothing is stored: it is the same at every start and in every process, and the first
 * admin, once there is one, ends it for good, because a studio never loses its last admin.
 */
function setupToken(secret: Secret): string {
  return signature(secret.deriveKey(purpose).bytes).toString('base64url')
}

/** The link to show at a start, or null when somebody is admin already. */
export async function setupLink(sql: Sql, secret: Secret, publicUrl: string): Promise<string | null> {
  return (await hasAdmin(sql)) ? null : `${publicUrl}/setup?token=${setupToken(secret)}`
}

/** Makes the first admin. Throws `forbidden` for another token, or when there is an admin already. */
export async function redeemSetup(tx: Tx, secret: Secret, setup: Setup & { passwordHash: string }): Promise<User> {
  const genuine = secret.acceptedKeys(purpose).some(key => equal(signature(key.bytes), Buffer.from(setup.token, 'base64url')))
  if (!genuine) throw new Problem('forbidden', 'This link is not genuine.', { reason: 'token' })
  if (await hasAdmin(tx.sql)) throw new Problem('forbidden', 'This link was used: the studio has an admin.', { reason: 'used' })
  return makeAdmin(tx, { email: setup.email, name: setup.name.trim(), passwordHash: setup.passwordHash })
}

/** Creates an account with the rank admin. Throws `email-taken`. */
export async function makeAdmin(tx: Tx, person: Omit<NewUser, 'role' | 'demo'>): Promise<User> {
  const [id] = await createUsers(tx, [{ ...person, role: 'admin' }])
  const user = id && (await findUser(tx.sql, id))
  if (!user) throw new Error('An account vanished in the transaction that made it')
  return userOf(user)
}

// An admin who was just made has a day to choose a password.
const linkHours = 24

/** A one-time link with which somebody sets their password. */
export async function passwordLink(tx: Tx, id: UserId, publicUrl: string): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  // As the sign-in library keeps it: under a hash of the link's token.
  await tx.sql`
    insert into auth_verifications (identifier, value, expires_at, created_at, updated_at)
    values (rtrim(translate(encode(sha256(${`reset-password:${token}`}::bytea), 'base64'), '+/', '-_'), '='), ${id},
      ${tx.now.add({ hours: linkHours })}, ${tx.now}, ${tx.now})`
  return `${publicUrl}/reset-password?token=${token}`
}

async function hasAdmin(sql: Sql): Promise<boolean> {
  const rows = await sql`select id from users where role = 'admin' limit 1`
  return rows.length > 0
}

function signature(key: Buffer): Buffer {
  return createHmac('sha256', key).update('the first admin').digest()
}

function equal(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
