// Requests that ride together: who forms a batch, who sees a fault, and what a full queue says.
import { expect, onTestFinished, test, vi } from 'vitest'
import { openLane, type Lane, type LaneBounds } from './lane.ts'
import { Problem } from './problem.ts'

/** A lane whose batches wait to be let through; `batches` are those that set out. */
function aLane(bounds: LaneBounds = { batchMax: 4, queueMax: 10 }, fails: (asks: number[]) => Error | undefined = () => undefined) {
  const batches: number[][] = []
  const gates: PromiseWithResolvers<void>[] = []
  let open = false
  const lane: Lane<number, string> = openLane(async asks => {
    batches.push([...asks])
    const gate = Promise.withResolvers<void>()
    gates.push(gate)
    if (!open) await gate.promise
    const fault = fails(asks)
    if (fault) throw fault
    return asks.map(ask => `reply ${ask}`)
  }, bounds)
  return {
    lane,
    batches,
    letThrough() {
      open = true
      gates.forEach(gate => gate.resolve())
    },
    /** Resolves when so many batches have set out. */
    async setOut(count: number) {
      while (batches.length < count) await new Promise(setImmediate)
    },
  }
}

const replies = (asks: number[]) => asks.map(ask => `reply ${ask}`)

test('what is asked in one moment goes together, and each gets its own reply', async () => {
  const { lane, batches, letThrough } = aLane()
  letThrough()
  expect(await Promise.all([1, 2, 3].map(ask => lane.submit(ask)))).toEqual(replies([1, 2, 3]))
  expect(batches).toEqual([[1, 2, 3]])
})

test('what comes while a batch is in flight forms the next ones, in order, none too big', async () => {
  const { lane, batches, letThrough, setOut } = aLane()
  const first = lane.submit(0)
  await setOut(1)
  const later = [1, 2, 3, 4, 5, 6].map(ask => lane.submit(ask))
  expect(batches).toEqual([[0]])
  letThrough()
  expect(await Promise.all([first, ...later])).toEqual(replies([0, 1, 2, 3, 4, 5, 6]))
  expect(batches).toEqual([[0], [1, 2, 3, 4], [5, 6]])
})

test('a lane that came to rest sets out again', async () => {
  const { lane, batches, letThrough } = aLane()
  letThrough()
  await lane.submit(1)
  await lane.idle()
  await lane.submit(2)
  expect(batches).toEqual([[1], [2]])
})

test('a fault in a batch reaches only the one who caused it: the others are run again, alone', async () => {
  const bug = new TypeError('a bug')
  const { lane, batches, letThrough } = aLane(undefined, asks => (asks.includes(2) ? bug : undefined))
  letThrough()
  const outcomes = await Promise.allSettled([1, 2, 3].map(ask => lane.submit(ask)))
  expect(outcomes).toEqual([
    { status: 'fulfilled', value: 'reply 1' },
    { status: 'rejected', reason: bug },
    { status: 'fulfilled', value: 'reply 3' },
  ])
  expect(batches).toEqual([[1, 2, 3], [1], [2], [3]])
})

test('a problem of the whole batch is told to each, and nothing is tried again', async () => {
  const busy = new Problem('overloaded', 'Busy.')
  const { lane, batches, letThrough } = aLane(undefined, () => busy)
  letThrough()
  const outcomes = await Promise.allSettled([1, 2].map(ask => lane.submit(ask)))
  expect(outcomes.map(one => one.status === 'rejected' && one.reason)).toEqual([busy, busy])
  expect(batches).toEqual([[1, 2]])
})

test('after a fault the lane goes on', async () => {
  const { lane, letThrough } = aLane(undefined, asks => (asks.includes(1) ? new Error('once') : undefined))
  letThrough()
  await expect(lane.submit(1)).rejects.toThrow('once')
  expect(await lane.submit(2)).toBe('reply 2')
})

test('past the bound of the queue it says overloaded at once, with when to come again; below it nobody is turned away', async () => {
  const { lane, letThrough, setOut } = aLane({ batchMax: 2, queueMax: 3 })
  const flying = lane.submit(0)
  await setOut(1)
  const queued = [1, 2, 3].map(ask => lane.submit(ask))
  expect(() => lane.submit(4)).toThrow(expect.objectContaining({ code: 'overloaded', retryAfterSeconds: 1 }))
  letThrough()
  expect(await Promise.all([flying, ...queued])).toEqual(replies([0, 1, 2, 3]))
  expect(await lane.submit(5)).toBe('reply 5')
})

test('the first statements of the next batch are sent before the replies of the last are written', async () => {
  const sent: number[][] = []
  const lane = openLane(async (asks: number[]) => {
    // As long as it takes to come by a connection.
    for (let hop = 0; hop < 20; hop++) await Promise.resolve()
    sent.push(asks)
    return asks
  }, { batchMax: 1, queueMax: 9 })
  const sentAtReply = lane.submit(1).then(() => [...sent])
  expect(await lane.submit(2)).toBe(2)
  expect(await sentAtReply).toEqual([[1], [2]])
})

test('it is idle when everything queued and in flight is answered, and at once when nothing is', async () => {
  const { lane, letThrough, setOut } = aLane({ batchMax: 1, queueMax: 9 })
  await lane.idle()
  const answered: string[] = []
  const asked = [1, 2].map(async ask => answered.push(await lane.submit(ask)))
  await setOut(1)
  const idle = lane.idle().then(() => [...answered])
  letThrough()
  expect(await idle).toEqual(replies([1, 2]))
  await Promise.all(asked)
})

test('batches that are not full begin so far apart; the first, and one that is full, at once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const { lane, batches, letThrough, setOut } = aLane({ batchMax: 2, queueMax: 10, apartMs: 100 })
  letThrough()
  await lane.submit(1)
  const later = [lane.submit(2)]
  await vi.advanceTimersByTimeAsync(99)
  expect(batches).toEqual([[1]])
  later.push(lane.submit(3), lane.submit(4), lane.submit(5))
  await vi.advanceTimersByTimeAsync(1)
  await setOut(3)
  expect(batches).toEqual([[1], [2, 3], [4, 5]])
  await Promise.all(later)
})
