// A studio with years behind it: a hundred thousand rows in every table that grows, written by PostgreSQL itself.
import type { Database } from '../../src/platform/db.ts'

const rowsEach = 100_000

/** Tables that stay as small as the studio's timetable, its calendar and its people on the payroll, whatever its age. */
export const smallTables = [
  'availabilities', 'availability_blocks', 'class_series', 'class_templates', 'closures', 'daily_counts', 'schema_migrations', 'settings', 'trainer_profiles', 'uncounted_days', 'webhook_endpoints',
]

/** The id of the n-th row of a kind. */
const nth = (kind: string, n: string) => `('${kind}0000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`

const user = nth('a', 'n')
const session = nth('b', 'n')
const hold = nth('c', 'n')
const booking = nth('d', 'n')
const lot = nth('e', 'n')
const receipt = nth('f', 'n')
/** Each row some minutes older than the one before it: three years in all. */
const past = `($1::timestamptz - n * interval '15 minutes')`

/** What a row of each growing table is made of; `n` counts rows, `$1` is now. */
const growing: Record<string, Record<string, string>> = {
  users: { id: user, email: `'n' || n || '@example.test'`, display_name: `'Member ' || n`, role: `'client'`, email_verified: 'true', created_at: past, updated_at: past },
  auth_accounts: { user_id: user, account_id: `'n' || n`, provider_id: `'credential'`, created_at: past, updated_at: past },
  auth_sessions: { user_id: user, token: `'token ' || n`, expires_at: past, created_at: past, updated_at: past },
  auth_verifications: { identifier: `'v' || n`, value: `'x'`, expires_at: past, created_at: past, updated_at: past },
  api_keys: { user_id: user, name: `'key'`, hint: `'abc'`, key_hash: `'hash ' || n`, scope: `'read'`, created_at: past },
  class_sessions: {
    ...{ id: session, template_id: '$2::uuid', trainer_id: '$3::uuid', starts_at: past, ends_at: `${past} + interval '15 minutes'`, capacity: '12' },
    ...{ taken: '1', status: `'completed'`, price_credits: '100', published_at: past, created_at: past },
  },
  spot_holds: {
    ...{ id: hold, session_id: session, user_id: user, kind: `'public'`, status: `'confirmed'`, expires_at: past, quote: `'{"options": []}'::jsonb` },
    ...{ settings_version: '1', starts_at: past, ends_at: `${past} + interval '15 minutes'`, created_at: past, ended_at: past },
  },
  bookings: {
    ...{ id: booking, session_id: session, user_id: user, hold_id: hold, status: `'attended'`, method: `'credits'`, membership_id: lot },
    ...{ credits_used: '100', settings_version: '1', starts_at: past, ends_at: `${past} + interval '15 minutes'`, created_at: past },
  },
  waitlist_entries: {
    ...{ session_id: session, user_id: user, rank: 'n', state: `'expired'`, template_id: '$2::uuid', joined_position: 'n % 30 + 1' },
    ...{ created_at: past, ended_at: past },
  },
  memberships: {
    ...{ id: lot, user_id: user, plan_type: `'pack'`, name: `'10-class pack'`, credits_granted: '1000', credits_balance: '900' },
    ...{ valid_from: past, valid_until: `${past} + interval '400 days'`, created_at: past, expired_at: `case when n % 2 = 0 then ${past} end` },
  },
  decision_receipts: {
    ...{ id: receipt, user_id: user, booking_id: booking, rule: `'grant'`, rule_version: '1', sentence: `'Granted.'`, facts: `'{}'::jsonb` },
    ...{ lines: `'[]'::jsonb`, decided_at: past },
  },
  credit_transactions: {
    ...{ user_id: user, membership_id: lot, type: `'debit'`, amount: '-100', balance_after: '900', booking_id: booking, receipt_id: receipt },
    created_at: past,
  },
  penalties: { user_id: user, booking_id: booking, kind: `'strike'`, cause: `'no-show'`, lapses_at: `${past} + interval '90 days'`, receipt_id: receipt, created_at: past },
  booking_blocks: { user_id: user, starts_at: past, ends_at: `${past} + interval '14 days'`, created_at: past },
  checkins: { booking_id: booking, method: `'manual'`, checked_in_at: past, late: 'false' },
  membership_freezes: { membership_id: lot, starts_at: past, ends_at: past, reason: `'away'`, created_at: past },
  expiry_warnings: { membership_id: lot, valid_until: past, days_before: '14', warned_at: past },
  standing_reservations: { user_id: user, series_id: nth('9', 'n % 50'), starts_on: `${past}::date`, created_at: past },
  standing_results: { reservation_id: nth('8', 'n'), session_id: session, outcome: `'waitlisted'`, decided_at: past },
  audit_log: { entity_type: `'booking'`, entity_id: booking, action: `'confirmed'`, user_id: user, timestamp: past, trace_id: `'t'`, details: `'{}'::jsonb` },
  outbox: { topic: `'booking.confirmed'`, data: `'{}'::jsonb`, trace_id: `'t'`, occurred_at: past, handled_at: past },
  inbox: { consumer: `'waitlist'`, event_id: 'n', handled_at: past },
  deliveries: { consumer: `'waitlist'`, event_id: 'n', due_at: past, dead_at: past },
  webhook_deliveries: { id: nth('7', 'n'), endpoint_id: nth('6', 'n % 5'), event_id: 'n', topic: `'booking.confirmed'`, body: `'{}'`, state: `'delivered'`, due_at: past, created_at: past },
  reconciliations: { id: nth('5', 'n'), asked_by: user, asked_at: past, started_at: past, ended_at: past, ok: 'true' },
  messages: { user_id: user, kind: `'block-began'`, channel: `'email'`, reason: `'event ' || n`, facts: `'{"blockId": "b", "endsAt": "2027-01-26T08:00:00Z", "timeZone": "UTC"}'::jsonb`, language: `'en'`, state: `'sent'`, due_at: past, created_at: past, sent_at: past, session_id: session },
  phones: { user_id: user, number: `'+34' || (600000000 + n)`, verified_at: past },
  phone_codes: { user_id: user, number: `'+34' || (600000000 + n)`, code_hash: `'h'`, sent_at: past, expires_at: past, ended_at: past },
  opt_out_notices: { message_sid: `'SM' || n`, heard_at: past },
  push_subscriptions: { user_id: user, endpoint: `'https://push.example.com/' || n`, p256dh: `'k'`, auth: `'a'`, application_key: `'k'`, created_at: past },
  message_preferences: { user_id: user, language: `'es'`, choices: `'{}'::jsonb`, updated_at: past },
  idempotency_keys: { user_id: user, key: `'key ' || n`, fingerprint: `'f'`, status: '200', body: `'{}'`, created_at: past },
}

