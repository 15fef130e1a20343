// Who would be in two places at once when sessions move: the instants at which ranges meet, and whose place is kept.
import { expect, test } from 'vitest'
import type { BookingId, SessionId, UserId } from '../platform/ids.ts'
import { whoOverlaps, type Commitment } from './overlap-after-move.rule.ts'

const eight = Temporal.Instant.from('2027-01-13T08:00:00Z')
const at = (minutes: number) => eight.add({ minutes })
const one = (id: string, sessionId: string, [from, to]: [number, number], userId = 'mia'): Commitment => ({
  ...{ id: id as BookingId, sessionId: sessionId as SessionId, userId: userId as UserId },
  ...{ startsAt: at(from), endsAt: at(to) },
})
const to = (sessionId: string, [from, until]: [number, number]) => ({ sessionId: sessionId as SessionId, startsAt: at(from), endsAt: at(until) })
const dropped = (map: Map<Commitment, Commitment>) => [...map].map(([claim, other]) => `${claim.id}: ${other.id}`)

test.each([
  ['ends as the other begins', [-60, 0], []],
  ['ends a minute into the other', [-59, 1], ['claim: other']],
  ['begins a minute before the other ends', [59, 119], ['claim: other']],
  ['begins as the other ends', [60, 120], []],
  ['lies around the other', [-60, 120], ['claim: other']],
] as const)('a class that then %s', (_, [from, until], expected) => {
  const claim = one('claim', 'moving', [600, 660])
  expect(dropped(whoOverlaps([to('moving', [from, until])], [claim], [one('other', 'staying', [0, 60])]))).toEqual(expected)
})

test('another member’s class is in nobody’s way', () => {
  const claim = one('claim', 'moving', [600, 660])
  expect(dropped(whoOverlaps([to('moving', [0, 60])], [claim], [one('other', 'staying', [0, 60], 'noa')]))).toEqual([])
})

test('where a moving class was is in nobody’s way, where it goes is: the claim that comes first is kept', () => {
  const [a, b] = [one('a', 'first', [0, 60]), one('b', 'second', [120, 180])]
  const swap = [to('first', [120, 180]), to('second', [0, 60])]
  expect(dropped(whoOverlaps(swap, [a, b], [a, b]))).toEqual([])
  const together = [to('first', [300, 360]), to('second', [330, 390])]
  expect(dropped(whoOverlaps(together, [a, b], [a, b]))).toEqual(['b: a'])
  expect(dropped(whoOverlaps(together, [b, a], [a, b]))).toEqual(['a: b'])
})
