// Unsubscribing by the link of a mail: no sign-in, one click, and never by looking.
import type { Unsubscription } from '@fitflow/contract/notifications.ts'
import { peopleById } from '../identity/display-names.ts'
import { Problem } from '../platform/problem.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { changePreferences, preferencesOf } from './preferences.ts'
import { requiredWays, wants } from './preferences.rule.ts'
import type { Unsubscribing, UnsubscribeTokens } from './unsubscribe-tokens.ts'

/** What a link is for and whether its mails come; changes nothing. Throws `not-found` for what is no link of ours. */
export async function readSubscription(sql: Sql, tokens: UnsubscribeTokens, token: string): Promise<Unsubscription> {
  const { userId, group } = await asked(sql, tokens, token)
  const { choices } = (await preferencesOf(sql, [userId]))(userId)
  return { group, channel: 'email', subscribed: wants(choices, group, 'email') }
}

/** Turns the mails of its group off, however often it is asked. Throws `not-found`. */
export async function unsubscribe(tx: Tx, tokens: UnsubscribeTokens, token: string): Promise<Unsubscription> {
  const { userId, group } = await asked(tx.sql, tokens, token)
  await changePreferences(tx, userId, { groups: { [group]: { email: false } } })
  tx.audit({ entityType: 'user', entityId: userId, action: 'unsubscribed', details: { group } })
  return { group, channel: 'email', subscribed: false }
}

async function asked(sql: Sql, tokens: UnsubscribeTokens, token: string): Promise<Unsubscribing> {
  const genuine = tokens.read(token)
  const isAsked = genuine && !requiredWays(genuine.group).includes('email') && (await peopleById(sql, [genuine.userId])).has(genuine.userId)
  if (!isAsked) throw new Problem('not-found', 'This link is not one of ours, or it is incomplete.')
  return genuine
}
