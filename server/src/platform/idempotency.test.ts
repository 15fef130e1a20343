// A key takes effect once, in however many processes it arrives; its answer stays, byte for byte.
import { beforeEach, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { keyed, refusal } from '../../test/front-desk.ts'
import { anotherHandle } from '../../test/handles.ts'
import { aMember, type Person } from '../../test/world.ts'
import type { Database } from './db.ts'
import { answerOnce, storedAnswer, type Keyed, type Outcome } from './idempotency.ts'
import { Problem } from './problem.ts'
import type { Tx } from './tx.ts'

const { db, clock, url } = await aDatabase()
const other = anotherHandle({ url, clock })
await db.sql`create table effects (key text not null)`
let mia: Person
beforeEach(async () => {
  await db.sql`delete from effects`
  mia = await aMember(db)
})

const effects = async () => (await db.sql`select key from effects`).length
const effect = (tx: Tx) => tx.sql`insert into effects values ('one')`
const answer: Outcome = { status: 201, body: { text: 'é "quoted" \u2028', amount: 0.1 + 0.2, none: null } }

/** A command whose effect is one row. */
function command(by: Keyed, { on = db, outcome = answer, before = async () => {} }: { on?: Database; outcome?: Outcome; before?: () => Promise<unknown> } = {}) {
  return answerOnce(on, { keyed: by, context: mia.context }, { isolation: 'read committed' }, async tx => {
    await before()
    await effect(tx)
    return outcome
  })
}

describe('one key, one request', () => {
  test('asked again it is answered byte for byte as the first time, and has no second effect', async () => {
    const by = keyed(mia)
    const first = await command(by)
    expect(first).toEqual({ status: 201, body: JSON.stringify(answer.body), replayed: false })
    expect(await command(by, { outcome: { status: 200, body: 'something else' } })).toEqual({ ...first, replayed: true })
    expect(await command(by, { on: other })).toEqual({ ...first, replayed: true })
    expect(await effects()).toBe(1)
  })

  test('an answer without a body stays one', async () => {
    const by = keyed(mia)
    const answers = [await command(by, { outcome: { status: 204 } }), await command(by)]
    expect(answers).toEqual([{ status: 204, body: '', replayed: false }, { status: 204, body: '', replayed: true }])
  })

  test('a secret is shown once: the record has what stands for it', async () => {
    const by = keyed(mia)
    const outcome = { status: 201, body: { secret: 'abc' }, stored: { secret: null } }
    expect((await command(by, { outcome })).body).toBe('{"secret":"abc"}')
    expect((await command(by, { outcome })).body).toBe('{"secret":null}')
  })

  test('another request under the key is refused, and has no effect', async () => {
    const by = keyed(mia)
    await command(by)
    await refusal('idempotency-key-reused', command({ ...by, fingerprint: 'another request' }))
    expect(await effects()).toBe(1)
  })

  test('the key of one member is not that of another', async () => {
    const by = keyed(mia)
    await command(by)
    expect((await command(keyed(await aMember(db), by.key))).replayed).toBe(false)
    expect(await effects()).toBe(2)
  })
})

describe('nothing is kept of what did not happen', () => {
  test('a no leaves no record, and is decided anew', async () => {
    const by = keyed(mia)
    await refusal('not-found', command(by, { before: () => Promise.reject(new Problem('not-found', 'Not yet.')) }))
    expect(await storedAnswer(db, mia.id, by.key)).toBeUndefined()
    expect((await command(by)).replayed).toBe(false)
  })

  test('a fault leaves no record either, nor the effect', async () => {
    const by = keyed(mia)
    const attempt = answerOnce(db, { keyed: by, context: mia.context }, {}, async tx => {
      await effect(tx)
      tx.send(tx.sql`select 1 / 0`)
      return answer
    })
    await expect(attempt).rejects.toMatchObject({ code: '22012' })
    expect([await storedAnswer(db, mia.id, by.key), await effects()]).toEqual([undefined, 0])
  })
})

describe('twins', () => {
  test.each(['read committed', 'serializable'] as const)('in two processes, %s: one effect, and one answer told to both', async isolation => {
    for (let round = 0; round < 10; round++) {
      const by = keyed(mia)
      const run = (on: Database) =>
        answerOnce(on, { keyed: by, context: mia.context }, { isolation }, async tx => {
          await effect(tx)
          return answer
        })
      const answers = await Promise.all([run(db), run(other)])
      expect(answers.map(one => one.replayed).toSorted()).toEqual([false, true])
      expect(new Set(answers.map(one => one.body)).size).toBe(1)
    }
    expect(await effects()).toBe(10)
  })

  test('the second waits for the first, two seconds at most: then it is told that the first is still running', async () => {
    const by = keyed(mia)
    const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const first = command(by, {
      before: () => {
        begun.resolve()
        return go.promise
      },
    })
    await begun.promise
    await refusal('request-in-progress', command(by, { on: other }))
    go.resolve()
    expect((await first).replayed).toBe(false)
    expect((await command(by, { on: other })).replayed).toBe(true)
    expect(await effects()).toBe(1)
  })

  test('the key of the table alone holds too: whoever meets a record that came past the wait is run again, and told its answer', async () => {
    const by = keyed(mia)
    let attempts = 0
    const slipPast = async () => {
      attempts += 1
      if (attempts === 1) await other.sql`insert into idempotency_keys values (${mia.id}, ${by.key}, ${by.fingerprint}, 200, '"first"', ${clock.now()})`
    }
    expect(await command(by, { before: slipPast })).toEqual({ status: 200, body: '"first"', replayed: true })
    expect([attempts, await effects()]).toEqual([1, 0])
  })
})
