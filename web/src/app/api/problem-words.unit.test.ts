// Whoever is refused a spot, or a time, reads why, and has a way on.
import { expect, test } from 'vitest'
import type { Problem } from './http.ts'
import { wordsFor } from './problem-words.ts'

const problem = (code: Problem['code'], detail: string): Problem => ({ code, detail, title: 'A title', status: 409, errors: [], facts: {}, traceId: '' }) as unknown as Problem

test.each<[Problem['code'], string]>([
  ['booking-not-open', '/'],
  ['booking-closed', '/'],
  ['session-not-bookable', '/'],
  ['member-blocked', '/strikes'],
  ['too-many-holds', '/bookings'],
  ['too-many-bookings', '/bookings'],
  ['overlapping-booking', '/bookings'],
  ['already-booked', '/bookings'],
  ['already-reserved', '/bookings/standing'],
  ['insufficient-credits', '/credits'],
  ['studio-closed', '/staff/closures'],
  ['waitlist-closed', '/'],
  ['waitlist-full', '/'],
])('%s keeps the server’s own words and leads on to %s', (code, link) => {
  const { detail, way } = wordsFor(problem(code, 'What happened, in words'))
  expect([detail, way?.link]).toEqual(['What happened, in words.', link])
})
