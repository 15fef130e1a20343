// Forms at the edge alone: what they take, and that only what is refused counts against whoever sends it.
import { expect, test } from 'vitest'
import { anEdge } from '../../test/edge.ts'

const aForm = (requestsPerMinute = 100) =>
  anEdge(
    edge => {
      edge.form('/said', ({ fields, query }) => {
        const status = fields.get('sign') === 'right' ? 200 : 403
        return Promise.resolve({ status, body: JSON.stringify([fields.get('word'), query]) })
      })
      edge.command({ method: 'POST', path: '/told', access: 'anyone', summary: 'Told', answers: { 204: null } }, () => Promise.resolve({ status: 204, body: '', replayed: false }))
    },
    { limits: () => ({ requestsPerMinute }) },
  )

const send = (url: string, fields: Record<string, string>) => fetch(url, { method: 'POST', body: new URLSearchParams(fields) })

test('a form arrives with its fields and its query, without a key and without a sign-in', async () => {
  const { url } = await aForm()
  const answer = await send(`${url}/api/v1/said?of=us`, { sign: 'right', word: 'bird & co' })
  expect([answer.status, await answer.json()]).toEqual([200, ['bird & co', '?of=us']])
})

test('JSON is no form, and a form is no command', async () => {
  const { url } = await aForm()
  const json = await fetch(`${url}/api/v1/said`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  expect(json.status).toBe(415)
  const command = await fetch(`${url}/api/v1/told`, { method: 'POST', headers: { 'idempotency-key': crypto.randomUUID() }, body: new URLSearchParams({ a: 'b' }) })
  expect(command.status).toBe(415)
})

test('what is taken may come as often as it likes, what is refused may not', async () => {
  const { url } = await aForm(3)
  const sent = async (sign: string) => (await send(`${url}/api/v1/said`, { sign })).status
  for (let i = 0; i < 6; i++) expect(await sent('right')).toBe(200)
  for (let i = 0; i < 3; i++) expect(await sent('wrong')).toBe(403)
  expect(await sent('wrong')).toBe(429)
  expect(await sent('right')).toBe(429)
})
