// Before the first test: one throw-away PostgreSQL with every migration applied to a template database.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import type { TestProject } from 'vitest/node'
import { systemClock } from '../src/platform/clock.ts'
import { openDatabase } from '../src/platform/db.ts'
import { openLog } from '../src/platform/log.ts'
import { migrate } from '../src/platform/migrate.ts'
import { startCluster, type Connection } from '../src/platform/postgres-cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run; its database is the migrated template, which nobody may stay connected to. */
    postgres: Connection
  }
}

// Durability costs fsyncs, and nothing here outlives the run.
const settings = {
  max_connections: '400',
  shared_buffers: '256MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'fitflow-test-'))
  // PostgreSQL refuses root and runs as another user there, who has to find the way.
  chmodSync(directory, 0o711)
  const cluster = await startCluster(join(directory, 'postgres'), settings)
  const stop = async () => {
    await cluster.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    await migrateTemplate(cluster.connection)
  } catch (fault) {
    // A run that cannot begin leaves no server behind.
    await stop()
    throw fault
  }
  project.provide('postgres', cluster.connection)
  return stop
}

async function migrateTemplate(connection: Connection): Promise<void> {
  const log = openLog('silent')
  const db = openDatabase({ connection, clock: systemClock, log })
  await migrate(db.sql, log)
  await db.close()
  const { user, password, host, port, database } = connection
  await runMigrations({ connectionString: `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}` })
}
