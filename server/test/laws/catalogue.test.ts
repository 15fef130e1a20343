// The laws of the closed lists: what the contract names is used, and what is used is documented.
import { topics } from '@fitflow/contract/events.ts'
import { problems } from '@fitflow/contract/problems.ts'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { documents } from '../../../tools/contract-docs.ts'
import { files, findings, isTest, textOf } from './sources.ts'

/** String literals of the server's own code that say something: not types, not the list of what a route may answer. */
function spoken(paths: string[]): Set<string> {
  const found = paths
    .filter(path => !isTest(path))
    .flatMap(path => findings(path, node => (ts.isStringLiteralLike(node) && !declaredOnly(node) ? node.text : undefined)))
  return new Set(found.map(one => one.slice(one.indexOf(' ') + 1)))
}

function declaredOnly(node: ts.Node): boolean {
  const list = node.parent
  if (ts.isLiteralTypeNode(list)) return true
  if (!ts.isArrayLiteralExpression(list)) return false
  return ts.isPropertyAssignment(list.parent) && list.parent.name.getText() === 'problems'
}

test('every problem code is thrown somewhere', () => {
  const thrown = spoken(files('server/src/**/*.ts'))
  expect(Object.keys(problems).filter(code => !thrown.has(code)), 'throw it, or take it out of the contract').toEqual([])
})

test('every event topic is emitted somewhere', () => {
  const emitted = spoken(files('server/src/**/*.ts').filter(path => !path.endsWith('/consumers.ts')))
  expect(topics.filter(topic => !emitted.has(topic)), 'emit it, or take it out of the contract').toEqual([])
})

test('the documents of problems and events say what the contract says', () => {
  const stale = documents().filter(({ path, text }) => textOf(path) !== text).map(({ path }) => path)
  expect(stale, 'run `npm run docs` and read the difference').toEqual([])
})
