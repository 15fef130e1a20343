// A studio's past, written by PostgreSQL itself: so many bookings over three years, each with its session, hold, ledger row, receipt and audit row.
import type { Database } from '../server/src/platform/db.ts'

/** Every member came this often; every class was attended by this many. */
const each = 10
const minutes = 3 * 365 * 24 * 60

/** The id of the n-th row of a kind. */
const nth = (kind: string, n: string) => `('${kind}0000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`

/** Bookings in the order of their instants: ten a class, and each member comes back when all have been. */
const [session, member, visit] = [`(n / ${each})`, '(n % $2::bigint)', '(n / $2::bigint)']
/** When the n-th of `$1` bookings took place: the last of them yesterday. */
const startsAt = `(now() - interval '1 day' - make_interval(mins => ((1 - (n / ${each})::float8 * ${each} / $1::bigint) * ${minutes})::int))`
const endsAt = `${startsAt} + interval '30 minutes'`
const bookedAt = `${startsAt} - interval '2 days'`
const longAgo = `now() - interval '${minutes + 60 * 24 * 7} minutes'`
const trainer = nth('9', '0')

/** What a row of each table is made of, and of how many: one for each booking (`$1`), class or member (`$2`). */
const tables: { name: string; count: 'bookings' | 'classes' | 'members'; columns: Record<string, string> }[] = [
  {
    name: 'users',
    count: 'members',
    columns: { id: nth('a', 'n'), email: `'n' || n || '@past.test'`, display_name: `'Member ' || n`, email_verified: 'true', created_at: longAgo, updated_at: longAgo },
  },
  {
    name: 'memberships',
    count: 'members',
    columns: {
      ...{ id: nth('b', 'n'), user_id: nth('a', 'n'), plan_type: `'pack'`, name: `'10-class pack'`, credits_granted: String(each * 100), credits_balance: '0' },
      ...{ valid_from: longAgo, valid_until: `now() + interval '1 year'`, created_at: longAgo },
    },
  },
  {
    name: 'class_sessions',
    count: 'classes',
    columns: {
      ...{ id: nth('c', 'n'), template_id: nth('8', '0'), trainer_id: trainer, starts_at: startsAt.replaceAll(`n / ${each}`, 'n'), capacity: '12' },
      ...{ ends_at: endsAt.replaceAll(`n / ${each}`, 'n'), taken: String(each), status: `'completed'`, price_credits: '100' },
      ...{ published_at: longAgo, created_at: longAgo },
    },
  },
  {
    name: 'spot_holds',
    count: 'bookings',
    columns: {
      ...{ id: nth('d', 'n'), session_id: nth('c', session), user_id: nth('a', member), kind: `'public'`, status: `'confirmed'`, quote: `'[]'::jsonb` },
      ...{ settings_version: '1', expires_at: bookedAt, starts_at: startsAt, ends_at: endsAt, created_at: bookedAt, ended_at: bookedAt },
    },
  },
  {
    name: 'bookings',
    count: 'bookings',
    columns: {
      ...{ id: nth('e', 'n'), session_id: nth('c', session), user_id: nth('a', member), hold_id: nth('d', 'n'), status: `'attended'`, method: `'credits'` },
      ...{ membership_id: nth('b', member), credits_used: '100', settings_version: '1', starts_at: startsAt, ends_at: endsAt, created_at: bookedAt },
    },
  },
  {
    name: 'decision_receipts',
    count: 'bookings',
    columns: {
      ...{ id: nth('f', 'n'), user_id: nth('a', member), booking_id: nth('e', 'n'), rule: `'booking'`, rule_version: '1', facts: `'{}'::jsonb` },
      ...{ sentence: `'One credit for Morning Strength.'`, lines: `'[]'::jsonb`, decided_at: bookedAt },
    },
  },
  {
    name: 'credit_transactions',
    count: 'members',
    columns: {
      ...{ user_id: nth('a', 'n'), membership_id: nth('b', 'n'), type: `'purchase'`, amount: String(each * 100), balance_after: String(each * 100) },
      ...{ receipt_id: nth('f', 'n'), created_at: longAgo },
    },
  },
  {
    name: 'credit_transactions',
    count: 'bookings',
    columns: {
      ...{ user_id: nth('a', member), membership_id: nth('b', member), type: `'debit'`, amount: '-100', balance_after: `${(each - 1) * 100} - ${visit} * 100` },
      ...{ booking_id: nth('e', 'n'), receipt_id: nth('f', 'n'), created_at: bookedAt },
    },
  },
  {
    name: 'audit_log',
    count: 'bookings',
    columns: {
      ...{ entity_type: `'booking'`, entity_id: nth('e', 'n'), action: `'confirmed'`, user_id: nth('a', member), '"timestamp"': bookedAt },
      ...{ trace_id: `'past'`, details: `'{}'::jsonb` },
    },
  },
]

/** Fills a migrated, empty database with a past of this many bookings, of a tenth as many members. */
export async function fillPast(db: Database, bookings: number): Promise<void> {
  const counts = { bookings, classes: bookings / each, members: bookings / each }
  await db.sql.begin(async sql => {
    // No triggers: neither the checks of references nor the sums of balances, which the rows bring along.
    await sql.unsafe(`set local session_replication_role = replica; set local statement_timeout = 0; set local maintenance_work_mem = '1GB'`)
    await sql.unsafe(`select ensure_audit_partition((now() - make_interval(months => m))::date) from generate_series(0, 38) as m`)
    await sql.unsafe(openStudio)
    for (const name of new Set(tables.map(table => table.name))) {
      // An index that is made after its rows costs a fraction of one that grows with them.
      const indexes = await sql.unsafe<{ drop: string; make: string }[]>(indexesOf, [name])
      await sql.unsafe(indexes.map(index => index.drop).join(';'))
      for (const { count, columns } of tables.filter(table => table.name === name)) {
        const text = `insert into ${name} (${Object.keys(columns).join(', ')})
          select ${Object.values(columns).join(', ')} from generate_series(0, ${counts[count] - 1}) as n`
        const values = [bookings, counts.members]
        await sql.unsafe(text.replaceAll('$1', String(values[0])).replaceAll('$2', String(values[1])))
      }
      await sql.unsafe(indexes.map(index => index.make).join(';'))
    }
  })
  await vacuum(db, [])
}

/** Vacuums and counts these tables, or all, however long it takes. */
export async function vacuum({ sql }: Database, names: readonly string[]): Promise<void> {
  const connection = await sql.reserve()
  await connection`set statement_timeout = 0`
  await connection.unsafe(`vacuum analyze ${names.join(', ')}`)
  await connection`reset statement_timeout`
  connection.release()
}

const openStudio = `
  insert into users (id, email, display_name, role, email_verified, created_at, updated_at)
    values (${trainer}, 'past@past.test', 'Trainer of old', 'trainer', true, now(), now());
  insert into trainer_profiles (user_id, created_at, updated_at) values (${trainer}, now(), now());
  insert into class_templates (id, name, type, duration_minutes, default_capacity, trainer_id, price_credits, created_at)
    values (${nth('8', '0')}, 'Morning Strength', 'Strength', 30, 12, ${trainer}, 100, now())`

const indexesOf = `
  select format('drop index %s', i.indexrelid::regclass) as drop, pg_get_indexdef(i.indexrelid) as make
  from pg_index i where i.indrelid = $1::regclass and not exists (select from pg_constraint where conindid = i.indexrelid)`
