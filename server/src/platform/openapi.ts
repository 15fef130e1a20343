// The API's own description, OpenAPI 3.1, out of the same shapes that check what comes in.
import { problems, type ProblemCode } from '@fitflow/contract/problems.ts'
import Type from 'typebox'
import { formType } from './http-body.ts'
import { basePath } from './http-routes.ts'
import type { Route } from './http.ts'

type Json = Record<string, unknown>

const problemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.Enum(Object.keys(problems)),
  detail: Type.String({ description: 'A sentence for a person.' }),
  traceId: Type.String({ description: 'Names this request in our log.' }),
  errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
})

const keyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'A UUID, or 16 to 64 printable characters. The same key and request within 24 hours get the first answer again.',
  schema: { type: 'string', minLength: 16, maxLength: 64, pattern: '^[\\x20-\\x7e]+$' },
}
const replayedHeader = {
  'Idempotency-Replayed': { description: '`true` when this answer was given before', schema: { type: 'string', const: 'true' } },
}

/** Describes these routes. */
export function describeApi(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:([a-zA-Z_]+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'FitFlow',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description: 'Class sessions, holds, bookings and credits of a fitness studio. Refusals are RFC 9457 problems.',
    },
    servers: [{ url: basePath }],
    tags: [...new Set(routes.map(tagOf))].sort().map(name => ({ name })),
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The token of a sign-in, or an API key' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'fitflow.session_token' },
      },
    },
  }
}

const tagOf = ({ path }: Route) => path.split('/').find(part => part !== '') ?? 'root'

function operation(route: Route): Json {
  const isCommand = route.method !== 'GET'
  const parameters = [...parametersOf('path', route.params), ...parametersOf('query', route.query), ...(isCommand && !('form' in route) ? [keyParameter] : [])]
  const known = [{ bearer: [] }, { cookie: [] }]
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[/:_-]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: route.summary,
    tags: [tagOf(route)],
    description: route.access === 'anyone' ? 'Needs no sign-in.' : `Needs the role ${route.access} or higher.`,
    security: route.access === 'anyone' ? [{}, ...known] : known,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(route),
    responses: { ...answersOf(route), ...refusalsOf(route) },
  }
}

function parametersOf(place: 'path' | 'query', shape: Type.TSchema | undefined): Json[] {
  const { properties = {}, required = [] } = (shape ?? {}) as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }))
}

function bodyOf(route: Route): Json {
  if (!('body' in route) || route.body === undefined) return {}
  const { required = [] } = route.body as { required?: string[] }
  return { requestBody: { required: required.length > 0, content: { ['form' in route ? formType : 'application/json']: { schema: route.body } } } }
}

function answersOf(route: Route): Json {
  if ('contentType' in route) {
    const description = route.contentType === 'text/event-stream' ? 'Events as they happen' : 'The file'
    return { 200: { description, content: { [route.contentType]: { schema: { type: 'string' } } } } }
  }
  const headers = route.method === 'GET' ? {} : { headers: replayedHeader }
  return Object.fromEntries(
    Object.entries(route.answers as Record<string, Type.TSchema | null>).map(([status, schema]) => [
      status,
      { description: descriptions[status] ?? 'Done', ...headers, ...(schema ? { content: { 'application/json': { schema } } } : {}) },
    ]),
  )
}

const descriptions: Record<string, string> = {
  200: 'Here it is',
  201: 'Made',
  202: 'Under way',
  204: 'Done; there is nothing to say',
}

/** What every route of its kind may refuse, then its own: one answer for each status, naming its codes. */
function refusalsOf(route: Route): Json {
  const byStatus = Map.groupBy(new Set([...codesOf(route), ...(route.problems ?? [])]), code => problems[code].status)
  return Object.fromEntries(
    Array.from(byStatus, ([status, codes]) => [
      status,
      {
        description: codes.map(code => `\`${code}\`: ${problems[code].title}`).join('; '),
        ...(status === 429 || status === 503 ? { headers: { 'Retry-After': { schema: { type: 'integer' } } } } : {}),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

function codesOf(route: Route): ProblemCode[] {
  const codes: ProblemCode[] = ['invalid-request', 'rate-limited', 'internal-error', 'overloaded', 'unauthenticated']
  if (route.access !== 'anyone' || route.method !== 'GET') codes.push('forbidden')
  if (route.params) codes.push('not-found')
  if (route.method === 'GET') return codes
  if ('form' in route) return [...codes, 'body-too-large', 'unsupported-media-type']
  return [
    ...codes,
    'idempotency-key-required',
    'idempotency-key-reused',
    'request-in-progress',
    'body-too-large',
    'unsupported-media-type',
  ]
}
