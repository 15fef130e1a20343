// Checks what came in against its shape, and says in a person's words what does not fit.
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import Format from 'typebox/format'
import { Problem } from './problem.ts'

export interface Violation {
  /** `body/capacity`, `query/from`, `path/id`. */
  path: string
  message: string
}

export type Part = 'path' | 'query' | 'body'

/** Says what is wrong with a value; null when nothing is. */
export type Check = (value: unknown) => Violation[] | null

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/

// Wide enough for any studio, and inside what PostgreSQL and arithmetic on instants can hold.
const sane = (year: number) => year >= 1900 && year < 2200

Format.Set('date-time', text => {
  if (!rfc3339.test(text) || !sane(Number(text.slice(0, 4)))) return false
  try {
    Temporal.Instant.from(text)
    return true
  } catch {
    // 30 February: only the parser knows.
    return false
  }
})
const isDay = Format.Get('date')
Format.Set('date', text => isDay !== undefined && isDay(text) && sane(Number(text.slice(0, 4))))

const nothing = Type.Object({}, { additionalProperties: false })

/** Compiles a shape once; without one, nothing may be sent. */
export function compileCheck(part: Part, shape: Type.TSchema = nothing): Check {
  const validator = Compile(shape)
  return value => {
    if (!validator.Check(value)) return meant(validator.Errors(value)).flatMap(error => violations(part, error)).slice(0, 20)
    return storable(value) ? null : [{ path: part, message: 'must be text without NUL or broken characters' }]
  }
}

/** Of a union only what is wrong with the one shape whose constants are there, when just one has them: nobody meant the others. Nor nothing, who sent something. */
function meant(errors: TLocalizedValidationError[]): TLocalizedValidationError[] {
  return errors.filter(error => error.keyword === 'anyOf').reduce((left, union) => {
    const inside = `${union.schemaPath}/anyOf/`
    const shapeOf = ({ schemaPath }: TLocalizedValidationError) => (schemaPath.startsWith(inside) ? schemaPath.slice(inside.length).split('/')[0] : undefined)
    const isOther = (error: TLocalizedValidationError) =>
      (error.keyword === 'const' && error.schemaPath.slice(inside.length).includes('/properties/')) || (error.keyword === 'type' && error.params.type === 'null')
    const others = new Set(left.filter(error => shapeOf(error) !== undefined && isOther(error)).map(shapeOf))
    const those = new Set(left.map(shapeOf).filter(shape => shape !== undefined && !others.has(shape)))
    if (others.size === 0 || those.size !== 1) return left
    return left.filter(error => error !== union && (shapeOf(error) === undefined || those.has(shapeOf(error))))
  }, errors)
}

function violations(part: Part, error: TLocalizedValidationError): Violation[] {
  const at = part + error.instancePath
  if (error.keyword === 'additionalProperties') {
    return error.params.additionalProperties.map(name => ({ path: `${at}/${name}`, message: 'is not known here' }))
  }
  if (error.keyword === 'required') {
    return error.params.requiredProperties.map(name => ({ path: `${at}/${name}`, message: 'is missing' }))
  }
  // JavaScript's `false` schema stands for every unknown property and adds nothing to the line above.
  if (error.keyword === 'boolean') return []
  return [{ path: at, message: error.message }]
}

/** PostgreSQL takes neither U+0000 nor half a surrogate pair, wherever in a value they hide. */
export function storable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  for (const key in value) if (!storable((value as Record<string, unknown>)[key])) return false
  return true
}

/** Turns the strings of a query or a path into what their shape says: integers, numbers, booleans. */
export function compileReader(shape: Type.TSchema | undefined): (given: Record<string, unknown>) => Record<string, unknown> {
  const properties = (shape as { properties?: Record<string, { type?: string }> } | undefined)?.properties ?? {}
  const typed = Object.entries(properties).filter(([, { type }]) => type !== 'string')
  return given => {
    let read = given
    for (const [name, { type }] of typed) {
      const text = given[name]
      if (typeof text === 'string') read = { ...read, [name]: fromText(text, type) }
    }
    return read
  }
}

/** What cannot be converted stays text, for the check to refuse. */
function fromText(text: string, type: string | undefined): unknown {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  const numeric = type === 'integer' || type === 'number'
  return numeric && /^-?\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : text
}

/** The 400 for what does not fit its shape. */
export function malformed(errors: Violation[]): Problem {
  return new Problem('invalid-request', 'Please check what you sent.', { errors })
}
