// The demo studio in a database: sound, the same each time, signed in to only where the demo may be shown.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aServer } from '../../test/server.ts'
import { aMember, system } from '../../test/world.ts'
import type { Database } from '../platform/db.ts'
import { growSeries } from '../schedule/grow-series.ts'
import { openSettings } from '../schedule/settings.ts'
import { seedDemo } from './seed-demo.ts'
import { demoPassword } from './sign-ins.ts'
import { attendedBy } from '../booking/attended.ts'

// After each test the house looks at every invariant: of all the databases here.
const startsAt = Temporal.Instant.from('2027-03-24T15:40:12.345678Z')
const { db } = await aDatabase({ startsAt })
const { db: twin } = await aDatabase({ startsAt })
const { db: grown } = await aDatabase({ startsAt })
const { db: lived } = await aDatabase()
const { db: empty } = await aDatabase({ startsAt })
await Promise.all([seedDemo(db, system), seedDemo(twin, system), seedDemo(grown, system)])
const open = await aServer(db)
const closed = await aServer(db, { config: { demoAllowed: false } })

/** Every row that the demo wrote, told without ids. */
async function portrait({ sql }: Database): Promise<Record<string, string[]>> {
  const told = async (rows: PromiseLike<{ line: string }[]>) => (await rows).map(row => row.line)
  const session = sql`(select s.starts_at || ' ' || t.name from class_sessions s join class_templates t on t.id = s.template_id where s.id = session_id)`
  const person = sql`(select u.email from users u where u.id = user_id)`
  return {
    settings: await told(sql`select format('%s %s %s', version, effective_from, "values") as line from settings order by 1`),
    users: await told(sql`select format('%s %s %s %s %s', email, display_name, role, demo, created_at) as line from users order by 1`),
    trainers: await told(sql`select format('%s %s', ${person}, bio) as line from trainer_profiles order by 1`),
    templates: await told(sql`select format('%s %s %s %s %s %s', name, type, description, default_capacity, price_credits, drop_in_cents) as line from class_templates order by 1`),
    sessions: await told(sql`
      select format('%s %s %s %s %s %s %s %s %s', starts_at, ends_at, name, status, capacity, taken, waiting, waitlist_length, s.created_at) as line
      from class_sessions s join class_templates t on t.id = s.template_id order by 1`),
    series: await told(sql`
      select format('%s %s %s %s %s', name, wall_time, rrule, starts_on, (select count(*) from class_sessions s where s.series_id = r.id)) as line
      from class_series r join class_templates t on t.id = r.template_id order by 1`),
    lots: await told(sql`select format('%s %s %s %s %s %s', ${person}, name, credits_granted, credits_balance, valid_from, valid_until) as line from memberships order by 1`),
    holds: await told(sql`select format('%s %s %s %s %s %s %s', ${person}, ${session}, kind, status, expires_at, created_at, ended_at) as line from spot_holds order by 1`),
    bookings: await told(sql`
      select format('%s %s %s %s %s %s %s', ${person}, ${session}, status, cancel_kind, credits_used, created_at, cancelled_at) as line from bookings order by 1`),
    queue: await told(sql`select format('%s %s %s %s %s', ${person}, ${session}, state, rank, ended_at) as line from waitlist_entries order by 1`),
    ledger: await told(sql`
      select format('%s %s %s %s %s %s', (select u.email from users u where u.id = c.user_id), c.type, amount, balance_after, c.created_at, r.sentence) as line
      from credit_transactions c join decision_receipts r on r.id = c.receipt_id order by 1`),
    audits: await told(sql`select format('%s %s %s', entity_type, action, count(*)) as line from audit_log group by entity_type, action order by 1`),
    events: await told(sql`select topic as line from outbox order by id`),
  }
}

test('the same instant gives the same studio, told without its ids, and announces nothing', async () => {
  const one = await portrait(db)
  expect(await portrait(twin)).toEqual(one)
  expect(one['events']).toEqual([])
  const least = { users: 165, series: 20, sessions: 180, bookings: 1400, ledger: 1000, queue: 50, audits: 5 }
  for (const [what, count] of Object.entries(least)) expect(one[what]!.length, what).toBeGreaterThanOrEqual(count)
})

