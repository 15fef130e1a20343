// Values that fit a shape, and values that do not, made from the shape itself.
import { randomUUID } from 'node:crypto'
import type Type from 'typebox'

interface Json {
  type?: 'object' | 'array' | 'integer' | 'number' | 'boolean' | 'string' | 'null'
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Json[]
  minimum?: number
  minLength?: number
  items?: Json
  properties?: Record<string, Json>
  required?: string[]
}

/** What our patterns ask for. */
const words = ['Any Words', 'somebody@example.test', '#1f5c46', 'EUR', '07:30', '123456', 'https://hooks.example.test/fitflow']

/** A value that fits, with every optional field set. */
export function fitting(shape: Type.TSchema): unknown {
  return sample(shape as Json)
}

function sample(shape: Json): unknown {
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (shape.anyOf) return sample(shape.anyOf[0]!)
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(Object.entries(shape.properties ?? {}).map(([name, of]) => [name, sample(of)]))
    case 'array':
      return shape.items ? [sample(shape.items)] : []
    case 'integer':
    case 'number':
      return Math.max(1, shape.minimum ?? 1)
    case 'boolean':
      return true
    case 'string':
      return text(shape)
    case 'null':
    case undefined:
      return null
  }
}

function text({ format, pattern, minLength = 0 }: Json): string {
  if (format === 'uuid') return randomUUID()
  if (format === 'date-time') return '2027-02-01T10:00:00Z'
  if (format === 'date') return '2027-02-01'
  const word = pattern === undefined ? 'Any Words' : words.find(candidate => new RegExp(pattern).test(candidate))
  if (word === undefined) throw new Error(`no sample fits ${pattern}: add one`)
  return word.padEnd(minLength, '.')
}

/** The same value with one text in it replaced, once for each text that is free of format and pattern. */
export function withText(shape: Type.TSchema, replacement: string): unknown[] {
  const { properties = {} } = shape as Json
  const free = Object.entries(properties).filter(([, of]) => of.type === 'string' && !of.format && !of.enum)
  return free.map(([name]) => ({ ...(fitting(shape) as object), [name]: replacement }))
}

/** The same value with one field of a wrong type, once for each field. */
export function withWrongTypes(shape: Type.TSchema): { path: string; value: unknown }[] {
  const { properties = {} } = shape as Json
  return Object.keys(properties).flatMap(name =>
    [{ nested: true }, ['list']].map(wrong => ({ path: name, value: { ...(fitting(shape) as object), [name]: wrong } })),
  )
}

/** A text that a parameter of a query or a path cannot be; undefined where any text will do. */
export function wrongText(shape: Type.TSchema): string | undefined {
  const { type, format, enum: choice, pattern } = shape as Json
  const picky = type !== 'string' || format !== undefined || choice !== undefined || pattern !== undefined
  // A pattern may ask for no more than one letter: then what is blank does not fit.
  const wrong = ['nonsense!', ' '].find(text => pattern === undefined || !new RegExp(pattern, 'u').test(text))
  return picky ? wrong : undefined
}
