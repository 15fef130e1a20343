// One use case, one transaction: all of it or nothing, again on a conflict, and an end to every wait.
import { beforeEach, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { refusal } from '../../test/front-desk.ts'
import { system } from '../../test/world.ts'
import { newId, type SessionId, type UserId } from './ids.ts'
import { Problem } from './problem.ts'
import type { Sql } from './sql.ts'
import { readOnly, readTogether, transact, type Tx } from './tx.ts'

const { db, clock } = await aDatabase()
await db.sql`create table jars (id int primary key, coins int not null)`
beforeEach(async () => {
  await db.sql`delete from jars`
  await db.sql`insert into jars values (1, 0)`
})

const coins = async () => (await db.sql<{ coins: number }[]>`select coins from jars where id = 1`)[0]?.coins
const put = (tx: Tx) => tx.sql`update jars set coins = coins + 1 where id = 1`
const raise = (tx: Tx, state: string) => tx.sql.unsafe(`do $$ begin raise exception 'made up' using errcode = '${state}'; end $$`)

/** What the database keeps of one made-up thing. */
async function kept(entityId: string) {
  const [row] = await db.sql`
    select (select count(*)::int from outbox where data->>'sessionId' = ${entityId}) as events,
      (select count(*)::int from audit_log where entity_id = ${entityId}) as audits,
      (select count(*)::int from graphile_worker.jobs where task_identifier = ${entityId}) as jobs`
  return { coins: await coins(), ...row }
}

/** A use case that writes in every way there is. */
function everything(tx: Tx, id: string): void {
  tx.send(put(tx))
  tx.emit('session.changed', { sessionId: id, version: 1 })
  tx.audit({ entityType: 'class_session', entityId: id, action: 'changed', details: {} })
  tx.enqueue({ task: id, payload: {} })
}

describe('all or nothing', () => {
  test('the effect, its events, its history and its jobs are there together', async () => {
    const id = newId<SessionId>()
    await transact(db, system, {}, async tx => everything(tx, id))
    expect(await kept(id)).toEqual({ coins: 1, events: 1, audits: 1, jobs: 1 })
  })

  test('a no leaves none of them, and comes out as it was thrown', async () => {
    const id = newId<SessionId>()
    const no = new Problem('not-found', 'Nothing here.')
    const attempt = transact(db, system, {}, async tx => {
      everything(tx, id)
      throw no
    })
    await expect(attempt).rejects.toBe(no)
    expect(await kept(id)).toEqual({ coins: 0, events: 0, audits: 0, jobs: 0 })
  })

  test('a write that was sent and fails takes everything back, though nobody waited for it', async () => {
    const id = newId<SessionId>()
    const attempt = transact(db, system, {}, async tx => {
      everything(tx, id)
      tx.send(tx.sql`insert into jars values (1, 5)`)
      return 'done'
    })
    await expect(attempt).rejects.toMatchObject({ code: '23505' })
    expect(await kept(id)).toEqual({ coins: 0, events: 0, audits: 0, jobs: 0 })
  })

  test('so does one that was sent before the use case said no for a reason of its own', async () => {
    const attempt = transact(db, system, {}, async tx => {
      tx.send(tx.sql`insert into jars values (1, 5)`)
      throw new Problem('not-found', 'Nothing here.')
    })
    await refusal('not-found', attempt)
    expect(await coins()).toBe(0)
  })

  test('in one transaction each acts for themselves: what is written carries actor, trace and the one instant', async () => {
    const [id, userId] = [newId<SessionId>(), newId<UserId>()]
    const traceId = 'a'.repeat(32)
    await transact(db, system, {}, async tx => everything(tx.as({ actor: { userId, role: 'client', via: 'session' }, traceId }), id))
    const [event] = await db.sql`select actor_id, trace_id, occurred_at from outbox where data->>'sessionId' = ${id}`
    expect(event).toEqual({ actorId: userId, traceId, occurredAt: clock.now() })
    const [audit] = await db.sql`select user_id, trace_id, "timestamp" from audit_log where entity_id = ${id}`
    expect(audit).toEqual({ userId, traceId, timestamp: clock.now() })
  })
})

describe('again on a conflict', () => {
  test.each(['40001', '40P01', '23P01'])('%s is met again and again: it ends as overloaded after twelve attempts', async state => {
    let attempts = 0
    const attempt = transact(db, system, {}, async tx => {
      attempts += 1
      await put(tx)
      await raise(tx, state)
    })
    const no = await refusal('overloaded', attempt)
    expect(no.retryAfterSeconds).toBe(1)
    expect(no.cause).toMatchObject({ code: state })
    expect(attempts).toBe(12)
    expect(await coins()).toBe(0)
  })

  test('a conflict that passes is never seen outside, and what the failed attempt staged is not written twice', async () => {
    const id = newId<SessionId>()
    let attempts = 0
    await transact(db, system, {}, async tx => {
      attempts += 1
      everything(tx, id)
      if (attempts < 3) await raise(tx, '40001')
    })
    expect(await kept(id)).toEqual({ coins: 1, events: 1, audits: 1, jobs: 1 })
  })

  test.each(['40001', '40P01'])('%s is met again also when it comes with the locks, before anything was decided', async state => {
    let attempts = 0
    const broken = (sql: Sql) => sql.unsafe(`do $$ begin raise exception 'made up' using errcode = '${state}'; end $$`)
    const lock = (sql: Sql) => ({ fine: sql`select 1`, broken: (attempts += 1) < 3 ? broken(sql) : sql`select 2`, after: sql`select 3` })
    await transact(db, system, { lock }, put)
    expect([attempts, await coins()]).toEqual([3, 1])
  })

  test('and when a write that nobody waited for met it, though a later statement is the first to say so', async () => {
    let attempts = 0
    await transact(db, system, {}, async tx => {
      attempts += 1
      if (attempts < 3) tx.send(raise(tx, '40001'))
      await put(tx)
    })
    expect([attempts, await coins()]).toEqual([3, 1])
  })

  test('read, think, write by many at once: serializable loses no coin', async () => {
    const one = () =>
      transact(db, system, {}, async tx => {
        const [jar] = await tx.sql<[{ coins: number }]>`select coins from jars where id = 1`
        await tx.sql`update jars set coins = ${jar.coins + 1} where id = 1`
      })
    await Promise.all(Array.from({ length: 5 }, one))
    expect(await coins()).toBe(5)
  })

  test.each(['23505', '23514', '22012'])('%s is a fault: told at once, tried once', async state => {
    let attempts = 0
    const attempt = transact(db, system, {}, async tx => {
      attempts += 1
      await raise(tx, state)
    })
    await expect(attempt).rejects.toMatchObject({ code: state })
    expect(attempts).toBe(1)
  })
})

describe('an end to every wait', () => {
  const slow = [
    ['a row that somebody keeps', 'set local lock_timeout = 50', 'select from jars for update'],
    ['a statement that does not end', 'set local statement_timeout = 50', 'select pg_sleep(20)'],
  ] as const
  test.each(slow)('%s: overloaded, and not tried again', async (_, bound, statement) => {
    const keeper = await db.sql.reserve()
    await keeper`begin`
    await keeper`select from jars for update`
    let attempts = 0
    const attempt = transact(db, system, {}, async tx => {
      attempts += 1
      await tx.sql.unsafe(bound)
      await tx.sql.unsafe(statement)
    })
    await refusal('overloaded', attempt)
    await keeper`rollback`
    keeper.release()
    expect(attempts).toBe(1)
  })

  test.each(['serializable', 'read committed'] as const)('%s: three seconds for a lock, five for a statement', async isolation => {
    const read = async (tx: Tx, name: string) => (await tx.sql.unsafe<Record<string, string>[]>(`show ${name}`))[0]
    await transact(db, system, { isolation }, async tx => {
      expect(await read(tx, 'lock_timeout')).toEqual({ lockTimeout: '3s' })
      expect(await read(tx, 'statement_timeout')).toEqual({ statementTimeout: '5s' })
      expect(await read(tx, 'transaction_isolation')).toEqual({ transactionIsolation: isolation })
    })
  })
})

describe('reading', () => {
  test('one look sees one state, whatever is written meanwhile', async () => {
    await readOnly(db, system, async tx => {
      const look = async () => (await tx.sql<{ coins: number }[]>`select coins from jars`)[0]?.coins
      expect(await look()).toBe(0)
      await transact(db, system, {}, put)
      expect(await look()).toBe(0)
    })
    expect(await coins()).toBe(1)
  })

  test('a read cannot write', async () => {
    await expect(readOnly(db, system, put)).rejects.toMatchObject({ code: '25006' })
    expect(await coins()).toBe(0)
  })

  test('reads that travel together are of one snapshot and know its instant', async () => {
    const { values, now } = await readTogether(db, sql => ({
      level: sql<{ level: string }[]>`select current_setting('transaction_isolation') as level`,
      writes: sql<{ off: string }[]>`select current_setting('transaction_read_only') as off`,
    }))
    expect(values).toEqual({ level: [{ level: 'repeatable read' }], writes: [{ off: 'on' }] })
    expect(now).toEqual(clock.now())
  })

  test('a read that fails among them is told, and leaves the connection clean', async () => {
    await expect(readTogether(db, sql => ({ broken: sql`select 1 / 0` }))).rejects.toMatchObject({ code: '22012' })
  })
})
