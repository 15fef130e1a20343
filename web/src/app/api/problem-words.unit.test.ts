// Whoever is refused a spot, or a time, reads why, and has a way on.
import { expect, test } from 'vitest'
import type { Problem } from './http.ts'
import { isMangledLink, wordsFor } from './problem-words.ts'

const problem = (code: Problem['code'], detail: string): Problem => ({ code, detail, title: 'A title', status: 409, errors: [], facts: {}, traceId: '' }) as unknown as Problem

test.each<[Problem['code'], string]>([
  ['booking-not-open', '/'],
  ['booking-closed', '/'],
  ['session-not-bookable', '/'],
  ['member-blocked', '/strikes'],
  ['too-many-holds', '/bookings'],
  ['too-many-bookings', '/bookings'],
  ['own-class', '/staff'],
  ['teaching-then', '/'],
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

test.each<[Problem['code'], string, string | undefined]>([
  ['not-found', '/staff/clients/some-id', '/staff/clients'],
  ['not-found', '/staff/series/some-id?day=1', '/staff/series'],
  ['not-found', '/staff/sessions/some-id', '/staff'],
  ['forbidden', '/staff/people', '/staff'],
  ['unauthenticated', '/staff/clients', '/sign-in'],
  ['overlapping-booking', '/staff/sessions/some-id', undefined],
  ['insufficient-credits', '/staff/clients/some-id', undefined],
  ['already-reserved', '/staff/series/some-id', undefined],
  ['studio-closed', '/staff/series/some-id', '/staff/closures'],
  ['not-found', '/staffed', '/'],
])('%s on %s leads staff to their own pages, never to a member’s', (code, url, link) => {
  expect(wordsFor(problem(code, 'What happened'), url).way?.link).toBe(link)
})

test.each([
  ['body/number', 'Please check what you sent. Number is not a mobile number.'],
  ['body/times/0/startsAt', 'Please check what you sent. Starts at is not a mobile number.'],
  ['body', 'Please check what you sent. It is not a mobile number.'],
])('what is wrong with %s is said without its path', (path, detail) => {
  const refused = { ...problem('invalid-request', 'Please check what you sent.'), errors: [{ path, message: 'is not a mobile number' }] }
  expect(wordsFor(refused).detail).toBe(detail)
})

test.each([
  ['/class/abc', '/'],
  ['/staff/clients/abc', '/staff/clients'],
  ['/staff/webhooks/abc', '/staff/webhooks'],
])('a mangled link like %s leads nowhere, and on to %s', (url, link) => {
  const refused = { ...problem('invalid-request', 'The request is not well-formed.'), errors: [{ path: 'path/id', message: 'must match format "uuid"' }] }
  expect(isMangledLink(refused)).toBe(true)
  const { title, detail, way } = wordsFor(refused, url)
  expect([title, detail, way?.link]).toEqual(['There is nothing here', 'It may have been removed, or the link is not quite right.', link])
})

test('what was filled in wrongly is no mangled link', () => {
  expect(isMangledLink({ code: 'invalid-request', errors: [{ path: 'body/path/id', message: 'is missing' }] })).toBe(false)
  expect(isMangledLink({ code: 'invalid-request', errors: [] })).toBe(false)
})
