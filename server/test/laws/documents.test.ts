// The laws of the documents: what they point to is there.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { files, root, textOf } from './sources.ts'

const documents = files('*.md', 'docs/**/*.md', '{server,web,bench,contract}/**/*.md')

test('every link of a document leads to a file', () => {
  const lost = documents.flatMap(path =>
    Array.from(textOf(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g), match => match[1]!)
      .filter(target => !existsSync(join(root, dirname(path), target)))
      .map(target => `${path} → ${target}`),
  )
  expect(lost).toEqual([])
})

test('every npm script that a document names is there', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
  const lost = documents.flatMap(path =>
    Array.from(textOf(path).matchAll(/npm run ([a-z][\w:-]*)/g), match => match[1]!)
      .filter(name => !(name in scripts))
      .map(name => `${path} names npm run ${name}`),
  )
  expect(lost).toEqual([])
})
