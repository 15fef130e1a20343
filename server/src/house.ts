// What every process of FitFlow stands on: settings, log, clock, keys and the migrated database.
import type { Config } from './config.ts'
import { systemClock, type Clock } from './platform/clock.ts'
import { openDatabase, type Database } from './platform/db.ts'
import { takeSeat, type Stay } from './platform/embedded-postgres.ts'
import { migrateJobs } from './platform/jobs.ts'
import type { Log } from './platform/log.ts'
import { migrate } from './platform/migrate.ts'
import { openSecret, type Secret } from './platform/secret.ts'
import { openSettings, type SettingsStore } from './schedule/settings.ts'

export interface House {
  config: Config
  log: Log
  clock: Clock
  secret: Secret
  db: Database
  settings: SettingsStore
}

export interface OpenHouse extends House {
  /** Resolves with the reason when the database is gone for good. */
  lost: Promise<string>
  /** To be called before the end begins: nobody new comes to rely on an embedded database that will stop. */
  leave(): void
  close(): Promise<void>
}

/** The right to open the house, taken before anything slow begins. */
export interface Doorway {
  open(): Promise<OpenHouse>
}

interface Server {
  address: Pick<Parameters<typeof openDatabase>[0], 'url' | 'connection'>
  lost: Promise<string>
  leave(): void
  stop(): Promise<void>
}

/** Throws a Refusal when this process may not use the embedded database now; with DATABASE_URL there is nothing to ask. */
export async function approachHouse(config: Config, log: Log, stay: Stay): Promise<Doorway> {
  const { databaseUrl, dataDirectory } = config
  if (databaseUrl !== null) {
    const server = { lost: new Promise<string>(() => undefined), leave: () => undefined, stop: () => Promise.resolve() }
    return { open: () => furnish(config, log, { ...server, address: { url: databaseUrl } }) }
  }
  const seat = await takeSeat(dataDirectory, stay)
  return {
    open: async () => {
      const postgres = await seat.open(log)
      return furnish(config, log, { ...postgres, address: { connection: postgres.connection } })
    },
  }
}

async function furnish(config: Config, log: Log, server: Server): Promise<OpenHouse> {
  const clock = systemClock
  const db = openDatabase({ ...server.address, clock, log, redisUrl: config.redisUrl })
  await migrate(db.sql, log)
  await migrateJobs(db)
  const settings = await openSettings(db)
  return {
    config,
    log,
    clock,
    secret: openSecret(config),
    db,
    settings,
    lost: server.lost,
    leave: server.leave,
    async close() {
      settings.close()
      await db.close()
      await server.stop()
    },
  }
}

/** Opens the house for one command and closes it again, whatever the command came to. */
export async function inHouse<T>(config: Config, log: Log, work: (house: House) => Promise<T>): Promise<T> {
  const doorway = await approachHouse(config, log, 'command')
  const house = await doorway.open()
  try {
    return await work(house)
  } finally {
    await house.close()
  }
}