const anyOf: Record<string, string> = { boolean: 'false', text: `'x'`, jsonb: `'{}'::jsonb`, uuid: user, 'timestamp with time zone': past, date: `${past}::date` }

interface Rows {
  table: string
  columns: Record<string, string>
  count: number
  values: readonly string[]
}

async function write({ unsafe }: Unsafe, { table, columns, count, values }: Rows): Promise<void> {
  const text = `insert into ${table} (${Object.keys(columns).map(name => `"${name}"`).join(', ')})
    select ${Object.values(columns).join(', ')} from generate_series(1, ${count}) as n`
  await unsafe(text, values.filter((_, at) => text.includes(`$${at + 1}`)))
}

/** A value for each column that must have one and has no default. */
async function madeUp({ unsafe }: Unsafe, table: string): Promise<Record<string, string>> {
  const rows = await unsafe(
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_nullable = 'NO' and column_default is null and is_identity = 'NO'`,
    [table],
  )
  return Object.fromEntries(rows.map(({ name, type }) => [name, anyOf[String(type)] ?? '1']))
}

async function checksOff({ unsafe }: Unsafe, table: string): Promise<string> {
  const rows = await unsafe(`select conname as name from pg_constraint where conrelid = $1::regclass and contype = 'c'`, [table])
  return rows.map(({ name }) => `alter table ${table} drop constraint ${String(name)}`).join('; ')
}

interface Unsafe {
  unsafe(text: string, values: string[]): PromiseLike<readonly Record<string, unknown>[]>
}

const ahead = `($1::timestamptz + interval '20 days' + n * interval '15 minutes')`
const fresh = 'n + 1000000'

/** What a minute of a rush leaves behind: of each kind more than an index may bring in vain. */
const rushing: Record<string, Record<string, string>> = {
  class_sessions: { ...growing.class_sessions, id: nth('b', fresh), starts_at: ahead, ends_at: `${ahead} + interval '15 minutes'`, status: `'published'` },
  spot_holds: {
    ...{ ...growing.spot_holds, id: nth('c', fresh), session_id: nth('b', fresh), status: `'active'`, ended_at: 'null' },
    ...{ expires_at: `$1::timestamptz + interval '20 days'`, starts_at: ahead, ends_at: `${ahead} + interval '15 minutes'`, created_at: '$1::timestamptz' },
  },
  bookings: {
    ...{ ...growing.bookings, id: nth('d', fresh), session_id: nth('b', fresh), hold_id: nth('c', fresh), status: `'confirmed'` },
    ...{ starts_at: ahead, ends_at: `${ahead} + interval '15 minutes'`, created_at: '$1::timestamptz' },
  },
}
const rushRows = 3000

export const growingTables = Object.keys(growing)

/** Fills them all and looks at their statistics. Rows refer to each other as they should; nothing checks it. */
export async function fillYears(db: Database, { templateId, trainerId }: { templateId: string; trainerId: string }): Promise<void> {
  await db.sql.begin(async sql => {
    await sql`set local statement_timeout = 0`
    // No triggers: neither the checks of references nor the sums of balances, which the rows bring along.
    await sql`set local session_replication_role = replica`
    for (const [table, given] of Object.entries(growing)) {
      // They need not be sensible, they need to be many: what a table asks for beyond this is made up.
      await sql.unsafe(await checksOff(sql, table))
      const columns = { ...(await madeUp(sql, table)), ...given }
      await write(sql, { table, columns, count: rowsEach, values: [db.clock.now().toString(), templateId, trainerId] })
    }
  })
  const connection = await db.sql.reserve()
  await connection`set statement_timeout = 0`
  await connection`analyze`
  await connection`reset statement_timeout`
  connection.release()
}

/** A rush on top of the years, before anybody has counted anew. */
export async function fillRush(db: Database, { templateId, trainerId }: { templateId: string; trainerId: string }): Promise<void> {
  await db.sql.begin(async sql => {
    await sql`set local session_replication_role = replica`
    for (const [table, columns] of Object.entries(rushing)) {
      await sql.unsafe(`alter table ${table} set (autovacuum_enabled = false)`)
      await write(sql, { table, columns, count: rushRows, values: [db.clock.now().toString(), templateId, trainerId] })
    }
  })
}