test('the week repeats: the job of the series makes the classes beyond the four weeks, and none within them again', async () => {
  const settings = await openSettings(grown)
  const before = (await portrait(grown))['sessions']!
  expect(await growSeries({ db: grown, settings, attendedBy })).toBeGreaterThan(200)
  settings.close()
  const after = (await portrait(grown))['sessions']!
  const last = startsAt.add({ hours: 24 * 12 })
  const within = (lines: string[]) => lines.filter(line => line < String(last).replace('T', ' ').slice(0, 16))
  expect(within(after)).toEqual(within(before))
  const clashes = await grown.sql`select from class_sessions where series_id is null`
  expect(clashes).toEqual([])
})

test('member 1 has a pack that rests and one that has not begun, and 20 credits to spend beside them', async () => {
  const rows = await db.sql`
    select frozen_from is not null as rests, valid_from > ${startsAt} as early, sum(credits_balance)::int as credits
    from memberships m join users u on u.id = m.user_id where u.email = 'member1@demo.fitflow.test' and valid_until > ${startsAt} group by 1, 2 order by 1, 2`
  expect(rows).toEqual([
    { rests: false, early: false, credits: expect.any(Number) },
    { rests: false, early: true, credits: 1000 },
    { rests: true, early: false, credits: 500 },
  ])
  expect(rows[0]!['credits']).toBeGreaterThanOrEqual(2000)
})

test('strikes have blocked somebody, and nobody whom one can sign in as; whoever came has a check-in', async () => {
  const blocked = await db.sql`select email from users u join booking_blocks b on b.user_id = u.id where b.ends_at > ${startsAt}`
  expect(blocked.length).toBeGreaterThan(0)
  expect(blocked.filter(({ email }) => /^member\d+@/.test(String(email)))).toEqual([])
  const strikes = await db.sql`select from penalties p join users u on u.id = p.user_id where u.email like 'member2%' and p.kind = 'strike'`
  expect(strikes.length).toBeGreaterThan(0)
  const [row] = await db.sql`select count(*)::int as attended, count(c.id)::int as checkins from bookings b left join checkins c on c.booking_id = b.id where b.status = 'attended'`
  expect(row!['checkins']).toBe(row!['attended'])
})

test('a house with anybody in it is left as it is, and so is the demo when it is sown again', async () => {
  await aMember(lived)
  const before = [await portrait(lived), await portrait(db)]
  expect([await seedDemo(lived, system), await seedDemo(db, system)]).toEqual([false, false])
  expect([await portrait(lived), await portrait(db)]).toEqual(before)
})

test('two who seed one empty house at once leave one studio', async () => {
  const outcomes = await Promise.all([seedDemo(empty, system), seedDemo(empty, system)])
  expect(outcomes.sort()).toEqual([false, true])
  expect(await portrait(empty)).toEqual(await portrait(db))
})

const signIn = (server: typeof open, email: string) =>
  server.ask(null, 'POST', '/api/auth/sign-in/email', { body: { email, password: demoPassword }, key: null })

test.each([
  ['member1@demo.fitflow.test', 'client'],
  ['member40@demo.fitflow.test', 'client'],
  ['alex@demo.fitflow.test', 'trainer'],
  ['admin@demo.fitflow.test', 'admin'],
])('%s signs in as %s where the demo is allowed, and is refused elsewhere', async (email, role) => {
  const { status, json } = await signIn(open, email)
  expect({ status, json }).toMatchObject({ status: 200, json: { token: expect.any(String), user: { email, role } } })
  const { token } = json as { token: string }
  expect((await open.ask(token, 'GET', '/api/v1/me')).json).toMatchObject({ email, role })
  expect((await signIn(closed, email)).status).toBe(403)
  expect((await closed.ask(token, 'GET', '/api/v1/me')).status).toBe(401)
})
