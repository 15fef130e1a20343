// Row types out of the catalogue: a column that a migration renames stops every query's type from compiling.
import type { Pool } from './sql.ts'

interface Column {
  tableName: string
  columnName: string
  type: string
  array: boolean
  nullable: boolean
  /** The words of its CHECK (column in (…)), if it has one. */
  words: string[] | null
}

// As the driver is set up in db.ts; whatever is not here arrives as text.
const typeOf: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bytea: 'Uint8Array',
  date: 'Temporal.PlainDate',
  float4: 'number',
  float8: 'number',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  json: 'unknown',
  jsonb: 'unknown',
  timestamptz: 'Temporal.Instant',
}

// Ids are told apart by the compiler (ids.ts): by table for a row's own id, by name for one that refers.
const ownId: Readonly<Record<string, string>> = {
  availabilities: 'AvailabilityId',
  bookings: 'BookingId',
  class_series: 'SeriesId',
  class_sessions: 'SessionId',
  class_templates: 'TemplateId',
  credit_transactions: 'TransactionId',
  decision_receipts: 'ReceiptId',
  memberships: 'MembershipId',
  reconciliations: 'ReconciliationId',
  spot_holds: 'HoldId',
  users: 'UserId',
  waitlist_entries: 'EntryId',
}
const referringId: Readonly<Record<string, string>> = {
  actor_id: 'UserId',
  availability_id: 'AvailabilityId',
  booked_by: 'UserId',
  booking_id: 'BookingId',
  created_by: 'UserId',
  hold_id: 'HoldId',
  membership_id: 'MembershipId',
  origin_id: 'MembershipId',
  receipt_id: 'ReceiptId',
  recorded_by: 'UserId',
  series_id: 'SeriesId',
  session_id: 'SessionId',
  template_id: 'TemplateId',
  trainer_id: 'UserId',
  undone_by: 'UserId',
  user_id: 'UserId',
  waived_by: 'UserId',
}

/** One interface for each table of schema `public`, its columns in camel case. */
export async function generateRows(sql: Pool): Promise<string> {
  const columns = await listColumns(sql)
  const tables = Map.groupBy(columns, column => column.tableName)
  const interfaces = [...tables].map(([table, its]) => {
    const lines = its.map(column => `  ${camel(column.columnName)}: ${typeScript(column)}`)
    return `/** A row of \`${table}\`. */\nexport interface ${rowName(table)} {\n${lines.join('\n')}\n}`
  })
  const head = '// The rows of the migrated schema; written by `npm run schema`, never edited.'
  const ids = new Set(columns.map(idType).filter(id => id !== undefined))
  return `${[`${head}\nimport type { ${[...ids].sort().join(', ')} } from './ids.ts'`, ...interfaces].join('\n\n')}\n`
}

async function listColumns(sql: Pool): Promise<Column[]> {
  return sql<Column[]>`
    select c.relname as table_name, a.attname as column_name,
      coalesce(e.typname, t.typname) as type, e.oid is not null as array, not a.attnotnull as nullable,
      (select array_agg(m[1] order by n) from pg_constraint k,
        regexp_matches(pg_get_constraintdef(k.oid), '''([^'']+)''::text', 'g') with ordinality as r(m, n)
        where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
          and starts_with(pg_get_constraintdef(k.oid), format('CHECK ((%I = ANY (ARRAY[', a.attname))) as words
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname, a.attnum`
}

function idType({ tableName, columnName, type }: Column): string | undefined {
  if (type !== 'uuid') return undefined
  return columnName === 'id' ? ownId[tableName] : referringId[columnName]
}

function typeScript(column: Column): string {
  const { type, array, nullable, words } = column
  const one = words ? words.map(word => `'${word}'`).join(' | ') : (idType(column) ?? typeOf[type] ?? 'string')
  const whole = array ? `${words ? `(${one})` : one}[]` : one
  return nullable && whole !== 'unknown' ? `${whole} | null` : whole
}

/** `waitlist_entries` → `WaitlistEntryRow`. */
function rowName(table: string): string {
  const one = table.endsWith('ies') ? `${table.slice(0, -3)}y` : table.replace(/(?<=[^s])s$/, '')
  return `${camel(`_${one}`)}Row`
}

function camel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
