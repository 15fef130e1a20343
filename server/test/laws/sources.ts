// The project's own files as the laws read them: paths, texts and syntax trees.
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'

export const root = resolve(import.meta.dirname, '../../..')

const notOurs = ['node_modules', '.git', '.fitflow', '.angular', 'dist', 'screenshots']

/** Paths from the root of the project, sorted; what is installed, built or generated is left out. */
export function files(...patterns: string[]): string[] {
  const exclude = (path: string) =>
    path.endsWith('.generated.ts') || notOurs.some(name => path === name || path.endsWith(`/${name}`))
  // Filtered again: a folder that is left out is entered by nobody, but listed by some patterns.
  return globSync(patterns, { cwd: root, exclude }).filter(path => !exclude(path)).sort()
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

const trees = new Map<string, ts.SourceFile>()

export function treeOf(path: string): ts.SourceFile {
  let tree = trees.get(path)
  if (!tree) {
    tree = ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true)
    trees.set(path, tree)
  }
  return tree
}

export function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || path.startsWith('server/test/')
}

/** Every node of a file for which `find` answers something, as `path:line what`. */
export function findings(path: string, find: (node: ts.Node) => string | undefined): string[] {
  const tree = treeOf(path)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const what = find(node)
    if (what !== undefined) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree))
      found.push(`${path}:${line + 1} ${what}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

/** `a.b` for a property access on a plain name, else undefined. */
export function dotted(node: ts.Node): string | undefined {
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined
  return `${node.expression.text}.${node.name.text}`
}

export const product = ['contract/src/**/*.ts', 'server/src/**/*.ts', 'web/src/**/*.ts']
export const everything = [...product, 'server/test/**/*.ts', 'bench/**/*.ts', 'tools/**/*.ts', 'web/*.ts', '*.ts']
