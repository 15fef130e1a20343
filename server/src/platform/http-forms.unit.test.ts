// Forms at the edge alone: what they take, and that of what is signed only what is refused counts against whoever sends it.
import Type from 'typebox'
import { expect, test } from 'vitest'
import { anEdge } from '../../test/edge.ts'
import type { CommandRoute } from './http.ts'
import { Problem } from './problem.ts'

const Said = Type.Object({ sign: Type.String() }, { additionalProperties: Type.Union([Type.String(), Type.Array(Type.String())]) })
const aRoute = (path: string, form: CommandRoute['form'] | null) =>
  ({ method: 'POST', path, access: 'anyone', summary: 'Said', body: Said, answers: { 200: Said }, ...(form && { form }) }) as const

const aForm = (requestsPerMinute = 100) =>
  anEdge(
    edge => {
      for (const route of [aRoute('/said', 'signed'), aRoute('/clicked', 'unsigned'), aRoute('/told', null)]) {
        edge.command(route, ({ body }) => {
          if (body.sign !== 'right') throw new Problem('forbidden', 'Not signed.')
          return Promise.resolve({ status: 200, body: JSON.stringify(body), replayed: false })
        })
      }
    },
    { limits: () => ({ requestsPerMinute }) },
  )

const send = (url: string, fields: Record<string, string> | string) => fetch(url, { method: 'POST', body: new URLSearchParams(fields) })

test('a form arrives with its fields, what is repeated as a list, without a key and without a sign-in', async () => {
  const { url } = await aForm()
  const answer = await send(`${url}/api/v1/said`, 'sign=right&word=bird+%26+co&of=us&of=them')
  expect([answer.status, await answer.json()]).toEqual([200, { sign: 'right', word: 'bird & co', of: ['us', 'them'] }])
})

test('what does not fit is refused, and a form is no command', async () => {
  const { url } = await aForm()
  expect((await send(`${url}/api/v1/said`, { word: 'right' })).status).toBe(400)
  const command = await fetch(`${url}/api/v1/told`, { method: 'POST', headers: { 'idempotency-key': crypto.randomUUID() }, body: new URLSearchParams({ sign: 'right' }) })
  expect(command.status).toBe(415)
})

test('what is signed may come as often as it likes; what is refused, or not signed, may not', async () => {
  const { url } = await aForm(3)
  const sent = async (sign: string, path = 'said') => (await send(`${url}/api/v1/${path}`, { sign })).status
  for (let i = 0; i < 6; i++) expect(await sent('right')).toBe(200)
  for (let i = 0; i < 2; i++) expect(await sent('wrong')).toBe(403)
  expect(await sent('right', 'clicked')).toBe(200)
  expect(await sent('wrong')).toBe(429)
  expect(await sent('right')).toBe(429)
})
