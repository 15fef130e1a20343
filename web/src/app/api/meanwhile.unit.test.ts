// Two people change one thing: the second hears what the first changed and loses nothing that they typed; bookings in between bother nobody.
import { afterEach, expect, test, vi } from 'vitest'
import { differencesOf, rebased, versionedCommand } from './meanwhile.ts'

interface Thing {
  version: number
  hour: string
}

/** A server that takes a change for its own version alone; others act between two requests. */
function aServer(thing: Thing, meanwhile: ((thing: Thing) => void)[] = []) {
  const sent: (string | null)[] = []
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    meanwhile.shift()?.(thing)
    const version = new Headers(init.headers).get('If-Match')
    sent.push(version)
    if (version !== `"v${thing.version}"`) return Promise.resolve(Response.json({ code: 'precondition-failed' }, { status: 412 }))
    return Promise.resolve(Response.json({ ok: true }))
  })
  return sent
}
afterEach(() => vi.unstubAllGlobals())

const others: Record<string, (thing: Thing) => void> = {
  books: (thing) => void (thing.version += 1),
  moves: (thing) => Object.assign(thing, { version: thing.version + 1, hour: '18:00' }),
}
const ask = { method: 'PATCH', path: '/things/one', body: {} } as const

function aChange(thing: Thing) {
  const adopted: Thing[] = []
  const doing = versionedCommand<Thing>({ read: () => Promise.resolve({ ...thing }), says: ({ hour }) => ({ Start: hour }), adopt: (is) => adopted.push(is) })
  return { doing, adopted }
}

test('a change is sent for the version that was read', async () => {
  const thing = { version: 3, hour: '17:00' }
  const sent = aServer(thing)
  expect(await aChange(thing).doing.send({ ...thing }, ask)).toEqual({ answer: { ok: true } })
  expect(sent).toEqual(['"v3"'])
})

test('who was second reads what the first changed, nothing is saved, and the next try goes for what is there now', async () => {
  const thing = { version: 3, hour: '17:00' }
  aServer(thing, [others['moves']!])
  const { doing, adopted } = aChange(thing)
  expect(await doing.send({ version: 3, hour: '17:00' }, ask)).toBe(null)
  expect([doing.theirs(), doing.problem()]).toEqual([[{ label: 'Start', was: '17:00', is: '18:00' }], undefined])
  expect(await doing.send(adopted[0]!, ask)).toEqual({ answer: { ok: true } })
  expect(doing.theirs()).toEqual([])
})

test('a booking in between moves the version and is no change of anybody: it goes again by itself', async () => {
  const thing = { version: 3, hour: '17:00' }
  const sent = aServer(thing, [others['books']!, others['books']!])
  const { doing } = aChange(thing)
  expect(await doing.send({ ...thing }, ask)).toEqual({ answer: { ok: true } })
  expect([sent, doing.theirs()]).toEqual([['"v3"', '"v4"', '"v5"'], []])
})

test('where bookings never pause it gives up with the refusal', async () => {
  const thing = { version: 3, hour: '17:00' }
  aServer(thing, Array.from({ length: 20 }, () => others['books']!))
  const { doing } = aChange(thing)
  expect(await doing.send({ ...thing }, ask)).toBe(null)
  expect(doing.problem()?.code).toBe('precondition-failed')
})

test('a field that was typed into stays, the others follow', () => {
  const [was, is] = [{ hour: '17:00', people: 12 }, { hour: '18:00', people: 9 }]
  expect(rebased({ hour: '17:00', people: 20 }, was, is)).toEqual({ hour: '18:00', people: 20 })
  expect(differencesOf({ Start: '17:00' }, { Start: '17:00' })).toEqual([])
})
