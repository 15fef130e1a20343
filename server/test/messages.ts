// Facts for every kind of message, in each of the ways that matter to its words.
import type { ClassFacts, FactsOf, MessageFrame, MessageKind } from '../src/notifications/message-kinds.ts'

export const frame: MessageFrame = {
  studioName: 'Harbour Studio',
  accentColor: '#1f5a41',
  publicUrl: 'https://studio.example',
  memberName: 'Ana Torres',
  unsubscribeUrl: 'https://studio.example/unsubscribe?token=abc.def',
  writtenAt: '2027-01-10T10:00:00Z',
}

const aClass: ClassFacts = {
  sessionId: '01890000-0000-7000-8000-000000000001',
  className: 'Reformer Flow',
  trainerName: 'Mara Lindqvist',
  startsAt: '2027-01-12T06:00:00Z',
  endsAt: '2027-01-12T06:50:00Z',
  timeZone: 'Europe/Madrid',
  version: 3,
}

const bookingId = '01890000-0000-7000-8000-000000000002'
const qrToken = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const freeUntil = '2027-01-11T06:00:00Z'
const booked = { ...aClass, bookingId, qrToken, creditsUsed: 150, freeUntil }
const cancelled = { ...aClass, bookingId, creditsReturned: 50, creditsKept: 50, byStudio: false, reason: null }
const changed = { ...aClass, bookingId, had: 'booking', freeUntil, was: { startsAt: '2027-01-12T07:00:00Z', endsAt: '2027-01-12T07:50:00Z' } } as const
const decided = { ...aClass, outcome: 'booked', bookingId, qrToken, creditsUsed: 100, freeUntil, reason: null } as const

type Samples = { [K in MessageKind]: FactsOf[K][] }

export const samples: Samples = {
  'booking-confirmed': [booked, { ...booked, creditsUsed: 0, freeUntil: null, trainerName: null }],
  'booking-cancelled': [
    cancelled,
    { ...cancelled, late: { kind: 'part', hours: 24, percent: 50 } },
    { ...cancelled, creditsReturned: 0, late: { kind: 'none', hours: 12 }, penalties: [] },
    { ...cancelled, creditsReturned: 0, creditsKept: 0, late: { kind: 'none', hours: 1 }, penalties: [{ kind: 'strike', counting: 2, max: 3 }, { kind: 'fee', amount: 500, currency: 'EUR' }] },
    ...(['booked', 'held', 'taught', 'other'] as const).map(movedOnto => ({
      ...{ ...cancelled, creditsKept: 0, creditsReturned: 100, byStudio: true, movedOnto, bookedFor: { startsAt: '2027-01-12T08:00:00Z', endsAt: '2027-01-12T08:50:00Z' } },
    })),
    { ...cancelled, creditsKept: 0, creditsReturned: 100, byStudio: true, reason: 'The floor is being repaired.' },
  ],
  'session-cancelled': (['booking', 'hold', 'offer', 'waiting'] as const).map(had => ({
    ...{ ...aClass, had, bookingId: had === 'booking' ? bookingId : null, creditsReturned: had === 'booking' ? 100 : 0, reason: 'Mara is ill' },
  })),
  'session-on-again': (['booking', 'hold', 'offer', 'waiting'] as const).map(had => ({ ...aClass, had, creditsReturned: had === 'booking' ? 100 : 0 })),
  'session-changed': [
    changed,
    { ...changed, was: { trainerName: null, className: 'Mat Flow' } },
    { ...changed, bookingId: null, had: 'waiting', freeUntil: null, was: { trainerName: 'Jo Park' } },
  ],
  'reminder-day': [{ ...aClass, bookingId, qrToken, freeUntil }],
  'reminder-hour': [{ ...aClass, bookingId, qrToken, freeUntil: null }],
  'waitlist-offer': [
    { ...aClass, holdId: bookingId, expiresAt: '2027-01-11T09:10:00Z', creditsNeeded: 100 },
    { ...aClass, holdId: bookingId, expiresAt: '2027-01-11T09:10:00Z', creditsNeeded: null },
  ],
  'waitlist-booked': [booked],
  'no-show': [
    { ...aClass, bookingId, creditsKept: 100, penalty: null },
    { ...aClass, bookingId, creditsKept: 0, penalty: { kind: 'strike', counting: 2, max: 3 } },
    { ...aClass, bookingId, creditsKept: 0, penalty: { kind: 'fee', amount: 1250, currency: 'EUR' } },
  ],
  'credit-expiring': [{ membershipId: bookingId, lotName: '10-class pack', creditsLeft: 450, validUntil: '2027-01-19T23:00:00Z', days: 7, timeZone: 'Europe/Madrid' }],
  'block-began': [{ blockId: bookingId, endsAt: '2027-01-26T08:00:00Z', timeZone: 'Europe/Madrid' }],
  'block-ended': [{ blockId: bookingId, endsAt: '2027-01-26T08:00:00Z', timeZone: 'Europe/Madrid' }],
  'webhook-paused': [
    { webhookId: bookingId, host: 'hooks.example.test', cause: 'failing', timeZone: 'Europe/Madrid' },
    { webhookId: bookingId, host: 'hooks.example.test', cause: 'gone', timeZone: 'Europe/Madrid' },
  ],
  'standing-decided': [
    decided,
    { ...decided, outcome: 'waitlisted', bookingId: null, qrToken: null, creditsUsed: 0, freeUntil: null },
    { ...decided, outcome: 'skipped', bookingId: null, qrToken: null, creditsUsed: 0, freeUntil: null, reason: 'insufficient-credits' },
    { ...decided, outcome: 'skipped', bookingId: null, qrToken: null, creditsUsed: 0, freeUntil: null, reason: 'something-new' },
  ],
}

export const kinds = Object.keys(samples) as MessageKind[]
export const languages = ['en', 'es'] as const
