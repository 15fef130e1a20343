// Before the first test: one throw-away PostgreSQL with every migration applied to a template database.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { runMigrations } from 'graphile-worker'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { startThrowAwayPostgres, type ThrowAwayPostgres } from './postgres.ts'

const template = 'fitflow_template'
const migrations = new URL('../migrations/', import.meta.url)

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { host: string; port: number; user: string; password: string; template: string }
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startThrowAwayPostgres()
  try {
    await makeTemplate(server)
  } catch (fault) {
    await server.stop()
    throw fault
  }
  const { host, port, user, password } = server
  project.provide('postgres', { host, port, user, password, template })
  return () => server.stop()
}

async function makeTemplate(server: ThrowAwayPostgres): Promise<void> {
  const { host, port, user, password } = server
  const address = { host, port, user, password, onnotice: () => {} }
  const admin = postgres({ ...address, database: 'postgres', max: 1 })
  await admin`create database ${admin(template)}`
  await admin.end()

  const sql = postgres({ ...address, database: template, max: 1 })
  for (const name of existsSync(migrations) ? readdirSync(migrations).sort() : []) {
    if (name.endsWith('.sql')) await sql.unsafe(readFileSync(new URL(name, migrations), 'utf8')).simple()
  }
  await sql.end()
  await runMigrations({ connectionString: `postgres://${user}:${password}@${host}:${port}/${template}` })
}
