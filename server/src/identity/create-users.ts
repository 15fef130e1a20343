// Makes accounts with everything they need to sign in, one or thousands in two statements.
import type { Role } from '@fitflow/contract/identity.ts'
import { newId, type UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'

export interface NewUser {
  email: string
  name: string
  role: Role
  /** Made by `hashPassword`, before the transaction; null: the account waits for a password link. */
  passwordHash: string | null
  demo?: boolean
  /** When they came to the studio: now, unless it was earlier. */
  since?: Temporal.Instant
}

/**
 * Creates the accounts and answers their ids, in the order given. Addresses count as verified: staff vouch for them.
 * Throws `email-taken` when one of them exists.
 */
export async function createUsers(tx: Tx, people: readonly NewUser[]): Promise<UserId[]> {
  const users = people.map(person => ({ ...person, id: newId<UserId>(), email: person.email.toLowerCase() }))
  const made = await tx.sql`
    insert into users (id, email, display_name, role, email_verified, demo, created_at, updated_at)
    select id, email, name, role, true, demo::boolean, since, ${tx.now}
    from unnest(${users.map(user => user.id)}::uuid[], ${users.map(user => user.email)}::text[],
      ${users.map(user => user.name)}::text[], ${users.map(user => user.role)}::text[],
      ${users.map(user => String(user.demo ?? false))}::text[],
      ${users.map(user => String(user.since ?? tx.now))}::timestamptz[]) as u (id, email, name, role, demo, since)
    on conflict (email) do nothing`
  if (made.count < users.length) throw new Problem('email-taken', 'There is already an account with this address.')

  const withPassword = users.filter(user => user.passwordHash !== null)
  if (withPassword.length > 0) {
    await tx.sql`
      insert into auth_accounts (user_id, account_id, provider_id, password, created_at, updated_at)
      select id, id::text, 'credential', password, ${tx.now}, ${tx.now}
      from unnest(${withPassword.map(user => user.id)}::uuid[], ${withPassword.map(user => user.passwordHash)}::text[])
        as a (id, password)`
  }
  for (const { id, role } of users) {
    tx.audit({ entityType: 'user', entityId: id, action: 'created', details: { role } })
  }
  return users.map(user => user.id)
}
