// `npm run docs`: writes the documents of problems and events out of the contract, so that they cannot say anything else.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { problems } from '@fitflow/contract/problems.ts'
import { asyncApiDocument, eventsDocument } from './event-docs.ts'

interface Document {
  path: string
  text: string
}

const root = resolve(import.meta.dirname, '..')

/** The generated documents as they should be, by path from the root of the project. */
export function documents(): Document[] {
  return [
    { path: 'docs/problems.md', text: problemsDocument() },
    { path: 'docs/events.md', text: eventsDocument() },
    { path: 'docs/asyncapi.json', text: asyncApiDocument() },
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

if (import.meta.main) for (const { path, text } of documents()) writeFileSync(resolve(root, path), text)
