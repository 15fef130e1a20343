// The daily look finds what is broken, says it, and says when all is well.
import { expect, test } from 'vitest'
import { aDatabase } from '../test/database.ts'
import { aSession } from '../test/world.ts'
import { registry } from './platform/metrics.ts'
import { reconcile } from './reconcile.ts'

const { db, clock } = await aDatabase({ keepsInvariants: false })

test('a count that is out of step is found, logged and told among the metrics, and so is its end', async () => {
  const { id } = await aSession(db)
  await db.sql`update class_sessions set taken = 1 where id = ${id}`
  const errors: unknown[] = []
  const log = { ...db.log, info: () => undefined, error: (facts: unknown) => void errors.push(facts) } as unknown as typeof db.log
  const [finding, ...others] = await reconcile({ ...db, log })
  expect(finding).toContain(`session ${id}: taken 1, recount 0`)
  expect(others).toEqual([])
  expect(errors).toEqual([{ finding }])
  expect(await registry.metrics()).toMatch(/^fitflow_reconciliation_findings 1$/m)

  await db.sql`update class_sessions set taken = 0 where id = ${id}`
  expect(await reconcile({ ...db, log })).toEqual([])
  const told = await registry.metrics()
  expect(told).toMatch(/^fitflow_reconciliation_findings 0$/m)
  expect(told).toContain(`fitflow_reconciliation_timestamp_seconds ${clock.now().epochMilliseconds / 1000}`)
})
