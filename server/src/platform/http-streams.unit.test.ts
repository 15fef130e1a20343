// Streams at the edge alone: how many a person may hold open, and what becomes of one that nobody reads.
import { connect } from 'node:net'
import { expect, test, vi } from 'vitest'
import { anEdge } from '../../test/edge.ts'
import { listen } from '../../test/listen.ts'
import type { Stream, StreamRoute } from './http.ts'

const route = { method: 'GET', path: '/news', access: 'client', summary: 'News', contentType: 'text/event-stream' } as const satisfies StreamRoute

/** An edge with one stream; says which are open. */
async function aStream() {
  const open = new Set<Stream>()
  const edge = await anEdge(({ stream }) => {
    stream(route, (_call, one) => {
      open.add(one)
      return () => void open.delete(one)
    })
  })
  return { ...edge, address: `${edge.url}/api/v1/news`, open }
}

test('what is sent arrives with its id and its name, until the listener goes', async () => {
  const { address, open } = await aStream()
  const ear = await listen(address, { token: 'client-1' })
  for (const one of open) one.send({ id: 'a-1', name: 'word', data: '{"is":"bird"}' })
  expect(await ear.hears(() => true)).toEqual({ id: 'a-1', event: 'word', data: { is: 'bird' } })
  ear.close()
  await vi.waitFor(() => expect(open.size).toBe(0))
})

test('a fifth stream of one person is refused, until one of the four ends; another person is let in', async () => {
  const { address, open } = await aStream()
  const ears = []
  for (const _ of [1, 2, 3, 4]) ears.push(await listen(address, { token: 'client-2' }))
  expect((await listen(address, { token: 'client-2' })).status).toBe(429)
  expect((await listen(address, { token: 'client-3' })).status).toBe(200)
  ears[0]?.close()
  await vi.waitFor(() => expect(open.size).toBe(4))
  expect((await listen(address, { token: 'client-2' })).status).toBe(200)
})

test('whoever does not take what is sent is let go of, and nothing is kept for them without bound', async () => {
  const { url, open } = await aStream()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.pause()
  socket.write('GET /api/v1/news HTTP/1.1\r\nhost: x\r\nauthorization: Bearer client-4\r\n\r\n')
  socket.on('error', () => {})
  await vi.waitFor(() => expect(open.size).toBe(1))
  const data = JSON.stringify('x'.repeat(10_000))
  // The kernel takes some megabytes on its own; then it is up to us.
  let sent = 0
  const [one] = open
  while (open.size > 0 && sent++ < 5000) {
    one?.send({ id: String(sent), name: 'word', data })
    await new Promise(setImmediate)
  }
  expect(open.size).toBe(0)
  socket.destroy()
})

test('a server that stops ends its streams at once', async () => {
  const { address, close } = await aStream()
  const ear = await listen(address, { token: 'client-5' })
  const [, end] = await Promise.all([close(), ear.ended])
  expect(end).toBe('ended')
})

test('a visitor is refused', async () => {
  const { address } = await aStream()
  expect((await fetch(address)).status).toBe(401)
})
