// The two files that follow from the migrations; a test holds them against the migrated database.
import { resolve } from 'node:path'
import type { Pool } from './sql.ts'
import { dumpSchema } from './schema-dump.ts'
import { generateRows } from './schema-rows.ts'

export interface SchemaFile {
  path: string
  text: string
}

/** What server/schema.sql and schema.generated.ts have to say of a database that has every migration and nothing else. */
export async function schemaFiles(sql: Pool): Promise<SchemaFile[]> {
  return [
    { path: resolve(import.meta.dirname, '../../schema.sql'), text: await dumpSchema(sql) },
    { path: resolve(import.meta.dirname, 'schema.generated.ts'), text: await generateRows(sql) },
  ]
}
