// `create-admin`: makes an account with the rank admin, and prints the link with which that person sets their password.
import { Setup } from '@fitflow/contract/identity.ts'
import { Value } from 'typebox/value'
import type { Config } from '../config.ts'
import { inHouse } from '../house.ts'
import { makeAdmin, passwordLink } from '../identity/first-admin.ts'
import type { UserId } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import { Refusal } from '../platform/refusal.ts'
import { newTraceId } from '../platform/trace.ts'
import type { Context } from '../platform/context.ts'
import { transact } from '../platform/tx.ts'

/** `email` and `name` as typed on the command line. Throws a Refusal for what is no address, `email-taken` for one in use. */
export async function runCreateAdmin(config: Config, log: Log, person: { email: string; name: string }): Promise<void> {
  const { email, name } = person
  if (!Value.Check(Setup.properties.email, email)) throw new Refusal(`"${email}" is no e-mail address.`)
  if (!Value.Check(Setup.properties.name, name)) throw new Refusal('A name has 1 to 100 characters.')
  const context: Context = { actor: { userId: null, role: 'system', via: 'cli' }, traceId: newTraceId() }
  const link = await inHouse(config, log, ({ db }) =>
    transact(db, context, { isolation: 'read committed' }, async tx => {
      const admin = await makeAdmin(tx, { email, name, passwordHash: null })
      return passwordLink(tx, admin.id as UserId, config.publicUrl)
    }),
  )
  console.log(`${email} is an admin now. Within a day they set their password at\n  ${link}`)
}
