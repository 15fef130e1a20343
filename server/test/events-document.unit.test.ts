// docs/asyncapi.json as somebody else's program reads it: the parser of the AsyncAPI Initiative.
import { topics } from '@fitflow/contract/events.ts'
import { expect, test } from 'vitest'
import { judge } from '../../tools/judges.ts'
import { asyncApiDocument } from '../../tools/event-docs.ts'

interface Diagnostic {
  severity: number
  message: string
  path: string[]
}
interface Judge {
  Parser: new () => {
    parse(text: string): Promise<{
      document?: { channels(): { all(): { address(): string }[] } }
      diagnostics: Diagnostic[]
    }>
  }
}

const warning = 1

test('the document of events is valid AsyncAPI without an error or a warning, and has every topic', async () => {
  const { Parser } = judge<Judge>('@asyncapi/parser')
  const { document, diagnostics } = await new Parser().parse(asyncApiDocument())
  expect(diagnostics.filter(one => one.severity <= warning)).toEqual([])
  expect(document?.channels().all().map(channel => channel.address())).toEqual(topics)
}, 120_000)

test('the parser refuses a document that is broken: the control', async () => {
  const { Parser } = judge<Judge>('@asyncapi/parser')
  const { diagnostics } = await new Parser().parse(asyncApiDocument().replace('"action": "send"', '"action": "shout"'))
  expect(diagnostics.filter(one => one.severity === 0).length).toBeGreaterThan(0)
}, 120_000)
