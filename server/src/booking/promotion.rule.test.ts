// Who is offered a freed spot, for how long, and until when a class offers any.
import { expect, test } from 'vitest'
import { classOf } from '../../test/classes.ts'
import { lotOf } from '../../test/lots.ts'
import type { HoldId, SessionId } from '../platform/ids.ts'
import { defaultSettings } from '../schedule/settings.ts'
import type { Commitment } from './admission.rule.ts'
import { decideOffer, isOffering } from './promotion.rule.ts'

const session = classOf()
const { startsAt } = session
const tick = { nanoseconds: 1 }
const clash: Commitment = { kind: 'public', id: 'other' as HoldId, sessionId: 'other class' as SessionId, startsAt, endsAt: session.endsAt }
const at = (now: Temporal.Instant) => ({ session, settings: defaultSettings, now })
const now = startsAt.subtract({ hours: 48 })

test.each([
  ['somebody busy and poor: busy is told', [clash], [], 'overlapping-booking'],
  ['somebody busy', [clash], [lotOf('pack')], 'overlapping-booking'],
  ['somebody who cannot pay', [], [lotOf('rest', { creditsBalance: 99 })], 'insufficient-credits'],
  ['somebody with unlimited access', [], [lotOf('year', { creditsGranted: null, creditsBalance: 0 })], null],
  ['somebody with just enough', [], [lotOf('rest', { creditsBalance: 100 })], null],
])('%s is offered the spot or passed over with the reason', (_, commitments, lots, passedOver) => {
  expect(decideOffer({ commitments, lots }, at(now)).passedOver).toBe(passedOver)
})

test.each<[string, Temporal.Instant, Temporal.Instant]>([
  ['five minutes', now, now.add({ seconds: 300 })],
  ['five minutes when they end at the start', startsAt.subtract({ seconds: 300 }), startsAt],
  ['to the start when that comes first', startsAt.subtract({ seconds: 299 }), startsAt],
])('an offer lasts %s: at %s to %s', (_, made, expected) => {
  const decision = decideOffer({ commitments: [], lots: [lotOf('pack')] }, at(made))
  expect(decision).toMatchObject({ passedOver: null, options: [{ method: 'credits', credits: 100 }] })
  expect('expiresAt' in decision && String(decision.expiresAt)).toBe(String(expected))
})

test.each([
  ['published', now, true],
  ['published', startsAt.subtract(tick), true],
  ['published', startsAt, false],
  ['draft', now, false],
  ['in_progress', now, false],
  ['completed', now, false],
  ['cancelled', now, false],
] as const)('a class that is %s offers freed spots at %s: %s', (status, instant, expected) => {
  expect(isOffering({ ...session, status }, instant)).toBe(expected)
})
