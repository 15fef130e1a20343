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

interface Write {
  module: string
  table: string
  at: string
}

// `for update`, `do update set` and `on update` change no table of that name.
const writing = /(?:insert\s+into|(?<!\b(?:for|key|do|on|before|after|or)\s+)update(?:\s+only)?|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:public\.)?("?\w+"?|\$\{)/gi

/** All writes of the server's SQL, wherever a text or template says so. */
function writes(): Write[] {
  return files('server/src/*/**/*.ts')
    .filter(path => !isTest(path))
    .flatMap(path =>
      findings(path, node => {
        if (!ts.isTemplateExpression(node) && !ts.isStringLiteralLike(node)) return undefined
        const written = Array.from(sqlOf(node).matchAll(writing), match => match[1]!.replaceAll('"', '').toLowerCase())
        return written.length > 0 ? written.join(' ') : undefined
      }).flatMap(found => {
        const [at = '', ...written] = found.split(' ')
        return written.map(table => ({ module: path.split('/')[2]!, table, at }))
      }),
    )
}

/** The text without nested templates, which are visited by themselves. */
function sqlOf(node: ts.TemplateExpression | ts.StringLiteralLike): string {
  if (ts.isStringLiteralLike(node)) return node.text
  return node.head.text + node.templateSpans.map(span => `\${}${span.literal.text}`).join('')
}

test('every table has one writing module', () => {
  const writers = new Map<string, Map<string, string>>()
  for (const { module, table, at } of writes().filter(write => tables.has(write.table))) {
    const known = writers.get(table) ?? new Map<string, string>()
    writers.set(table, known.set(module, at))
  }
  const shared = [...writers].filter(([, of]) => of.size > 1).map(([table, of]) => `${table}: ${[...of.values()].join(', ')}`)
  expect(shared, 'ask the owner for a function that changes it').toEqual([])
})

test('no statement writes to a table whose name is computed', () => {
  expect(writes().filter(write => write.table === '${').map(write => write.at)).toEqual([])
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
  const hidden = writes()
    .filter(({ table, module }) => tables.has(table) && described(module) && !textOf(readme(module)).includes(`\`${table}\``))
    .map(({ table, module, at }) => `${at} writes \`${table}\`, which ${readme(module)} does not name`)
  expect(hidden).toEqual([])
})
