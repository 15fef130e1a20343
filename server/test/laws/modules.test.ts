// The laws of modules: one writer for each table, one README for each module.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { files, findings, isTest, root, textOf } from './sources.ts'

const modules = [...new Set(files('server/src/*/*').map(path => path.split('/')[2]!))]

/** Every table is made by a migration. */
const tables = new Set(
  files('server/migrations/*.sql').flatMap(path =>
    Array.from(textOf(path).matchAll(/create table (?:if not exists )?(\w+)/gi), match => match[1]!),
  ),
)

interface Use {
  module: string
  table: string
  at: string
}

// `for update`, `do update set` and `on update` change no table of that name.
const writing = /(?:insert\s+into|(?<!\b(?:for|key|do|on|before|after|or)\s+)update(?:\s+only)?|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:public\.)?("?\w+"?|\$\{)/gi

const reading = /\b(?:from|join)\s+(?:only\s+)?(?:public\.)?("?\w+"?)/gi

/** Every table that the server's SQL names behind `words`, wherever a text or template says so. */
function uses(words: RegExp): Use[] {
  return files('server/src/*/**/*.ts')
    .filter(path => !isTest(path))
    .flatMap(path =>
      findings(path, node => {
        if (!ts.isTemplateExpression(node) && !ts.isStringLiteralLike(node)) return undefined
        const named = Array.from(sqlOf(node).matchAll(words), match => match[1]!.replaceAll('"', '').toLowerCase())
        return named.length > 0 ? named.join(' ') : undefined
      }).flatMap(found => {
        const [at = '', ...named] = found.split(' ')
        return named.map(table => ({ module: path.split('/')[2]!, table, at }))
      }),
    )
}

const writes = uses(writing)

/** The text without nested templates, which are visited by themselves. */
function sqlOf(node: ts.TemplateExpression | ts.StringLiteralLike): string {
  if (ts.isStringLiteralLike(node)) return node.text
  return node.head.text + node.templateSpans.map(span => `\${}${span.literal.text}`).join('')
}

test('every table has one writing module', () => {
  const writers = new Map<string, Map<string, string>>()
  for (const { module, table, at } of writes.filter(write => tables.has(write.table))) {
    const known = writers.get(table) ?? new Map<string, string>()
    writers.set(table, known.set(module, at))
  }
  const shared = [...writers].filter(([, of]) => of.size > 1).map(([table, of]) => `${table}: ${[...of.values()].join(', ')}`)
  expect(shared, 'ask the owner for a function that changes it').toEqual([])
})

test('a table is read by its own module, and by insights', () => {
  const owners = new Map(writes.map(({ table, module }) => [table, module]))
  const foreign = uses(reading)
    .filter(({ table, module }) => tables.has(table) && owners.has(table) && owners.get(table) !== module && module !== 'insights')
    .map(({ table, at }) => `${at} reads ${table}, which belongs to ${owners.get(table)}`)
  expect(foreign, 'ask the owner for a function that answers it').toEqual([])
})

test('no statement writes to a table whose name is computed', () => {
  expect(writes.filter(write => write.table === '${').map(write => write.at)).toEqual([])
})

const readme = (module: string) => `server/src/${module}/README.md`
const described = (module: string) => existsSync(join(root, readme(module)))

test('every module has a README', () => {
  expect(modules.filter(module => !described(module))).toEqual([])
})

test('a README has at most 15 lines', () => {
  const long = modules.filter(described).filter(module => textOf(readme(module)).trimEnd().split('\n').length > 15)
  expect(long).toEqual([])
})

test('every module names the tables it writes in its README', () => {
  const hidden = writes
    .filter(({ table, module }) => tables.has(table) && described(module) && !textOf(readme(module)).includes(`\`${table}\``))
    .map(({ table, module, at }) => `${at} writes \`${table}\`, which ${readme(module)} does not name`)
  expect(hidden).toEqual([])
})
