// When a queue of the broker is deleted to be made again: only when its consumer has not been ready for long although there was a connection.
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { healQueue } from './heal-queue.ts'
import { openLog } from './log.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function aWire(deletes: () => Promise<unknown> = () => Promise.resolve()) {
  const deleted: string[] = []
  const connection = Object.assign(new EventEmitter(), {
    ready: true,
    queueDelete: ({ queue }: { queue: string }) => (deleted.push(queue), deletes()),
  })
  const consumer = new EventEmitter()
  const close = healQueue({ connection, consumer, queue: 'q', log: openLog('silent') })
  const lose = () => {
    connection.ready = false
    connection.emit('error', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))
    connection.ready = true
    connection.emit('connection')
  }
  return { ...{ connection, consumer, deleted, close, lose }, after: (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000) }
}

test('a queue whose consumer is not ready for half a minute is deleted once, whatever the broker says', async () => {
  const { deleted, after } = aWire()
  await after(29)
  expect(deleted).toEqual([])
  await after(26)
  expect(deleted).toEqual(['q'])
})

test('the half minute is counted over several connections, but never without one, nor right after one began', async () => {
  const { connection, deleted, lose, after } = aWire()
  await after(25)
  connection.ready = false
  await after(60)
  lose()
  await after(9)
  expect(deleted).toEqual([])
  await after(6)
  expect(deleted).toEqual(['q'])
})

test('a queue whose consumer is ready is left alone, also after a connection that was lost', async () => {
  const { consumer, deleted, lose, after } = aWire()
  consumer.emit('ready')
  await after(120)
  lose()
  await after(20)
  consumer.emit('ready')
  await after(120)
  expect(deleted).toEqual([])
})

test('what could not be deleted is tried again once there is a connection that stays', async () => {
  const { deleted, lose, after, close } = aWire(() => Promise.reject(new Error('the connection is gone')))
  await after(30)
  lose()
  await after(9)
  expect(deleted).toEqual(['q'])
  await after(2)
  expect(deleted).toEqual(['q', 'q'])
  await close()
  await after(60)
  expect(deleted).toEqual(['q', 'q'])
})
