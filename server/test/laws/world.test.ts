// The laws of the outside world: time, environment and terminal are each read in one place.
import ts from 'typescript'
import { expect, test } from 'vitest'
import { dotted, everything, files, findings, isTest, product } from './sources.ts'

const clocks = new Set(['server/src/platform/clock.ts', 'web/src/app/api/clock.ts'])
const clockReads = new Set(['Date.now', 'performance.now', 'Temporal.Now', 'process.hrtime'])

test('time is read in clock.ts only', () => {
  const found = files(...everything)
    .filter(path => !clocks.has(path) && !path.startsWith('tools/'))
    .flatMap(path =>
      findings(path, node => {
        const bareDate = ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length
        if (bareDate) return 'new Date()'
        const name = dotted(node)
        return name !== undefined && clockReads.has(name) ? name : undefined
      }),
    )
  expect(found, 'take tx.now in a use case, and a Clock elsewhere').toEqual([])
})

test('the environment is read in config.ts only', () => {
  const found = files(...product)
    .filter(path => path !== 'server/src/config.ts' && !isTest(path))
    .flatMap(path => findings(path, node => (dotted(node) === 'process.env' ? 'process.env' : undefined)))
  expect(found, 'name it in server/src/config.ts and pass the value').toEqual([])
})

test('only the log and the command line write to the terminal', () => {
  const mayWrite = (path: string) =>
    path === 'server/src/platform/log.ts' || path === 'server/src/main.ts' || path.startsWith('server/src/commands/')
  const found = files(...product)
    .filter(path => !mayWrite(path))
    .flatMap(path =>
      findings(path, node =>
        ts.isIdentifier(node) && node.text === 'console' && !ts.isPropertyAssignment(node.parent) ? 'console' : undefined,
      ),
    )
  expect(found, 'use the log, which carries the trace id').toEqual([])
})

test('a caught error has a reason beside it', () => {
  const mayCatch = (path: string) => /^server\/src\/platform\/(tx|http(-[a-z-]+)?)\.ts$/.test(path)
  const found = files('server/src/**/*.ts')
    .filter(path => !mayCatch(path) && !isTest(path))
    .flatMap(path =>
      findings(path, node => {
        const caught = ts.isCatchClause(node) || (ts.isPropertyAccessExpression(node) && node.name.text === 'catch')
        return caught && !throwsOn(node) && !reasonBeside(node) ? 'catch' : undefined
      }),
    )
  expect(found, 'a throw is the rollback: say in a comment why this one stops here').toEqual([])
})

/** The error goes on under a better name: nothing is swallowed. */
function throwsOn(node: ts.Node): boolean {
  const last = ts.isCatchClause(node) ? node.block.statements.at(-1) : undefined
  return last !== undefined && ts.isThrowStatement(last)
}

/** A comment within the lines of a catch clause, or on the line above the statement it belongs to. */
function reasonBeside(node: ts.Node): boolean {
  let statement: ts.Node = node
  while (!ts.isStatement(statement) && !ts.isBlock(statement) && statement.parent) statement = statement.parent
  const span = ts.isCatchClause(node) ? node : statement
  return /\/\/|\/\*/.test(span.getFullText())
}

test('no test waits for a while instead of for an event', () => {
  const sleeps = new Set(['setTimeout', 'sleep', 'delay', 'waitForTimeout'])
  const found = files('{server,contract,bench,web}/**/*.test.ts').flatMap(path =>
    findings(path, node => {
      if (!ts.isCallExpression(node)) return undefined
      const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression
      return sleeps.has(callee.getText()) ? callee.getText() : undefined
    }),
  )
  expect(found, 'await what has to happen, or ask until it has (expect.poll)').toEqual([])
})
