// When the web app counts as changed.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hashSources } from './web-build.ts'

let directory: string
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(directory, path)), { recursive: true })
  writeFileSync(join(directory, path), text)
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fitflow-web-'))
  for (const path of ['web/src/app/a.ts', 'web/public/icon.svg', 'web/angular.json', 'contract/src/problems.ts', 'package-lock.json']) put(path, path)
})
afterEach(() => rmSync(directory, { recursive: true }))

test('the same sources are the same, whatever lies built or cached beside them', () => {
  const before = hashSources(directory)
  put('web/dist/browser/index.html', 'built')
  put('web/.angular/cache/x', 'cached')
  put('server/src/main.ts', 'not in the browser')
  expect(hashSources(directory)).toBe(before)
})

test.each(['web/src/app/a.ts', 'web/public/icon.svg', 'web/angular.json', 'web/ngsw-config.json', 'contract/src/problems.ts', 'package-lock.json', 'web/src/app/new.ts'])(
  'a change of %s builds the app again',
  path => {
    const before = hashSources(directory)
    put(path, 'changed')
    expect(hashSources(directory)).not.toBe(before)
  },
)

test('a file that only changes its name builds the app again', () => {
  const before = hashSources(directory)
  renameSync(join(directory, 'web/src/app/a.ts'), join(directory, 'web/src/app/b.ts'))
  expect(hashSources(directory)).not.toBe(before)
})
