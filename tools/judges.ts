// What judges the project in tests and is too heavy for everybody's `npm ci`: packages with a lockfile of their own, installed when first needed.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = join(import.meta.dirname, 'judges')
const lock = join(folder, 'package-lock.json')
const installedLock = join(folder, 'node_modules/.lock-as-installed')

/** Requires one of them; installs all when they are not there as the lockfile has them. Throws one sentence when that fails. */
export function judge<T>(name: string): T {
  provideJudges()
  return createRequire(lock)(name) as T
}

/** Imports a file of one of them, where it is a module that cannot be required. Throws like `judge`. */
export async function judgeFile<T>(path: string): Promise<T> {
  provideJudges()
  return (await import(pathToFileURL(join(folder, 'node_modules', path)).href)) as T
}

/** Installs them when they are not there as the lockfile has them. */
export function provideJudges(): void {
  if (existsSync(installedLock) && readFileSync(installedLock, 'utf8') === readFileSync(lock, 'utf8')) return
  console.log('Installing what judges the documents …')
  const { status } = spawnSync('npm', ['ci', '--silent', '--ignore-scripts'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error('The tests need the packages of tools/judges: "npm ci" there failed, see above.')
  copyFileSync(lock, installedLock)
}
