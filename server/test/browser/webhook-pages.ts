// The pages of what runs by itself, with something true on each: webhooks that did not always answer, what the house gave up, and what does not add up.
import type { Page } from 'playwright-core'
import type { Database } from '../../src/platform/db.ts'
import { anEndpoint } from '../webhooks.ts'
import { press, type Shown } from './shown.ts'

/** Makes the endpoints and answers every page of theirs. */
export async function webhookPages(db: Database): Promise<Shown[]> {
  const now = db.clock.now()
  const hook = await anEndpoint(db, 'https://hooks.example.test/fitflow', { topics: ['block.ended'] })
  const gone = await anEndpoint(db, 'https://gone.example.test/', { topics: ['block.ended'] })
  await db.sql`update webhook_endpoints set paused_at = ${now}, pause_cause = 'failing', failing_since = ${now} where id = ${gone.id}`
  await db.sql`
    insert into webhook_deliveries (id, endpoint_id, event_id, topic, body, state, attempts, due_at, attempted_at, answer_status, answer, fault, created_at)
    select gen_random_uuid(), ${hook.id}, n, 'block.ended', '{"id":"1","data":{}}', case n when 2 then 'delivered' else 'failed' end, 11, ${now}, ${now},
      case n when 3 then null else 500 end, 'busy', case n when 3 then 'No answer came within 10 seconds.' end, ${now} from generate_series(1, 3) n`
  const page = `/staff/webhooks/${hook.id}`
  return [
    ...['webhooks', 'webhooks/new', `webhooks/${hook.id}/edit`, `webhooks/${gone.id}`, 'dead-letters', 'daily-check'].map(name => ({ name, path: `/staff/${name}` })),
    { name: 'a webhook and what was sent', path: page, after: shown => shown.locator('app-webhook-deliveries summary').first().click() },
    { name: 'a secret that is shown once', path: page, after: withNewSecret(db) },
    { name: 'dead letters of two', path: '/staff/dead-letters', after: withDeadLetters(String(now)) },
    { name: 'a check that found something', path: '/staff/daily-check', after: withBroken(String(now)) },
  ]
}

/** Each look at it rotates anew, which a day without the old secret would lie between. */
const withNewSecret = (db: Database) => async (page: Page) => {
  await db.sql`update webhook_endpoints set old_secret = null, old_secret_until = null`
  await page.reload()
  await press('Rotate the secret')(page)
  await press('Make a new secret')(page)
  await page.getByText('shown this once').waitFor()
}

/** What is told to the page only: a house with dead letters, or with sums that are wrong, is not sound, and every test leaves a sound one. */
const withDeadLetters = (at: string) => async (page: Page) => {
  const items = ['webhooks', 'webhooks', 'analytics'].map((consumer, eventId) => ({ consumer, eventId, topic: 'session.changed', occurredAt: at, attempts: 10, deadAt: at, reason: 'Error: down' }))
  await page.route('**/api/v1/admin/dead-letters?*', route => route.fulfill({ json: { items, nextCursor: null } }))
  await page.reload()
  await page.getByText('Error: down').first().waitFor()
}

const withBroken = (at: string) => async (page: Page) => {
  const checks = { askedAt: at, byItself: true, startedAt: at, fault: null }
  const broken = [
    { area: 'credits', check: 'a balance is the sum of its ledger and never below zero', count: 12, samples: ['lot 0190b5a2-8e4c-7d21-9c5f-1f1f7c2f8f10: balance 900, ledger 800'] },
    { area: 'house', check: 'every event was handed on and handled once by each consumer', count: 1, samples: ['event 12 (hold.created) has waited since 03:00'] },
  ]
  const found = { ...checks, id: 'b', endedAt: at, ok: false, brokenChecks: 2 }
  const items = [{ ...checks, id: 'a', startedAt: null, endedAt: null, ok: null, brokenChecks: 0 }, found, { ...found, id: 'c', fault: 'Error: the disk is full', brokenChecks: 0 }, { ...found, id: 'd', ok: true, brokenChecks: 0 }]
  await page.route('**/api/v1/admin/reconciliation', route => route.fulfill({ json: { latest: { ...found, broken }, items, nextAt: at } }))
  await page.reload()
  await page.getByText('2 things do not add up').waitFor()
  await page.locator('app-daily-check-page summary').first().click()
}
