// `schema`: writes server/schema.sql and the row types from the migrations, by way of a throw-away PostgreSQL.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../platform/clock.ts'
import { openDatabase } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { startCluster } from '../platform/postgres-cluster.ts'
import { schemaFiles } from '../platform/schema-files.ts'

/** Writes both files in place and names them. */
export async function writeSchema(log: Log): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'fitflow-schema-'))
  const cluster = await startCluster(directory, { fsync: 'off' })
  const db = openDatabase({ connection: cluster.connection, clock: systemClock, log })
  try {
    await migrate(db.sql, log)
    for (const file of await schemaFiles(db.sql)) {
      await writeFile(file.path, file.text)
      console.log(`Wrote ${file.path}`)
    }
  } finally {
    await db.close()
    await cluster.stop()
    await rm(directory, { recursive: true })
  }
}
