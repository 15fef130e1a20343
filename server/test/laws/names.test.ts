// The laws of names and of what a file shows first.
import ts from 'typescript'
import { expect, test } from 'vitest'
import { everything, files, findings, isTest, textOf, treeOf } from './sources.ts'

const owned = ['{contract,server,web,bench,tools,docs}/**/*', '.ci/**/*', '*']
const bannedPlaces = /^(utils?|helpers?|common|misc|shared|types?|interfaces?|services?|repositor(y|ies)|constants?|lib|index)$/
const bannedWords = /(Service|Manager|Handler|Processor|Repository|Dto|Impl|Data|Info)(?=[A-Z]|s?$)/
/** The requirements call it so, and their names win. */
const givenNames = new Set(['waitlistManager'])
const lines = (path: string) => textOf(path).split('\n')

test('files and folders have kebab-case names', () => {
  const odd = files('{contract,server,web,bench,tools,docs}/**/*').filter(path => {
    const [name = ''] = path.split('/').slice(-1)
    const known = /^(README\.md|CHANGELOG\.md|_[a-z-]+\.scss)$/.test(name)
    const migration = /^server\/migrations\/\d{4}_[a-z0-9_]+\.sql$/.test(path)
    return !known && !migration && !/^\.?[a-z0-9]+([-.][a-z0-9]+)*$/.test(name)
  })
  expect(odd).toEqual([])
})

test('no folder or file is a place for leftovers', () => {
  const found = files('{contract,server,bench,tools}/**/*', 'web/src/**/*.ts').filter(path =>
    path.split('/').some(part => bannedPlaces.test(part.replace(/(\.\w+)+$/, ''))),
  )
  expect(found, 'name it after what is in it').toEqual([])
})

test('no name hides behind Manager, Data and the like', () => {
  const found = files(...everything).flatMap(path =>
    findings(path, node => {
      const declared =
        ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node)
      const name = declared ? node.name?.text : undefined
      const capital = name && name[0]?.toUpperCase() + name.slice(1)
      return capital && bannedWords.test(capital) && !givenNames.has(name) ? name : undefined
    }),
  )
  expect(found, 'say what it is or does').toEqual([])
})

test('no file only passes on what others export', () => {
  const barrels = files(...everything).filter(path => {
    const { statements } = treeOf(path)
    return statements.length > 0 && statements.every(one => ts.isExportDeclaration(one) && one.moduleSpecifier)
  })
  expect(barrels, 'import from the file that has it').toEqual([])
})

test('every file begins with a sentence that says what it is for', () => {
  const first = { '.ts': /^(#!.*\n)?(\/\/|\/\*\*?) \S+( \S+){2,}/, '.sql': /^-- \S+( \S+){2,}/, '.scss': /^(\/\/|\/\*) \S+( \S+){2,}/ }
  const found = Object.entries(first).flatMap(([ending, sentence]) =>
    files(...everything.map(glob => glob.replace(/\.ts$/, ending)), `server/**/*${ending}`)
      .filter(path => path !== 'server/schema.sql' && !sentence.test(textOf(path))),
  )
  expect([...new Set(found)]).toEqual([])
})

test('every migration says why it is and whether old code may run beside it', () => {
  const found = files('server/migrations/*.sql').filter(path => {
    const head = lines(path).slice(0, 6).join('\n')
    return !head.startsWith('-- Why: ') || !/^-- Old code may run beside it: (yes|no)/m.test(head)
  })
  expect(found).toEqual([])
})

test('every exported function of the server says what it does', () => {
  const found = files('{server,contract}/src/**/*.ts')
    .filter(path => !isTest(path))
    .flatMap(path =>
      findings(path, node => {
        if (!ts.isFunctionDeclaration(node) || !node.name) return undefined
        const exported = node.modifiers?.some(one => one.kind === ts.SyntaxKind.ExportKeyword)
        const door = ['routes', 'consumers', 'jobs'].includes(node.name.text)
        return exported && !door && ts.getJSDocCommentsAndTags(node).length === 0 ? node.name.text : undefined
      }),
    )
  expect(found).toEqual([])
})

test('a file has at most 250 lines, whatever its language', () => {
  const found = files('{contract,server,web,bench,tools}/**/*.{ts,html,scss,css,sql}')
    .filter(path => path !== 'server/schema.sql')
    .map(path => ({ path, count: lines(path).length - 1 }))
    .filter(({ count }) => count > 250)
  expect(found).toEqual([])
})

test('nothing knows the machine it was written on', () => {
  const machine = /(?<![\w.<:/-])\/(home|Users|root|tmp|work|farm|mnt)\/|"resolved": "http/
  const text = /\.(ts|cjs|json|md|sql|html|scss|css|ya?ml|txt)$|^\.ci\/run$|^\.[a-z]+$|^LICENSE$/
  const found = files(...owned)
    .filter(path => text.test(path) && path !== 'server/test/laws/names.test.ts')
    .flatMap(path => lines(path).flatMap((line, at) => (machine.test(line) ? [`${path}:${at + 1} ${line.trim()}`] : [])))
  expect(found).toEqual([])
})
