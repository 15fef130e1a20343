// The built web app: made again only when a hash of what it is made from has changed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { compressFiles } from './compress-files.ts'
import { Refusal } from './platform/refusal.ts'

const project = resolve(import.meta.dirname, '../..')
const web = join(project, 'web')
const builder = join(project, 'node_modules/@angular/cli/bin/ng.js')
const sources = ['web/src', 'web/public', 'contract/src', 'package-lock.json']
// The build empties its folder first, so a build that was killed leaves no hash behind.
const stamp = join(web, 'dist/sources.sha256')
const lastWordsMax = 4_000

/** Where the built app lies: what a browser may fetch, and nothing else. */
export const webDirectory = join(web, 'dist/browser')

/**
 * Builds the web app unless the one there was built from these sources; `announce` is told before a build begins.
 * Throws a Refusal with the builder's words when it fails; `stop` ends a build under way.
 */
export async function buildWeb(announce: () => void, stop: AbortSignal): Promise<void> {
  const hash = hashSources(project)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  announce()
  await runBuilder(stop)
  await compressFiles(webDirectory)
  writeFileSync(stamp, hash)
}

/** One word for everything the app of `directory` is built from: names, contents, settings and locked versions. */
export function hashSources(directory: string): string {
  const configs = readdirSync(join(directory, 'web')).filter(name => name.endsWith('.json')).map(name => join('web', name))
  const hash = createHash('sha256')
  for (const file of [...sources, ...configs].flatMap(path => filesBelow(join(directory, path)))) {
    hash.update(`${relative(directory, file)}\0`).update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap(name => filesBelow(join(path, name)))
}

async function runBuilder(stop: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [builder, 'build'], { cwd: web, stdio: ['ignore', 'pipe', 'pipe'], signal: stop })
  let words = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-lastWordsMax)
    })
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
  if (code !== 0) throw new Refusal(`The web app could not be built:\n${words.trim()}`)
}
