// The dump and the row types stay in step with the migrations: a renamed column must break the build.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { schemaFiles } from './schema-files.ts'
import { generateRows } from './schema-rows.ts'
import { dumpSchema } from './schema-dump.ts'

const { db } = await aDatabase()

test('schema.sql and the row types say what the migrations add up to (else: npm run schema)', async () => {
  for (const file of await schemaFiles(db.sql)) expect(readFileSync(file.path, 'utf8'), file.path).toBe(file.text)
})

test('a column, a constraint, an index, a trigger and a partition that change all show in the files', async () => {
  await db.sql.unsafe(`
    create table parcels (
      id uuid not null default uuidv7(),
      user_id uuid not null,
      weights int8[] not null,
      state text not null,
      sent_on date,
      sent_at timestamptz not null,
      note jsonb,
      price numeric(12, 2) not null,
      constraint parcels_pkey primary key (id, sent_at),
      constraint parcels_state check (state in ('new', 'sent'))
    ) partition by range (sent_at);
    create table parcels_default partition of parcels default;
    create index parcels_sent on parcels (sent_on) where state = 'new';
    create trigger parcels_append_only before update on parcels for each row execute function refuse_change()`)
  const rows = await generateRows(db.sql)
  expect(rows).toContain(`export interface ParcelRow {
  id: string
  userId: UserId
  weights: number[]
  state: 'new' | 'sent'
  sentOn: Temporal.PlainDate | null
  sentAt: Temporal.Instant
  note: unknown
  price: string
}`)
  expect(rows).not.toContain('ParcelsDefault')
  const dump = await dumpSchema(db.sql)
  for (const part of [
    '  sent_on date,\n',
    "constraint parcels_state CHECK ((state = ANY (ARRAY['new'::text, 'sent'::text])))",
    ') partition by RANGE (sent_at);',
    'create table parcels_default partition of parcels DEFAULT;',
    "CREATE INDEX parcels_sent ON ONLY public.parcels USING btree (sent_on) WHERE (state = 'new'::text);",
    'CREATE TRIGGER parcels_append_only BEFORE UPDATE ON public.parcels FOR EACH ROW EXECUTE FUNCTION refuse_change();',
  ]) {
    expect(dump).toContain(part)
  }
})
