// The SQL statements of the server's code as PostgreSQL would get them, read out of the source without running it.
import ts from 'typescript'
import { files, isTest, root } from './laws/sources.ts'

export interface Statement {
  /** `path:line` */
  at: string
  text: string
  /** What the code says a row looks like: column by column in camel case, as a rough type. Null when it says nothing. */
  row: Map<string, RoughType> | null
}

export type RoughType = 'number' | 'string' | 'boolean' | 'Instant' | 'PlainDate' | 'anything'

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.Latest,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.esnext.full.d.ts'],
  strict: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  noEmit: true,
}

/** Every statement that can be traced to its full text, and the places of those that cannot. */
export function statements(): { traced: Statement[]; untraced: string[] } {
  const paths = files('server/src/**/*.ts').filter(path => !isTest(path))
  const program = ts.createProgram(paths.map(path => `${root}/${path}`), options)
  const checker = program.getTypeChecker()
  const traced: Statement[] = []
  const untraced: string[] = []
  for (const path of paths) {
    const source = program.getSourceFile(`${root}/${path}`)!
    const visit = (node: ts.Node): void => {
      ts.forEachChild(node, visit)
      if (!ts.isTaggedTemplateExpression(node) || !isSqlTag(checker, node.tag)) return
      const at = `${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
      const texts = new Set(branches.map(branch => new Tracer(checker, branch).textOf(node)))
      for (const text of texts) {
        if (text === undefined) untraced.push(at)
        else if (isStatement(text)) traced.push({ at, text, row: rowOf(checker, node) })
      }
    }
    visit(source)
  }
  return { traced, untraced }
}

function isStatement(text: string): boolean {
  return /^\s*(select|insert|update|delete|merge|with|values)\b/i.test(text)
}

function isSqlTag(checker: ts.TypeChecker, tag: ts.Expression): boolean {
  const type = checker.getTypeAtLocation(tag)
  return type.getProperty('unsafe') !== undefined && type.getProperty('typed') !== undefined
}

function isFragment(type: ts.Type): boolean {
  return type.getProperty('describe') !== undefined && type.getProperty('cursor') !== undefined
}

/** Of a choice between two fragments, each is read once. */
const branches = ['whenTrue', 'whenFalse'] as const

/** Puts a template's text together: values become parameters, fragments are followed to where they are written. */
class Tracer {
  #parameters = 0
  readonly #checker: ts.TypeChecker
  readonly #branch: (typeof branches)[number]

  constructor(checker: ts.TypeChecker, branch: (typeof branches)[number]) {
    this.#checker = checker
    this.#branch = branch
  }

  textOf({ template }: ts.TaggedTemplateExpression): string | undefined {
    if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text
    let text = template.head.text
    for (const { expression, literal } of template.templateSpans) {
      const part = this.#partOf(expression)
      if (part === undefined) return undefined
      text += part + literal.text
    }
    return text
  }

  #partOf(expression: ts.Expression): string | undefined {
    const type = this.#checker.getTypeAtLocation(expression)
    if (isFragment(type)) return this.#follow(expression)
    // A call of the tag itself builds a list of names or rows that exists only when it runs.
    if (ts.isCallExpression(expression) && isSqlTag(this.#checker, expression.expression)) return undefined
    this.#parameters += 1
    return `$${this.#parameters}`
  }

  #follow(expression: ts.Expression): string | undefined {
    if (ts.isTaggedTemplateExpression(expression)) return this.textOf(expression)
    if (ts.isParenthesizedExpression(expression)) return this.#follow(expression.expression)
    if (ts.isConditionalExpression(expression)) return this.#follow(expression[this.#branch])
    const clause = ts.isCallExpression(expression) ? expression.arguments.find(isLockClause) : undefined
    if (clause) return clause.text
    const named = ts.isCallExpression(expression) ? expression.expression : expression
    const body = this.#bodyOf(named)
    if (body) return this.#follow(body)
    // What comes in from outside is the instant of the clock, or cannot be known here.
    return /\b(now|expression)\b/.test(named.getText()) ? 'now()' : undefined
  }

  #bodyOf(name: ts.Expression): ts.Expression | undefined {
    let symbol = this.#checker.getSymbolAtLocation(name)
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = this.#checker.getAliasedSymbol(symbol)
    const declaration = symbol?.valueDeclaration
    if (!declaration) return undefined
    if (ts.isFunctionDeclaration(declaration)) return onlyReturn(declaration.body)
    const hasValue = ts.isVariableDeclaration(declaration) || ts.isParameter(declaration)
    const value = hasValue ? declaration.initializer : undefined
    if (!value || !ts.isArrowFunction(value)) return value
    return ts.isBlock(value.body) ? onlyReturn(value.body) : value.body
  }
}

/** Locks are words that a test may take away (`rowLock(sql, 'for update')`). */
function isLockClause(argument: ts.Expression): argument is ts.StringLiteral {
  return ts.isStringLiteral(argument) && argument.text.startsWith('for ')
}

function onlyReturn(body: ts.Block | undefined): ts.Expression | undefined {
  const [first] = body?.statements ?? []
  return first && ts.isReturnStatement(first) ? first.expression : undefined
}

/** The row type that the code gives to a statement (`` sql<Row[]>`…` ``). */
function rowOf(checker: ts.TypeChecker, node: ts.TaggedTemplateExpression): Statement['row'] {
  const [argument] = node.typeArguments ?? []
  if (!argument) return null
  const list = checker.getTypeFromTypeNode(argument)
  const element = checker.getIndexTypeOfType(list, ts.IndexKind.Number)
  if (!element) return null
  return new Map(
    checker.getPropertiesOfType(element).map(property => [property.name, rough(checker, checker.getTypeOfSymbolAtLocation(property, node))]),
  )
}

function rough(checker: ts.TypeChecker, type: ts.Type): RoughType {
  const plain = checker.getNonNullableType(type)
  const parts = plain.isUnion() ? plain.types : [plain]
  const every = (flag: ts.TypeFlags) => parts.every(part => (part.flags & flag) !== 0)
  if (every(ts.TypeFlags.NumberLike)) return 'number'
  if (every(ts.TypeFlags.BooleanLike)) return 'boolean'
  const name = plain.symbol?.name
  if (name === 'Instant' || name === 'PlainDate') return name
  const isText = parts.every(part => part.flags & ts.TypeFlags.StringLike || (part.isIntersection() && part.types.some(one => one.flags & ts.TypeFlags.StringLike)))
  return isText ? 'string' : 'anything'
}
