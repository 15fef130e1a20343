// `npm run docs`: writes docs/problems.md and docs/events.md out of the contract, so that they cannot say anything else.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { problems } from '@fitflow/contract/problems.ts'
import ts from 'typescript'

interface Document {
  path: string
  text: string
}

const root = resolve(import.meta.dirname, '..')
const eventsSource = 'contract/src/events.ts'

/** The generated documents as they should be, by path from the root of the project. */
export function documents(): Document[] {
  return [
    { path: 'docs/problems.md', text: problemsDocument() },
    { path: 'docs/events.md', text: eventsDocument() },
  ]
}

function problemsDocument(): string {
  const rows = Object.entries(problems)
    .toSorted(([a, one], [b, other]) => one.status - other.status || a.localeCompare(b))
    .map(([code, { status, title }]) => `| ${status} | \`${code}\` | ${title} |`)
  return `# Problems

Every expected no, answered as \`application/problem+json\` (RFC 9457): \`type\`, \`title\`, \`status\`, \`code\`, \`detail\` (a sentence for the person), \`traceId\`, and the facts of the code beside them. \`invalid-request\` carries \`errors: [{path, message}]\`; 429 and 503 carry \`Retry-After\`.

Written by \`npm run docs\` out of [contract/src/problems.ts](../contract/src/problems.ts): change it there.

| status | code | meaning |
|---|---|---|
${rows.join('\n')}
`
}

function eventsDocument(): string {
  const rows = topicsWithFacts().map(({ topic, facts }) => `| \`${topic}\` | ${facts.map(fact => `\`${fact}\``).join(', ')} |`)
  return `# Events

What the house announces after the transaction that did it. Events carry ids and the class session's \`version\`, never a person's data; no order is promised: act on the current state, and drop what is older than what you know. Every event is delivered at least once.

Written by \`npm run docs\` out of [contract/src/events.ts](../${eventsSource}): change it there.

| topic | data |
|---|---|
${rows.join('\n')}
`
}

/** Asks the compiler, because the facts of a topic are put together from several types. */
function topicsWithFacts(): { topic: string; facts: string[] }[] {
  const path = resolve(root, eventsSource)
  const program = ts.createProgram([path], { strict: true, noEmit: true, target: ts.ScriptTarget.Latest })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(path)
  const symbols = source ? checker.getExportsOfModule(checker.getSymbolAtLocation(source)!) : []
  const map = symbols.find(symbol => symbol.name.startsWith('Event'))
  if (!source || !map) throw new Error(`${eventsSource} exports no map of topics to their facts`)
  return checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(map)).map(topic => ({
    topic: topic.name,
    facts: checker.getPropertiesOfType(checker.getTypeOfSymbolAtLocation(topic, source)).map(fact => {
      const type = checker.typeToString(checker.getTypeOfSymbolAtLocation(fact, source))
      return `${fact.name}: ${type.replaceAll('"', "'").replaceAll('|', '\\|')}`
    }),
  }))
}

if (import.meta.main) for (const { path, text } of documents()) writeFileSync(resolve(root, path), text)
