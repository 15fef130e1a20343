// Finding who stands at the desk: everybody may be booked in, but only one's own clients are shown whole (docs/decisions/0009).
import type { WalkIn } from '@fitflow/contract/clients.ts'
import { findPeople } from '../identity/find-people.ts'
import type { Tx } from '../platform/tx.ts'
import { maskedEmail } from './masked-email.rule.ts'
import { visibleTo } from './seen-clients.ts'

// As many as a phone shows above its keyboard.
const foundMax = 8

/** By name; the address of who is not one's own client is masked. */
export async function findWalkIns(tx: Tx, search: string): Promise<WalkIn[]> {
  const visible = await visibleTo(tx)
  const known = new Set(visible)
  const people = await findPeople(tx.sql, search.trim(), { known: visible, limit: foundMax })
  return people.map(({ id, name, email }) => {
    const isOwn = visible === undefined || known.has(id)
    return { id, name, email: isOwn ? email : maskedEmail(email), isOwn }
  })
}
