// What comes by which way, unless somebody chose, and whatever they chose.
import { expect, test } from 'vitest'
import { chosen, forbiddenChoice, groupOf, wants } from './preferences.rule.ts'

test('e-mail and push come unless they are turned off, an SMS only where it is asked for', () => {
  expect((['email', 'push', 'sms'] as const).map(channel => wants({}, 'reminders', channel))).toEqual([true, true, false])
  const choices = { reminders: { email: false, sms: true } }
  expect((['email', 'push', 'sms'] as const).map(channel => wants(choices, 'reminders', channel))).toEqual([false, true, true])
  expect(wants(choices, 'waitlist', 'email')).toBe(true)
})

test.each(['changes', 'penalties'] as const)('%s come by e-mail in any case, by other ways as chosen', group => {
  const off = { [group]: { email: false, push: false, sms: false } }
  expect((['email', 'push', 'sms'] as const).map(channel => wants(off, group, channel))).toEqual([true, false, false])
  expect(forbiddenChoice(off)).toEqual({ group, channel: 'email' })
  expect(forbiddenChoice({ [group]: { push: false, email: true } })).toBeNull()
})

test('a booking cancelled by the member is a choice, one that anybody else cancelled is not, whoever’s policy it was by', () => {
  expect(groupOf('booking-cancelled', { byStudio: false, reason: null })).toBe('bookings')
  expect(groupOf('booking-cancelled', { byStudio: true, reason: null })).toBe('changes')
  expect(groupOf('booking-cancelled', { byStudio: false, reason: 'You rang to say so.' })).toBe('changes')
})

test('a change says only what is different', () => {
  const was = { reminders: { email: false }, waitlist: { sms: true } }
  expect(chosen(was, { reminders: { push: false } })).toEqual({ reminders: { email: false, push: false }, waitlist: { sms: true } })
  expect(chosen(was, { reminders: { email: true } })).toEqual({ reminders: { email: true }, waitlist: { sms: true } })
})
