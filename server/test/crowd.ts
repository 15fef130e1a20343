// Many members at once, signed in and able to pay, for a rush.
import { randomUUID } from 'node:crypto'
import { openLots } from '../src/credits/open-lots.ts'
import type { Database } from '../src/platform/db.ts'
import { newId, type UserId } from '../src/platform/ids.ts'
import { newTraceId } from '../src/platform/trace.ts'
import { transact } from '../src/platform/tx.ts'
import { system, type Person } from './world.ts'

export interface Signed extends Person {
  /** To be sent as a bearer token. */
  token: string
}

/** Members with ten credits each and a session that lasts a day of real time. */
export async function aCrowd(db: Database, count: number): Promise<Signed[]> {
  const crowd = Array.from({ length: count }, (_, at): Signed => {
    const id = newId<UserId>()
    const context = { actor: { userId: id, role: 'client', via: 'session' }, traceId: newTraceId() } as const
    return { id, name: `Member ${at}`, email: `${randomUUID()}@example.test`, token: randomUUID().replaceAll('-', ''), context }
  })
  const ids = crowd.map(one => one.id)
  await db.sql`
    insert into users (id, email, display_name, role, email_verified, created_at, updated_at)
    select id, email, name, 'client', true, now(), now()
    from unnest(${ids}::uuid[], ${crowd.map(one => one.email)}::text[], ${crowd.map(one => one.name)}::text[]) as u (id, email, name)`
  await db.sql`
    insert into auth_sessions (user_id, token, expires_at, created_at, updated_at)
    select id, token, now() + interval '1 day', now(), now()
    from unnest(${ids}::uuid[], ${crowd.map(one => one.token)}::text[]) as s (id, token)`
  await transact(db, system, {}, async tx => {
    const pack = { credits: 1000, planType: 'pack', name: '10-class pack', reason: 'a test', validUntil: tx.now.add({ hours: 2400 }) } as const
    openLots(tx, crowd.map(({ id: userId }) => ({ userId, ...pack })), 'UTC')
  })
  return crowd
}
