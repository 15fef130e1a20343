// A built file's compressed copy is the file itself.
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { compressFiles } from './compress-files.ts'

test('each file that gains by it has a copy that is the same file, smaller; others have none', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'compress-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const script = 'export const hours = 24\n'.repeat(200)
  await mkdir(join(directory, 'icons'))
  await Promise.all([
    writeFile(join(directory, 'app.js'), script),
    writeFile(join(directory, 'tiny.js'), 'export {}'),
    writeFile(join(directory, 'icons/mark.svg'), script),
    writeFile(join(directory, 'icons/mark.png'), script),
  ])

  expect(await compressFiles(directory)).toBe(2)

  expect((await readdir(directory, { recursive: true })).filter(name => name.endsWith('.br')).sort()).toEqual(['app.js.br', 'icons/mark.svg.br'])
  const compressed = await readFile(join(directory, 'app.js.br'))
  expect(brotliDecompressSync(compressed).toString()).toBe(script)
  expect(compressed.length).toBeLessThan(script.length / 10)
})
