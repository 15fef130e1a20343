// Every setting does something: what a rule says under the defaults, and with that one changed, differs. Over HTTP: settings-limits.test.ts.
import { expect, test } from 'vitest'
import { checkinTimes } from '../src/attendance/mark.rule.ts'
import { decideHold, waitlistDoor, type Commitment, type Member } from '../src/booking/admission.rule.ts'
import { bookingWindow } from '../src/booking/booking-window.rule.ts'
import { decideCancellation } from '../src/booking/cancellation.rule.ts'
import { capReached } from '../src/booking/caps.rule.ts'
import { decidePromotion, freeCancelUntil, handsOn } from '../src/booking/promotion.rule.ts'
import { quietUntil } from '../src/booking/quiet-hours.rule.ts'
import { standingTurn } from '../src/booking/standing.rule.ts'
import { warningDue } from '../src/credits/expiry.rule.ts'
import { blockOf, lapseOf, penaltyFor } from '../src/credits/strikes.rule.ts'
import type { HoldId, SessionId } from '../src/platform/ids.ts'
import { horizonDays } from '../src/schedule/fill-series.ts'
import { wirePrice } from '../src/schedule/price.rule.ts'
import { defaultSettings, type Settings, type SettingValues } from '../src/schedule/settings.ts'
import { claims } from '../src/schedule/spots-left.rule.ts'
import { studioDay } from '../src/schedule/studio-days.rule.ts'
import { classOf } from './classes.ts'
import { lotOf } from './lots.ts'

const session = classOf({ startsAt: Temporal.Instant.from('2027-01-13T18:00:00Z') })
const { startsAt } = session
const before = (time: Temporal.DurationLike) => startsAt.subtract(time)
const has = (kind: Commitment['kind'], time: Temporal.DurationLike): Commitment => {
  const begins = before(time)
  return { kind, id: 'other' as HoldId, sessionId: 'other class' as SessionId, startsAt: begins, endsAt: begins.add({ hours: 1 }) }
}
const member = (...commitments: Commitment[]): Member => ({ commitments, lots: [lotOf('pack')], blockedUntil: null })

const hold = (settings: Settings, who = member()) => {
  try {
    return decideHold(who, { session, nextReleaseAt: null, settings, now: before({ hours: 48 }) })
  } catch (no) {
    return no
  }
}
const caps = (settings: Settings, now = before({ hours: 48 })) => capReached(member(has('booking', { hours: 3 })), { session, settings, now })
const promoted = (settings: Settings, now: Temporal.Instant) => decidePromotion(member(), { session, mode: 'auto', settings, now })
const cancelled = (settings: Settings, hours: number) => decideCancellation({ startsAt, now: before({ hours }), freeCancelUntil: null }, 100, settings)
const warned = (settings: Settings, days: number, said: number[] = []) => warningDue(lotOf('a', { validFrom: before({ hours: 60 * 24 }), validUntil: startsAt }), before({ hours: days * 24 }), settings, said)
const byClock = (settings: Settings) => bookingWindow(startsAt, { ...settings, bookingOpensMode: 'clock' })
const night = Temporal.Instant.from('2027-01-12T02:00:00Z')

type Shown = 'studioName' | 'accentColor'
type Limited = 'holdsPerMinute' | 'requestsPerMinute' | 'failedSignInsPerAccountPerMinute' | 'failedSignInsPerAddressPerMinute'

/** For each setting another value, and something that is decided by it. */
const acts: { [Name in Exclude<keyof SettingValues, Shown | Limited>]: [is: SettingValues[Name], what: (settings: Settings) => unknown] } = {
  timeZone: ['Asia/Tokyo', ({ timeZone }) => studioDay(startsAt, timeZone)],
  currency: ['USD', ({ currency }) => wirePrice({ priceCredits: 100, dropInCents: 1500 }, currency)],
  holdSeconds: [60, hold],
  liveHoldsMax: [1, settings => hold(settings, member(has('public', { hours: 100 })))],
  bookingOpensMode: ['clock', settings => bookingWindow(startsAt, settings)],
  bookingOpensDays: [7, settings => bookingWindow(startsAt, settings)],
  bookingOpensWeekday: [4, byClock],
  bookingOpensTime: ['12:00', byClock],
  bookingOpensLeadDays: [14, byClock],
  bookingClosesMinutes: [5, settings => bookingWindow(startsAt, settings)],
  bookingsPerDayMax: [1, caps],
  bookingsPerWeekMax: [1, caps],
  bookingsUpcomingMax: [1, caps],
  standingLeadMinutes: [90, settings => standingTurn(startsAt, settings)],
  seriesHorizonWeeks: [4, ({ timeZone, seriesHorizonWeeks }) => horizonDays({ timeZone }, startsAt, seriesHorizonWeeks)],
  graceMinutes: [5, settings => checkinTimes({ startsAt, createdAt: startsAt, settings })],
  scanOpensMinutes: [15, settings => checkinTimes({ startsAt, createdAt: startsAt, settings })],
  lateJoinMinutes: [5, settings => handsOn({ session, settings, now: startsAt.add({ minutes: 10 }) })],
  waitlistCutoffMinutes: [60, settings => claims({ startsAt, waiting: 1 }, settings, before({ minutes: 45 }))],
  waitlistMax: [2, settings => waitlistDoor({ kind: 'class', waitlistPaused: false, waitlistLength: 2 }, settings)],
  offerSeconds: [60, settings => decidePromotion(member(), { session, mode: 'offer', settings, now: before({ hours: 48 }) })],
  autoPromotionHours: [6, settings => promoted(settings, before({ hours: 8 }))],
  promotionFreeCancelMinutes: [60, settings => freeCancelUntil(before({ hours: 8 }), session, settings)],
  quietHoursStart: ['03:00', settings => quietUntil(night, settings)],
  quietHoursEnd: ['06:00', settings => quietUntil(night, settings)],
  strikesOn: [false, settings => penaltyFor('no-show', 'membership', settings)],
  strikesMax: [2, settings => blockOf(1, startsAt, settings)],
  strikeWindowDays: [30, settings => lapseOf(startsAt, settings)],
  blockDays: [7, settings => blockOf(2, startsAt, settings)],
  lateCancelFee: [500, settings => penaltyFor('late-cancel', 'membership', settings)],
  noShowFee: [500, settings => penaltyFor('no-show', 'membership', settings)],
  firstExpiryWarningDays: [7, settings => warned(settings, 10)],
  lastExpiryWarningDays: [1, settings => warned(settings, 2, [14])],
  fullReturnHours: [48, settings => cancelled(settings, 36)],
  halfReturnHours: [6, settings => cancelled(settings, 8)],
  halfReturnPercent: [75, settings => cancelled(settings, 18)],
}

const said = (what: unknown) => JSON.stringify(what)

test.each(Object.entries(acts) as [string, [unknown, (settings: Settings) => unknown]][])('%s changes what is decided', (name, [is, what]) => {
  const changed = said(what({ ...defaultSettings, [name]: is }))
  expect(changed).not.toBe(said(what(defaultSettings)))
})
