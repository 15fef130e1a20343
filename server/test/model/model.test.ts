// Random lives of a studio: everything people, staff and time can do, in any order, against the real house and a model of it.
// `FITFLOW_MODEL_STEPS=100000 npx vitest run --project database server/test/model` takes about so many steps instead of so many seconds.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { brokenInvariants } from '../../src/verify.ts'
import { aDatabase } from '../database.ts'
import { foretell } from './foretell.ts'
import { found } from './found.ts'
import { openStage, viewOf } from './real.ts'
import { saidOf, step, type Step } from './steps.ts'

const { db, clock } = await aDatabase()
const stage = await openStage(db, minutes => clock.advance({ minutes }))
const stepsWanted = Number(process.env['FITFLOW_MODEL_STEPS'] ?? 0)
const limitMs = stepsWanted > 0 ? 24 * 3_600_000 : 100_000
const stepsMax = 60
let taken = 0

/** Lives through the steps; after each, the real studio has said and is what the model says and is. */
async function live(steps: readonly Step[]): Promise<void> {
  const { model, take, look } = await stage.aTwin()
  const past: string[] = []
  for (const one of steps) {
    const foretold = foretell(model, one)
    if (foretold === 'not now') continue
    past.push(saidOf(one))
    const came = await take(one)
    taken++
    const words = past.join('\n')
    expect(came, words).toBe(foretold)
    expect(await look(), words).toEqual(viewOf(model))
  }
  // What this life leaves behind is not the next one's.
  await stage.desk.settle()
}

async function refuseBroken(): Promise<void> {
  const broken = await brokenInvariants(db.sql)
  if (broken.length > 0) throw new Error(`broken: ${JSON.stringify(broken)}`)
}

test.each(found)('$what', async ({ steps }) => {
  await expect(live(steps)).resolves.toBeUndefined()
})

test('whatever happens in whatever order, the studio does what the model says', async () => {
  let runs = 0
  let last = Promise.resolve()
  const outcome = await fc.check(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: stepsMax, size: 'max' }), async steps => {
      last = live(steps)
      await last
      if (++runs % 20 === 0) await refuseBroken()
    }),
    { numRuns: stepsWanted > 0 ? Math.ceil(stepsWanted / 20) : 1_000_000, interruptAfterTimeLimit: limitMs, endOnFailure: false },
  )
  const { failed, seed, counterexample, errorInstance } = outcome
  // The life that the time limit broke into goes on to its end, and counts.
  if (!failed) await last
  const life = JSON.stringify(counterexample?.[0] ?? [])
  expect(failed, `${String((errorInstance as Error | null)?.message)}\nseed ${seed}, steps for found.ts: ${life}`).toBe(false)
  process.stdout.write(`${taken} steps in ${runs} lives, seed ${seed}\n`)
  expect(taken).toBeGreaterThan(200)
}, limitMs + 120_000)
