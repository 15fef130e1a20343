// What stays when a standing reservation ends: what is booked and waited for is the member's own.
import type { StandingOccurrence } from '@fitflow/contract/standing.ts'
import { counted } from '../../api/amounts.ts'

/** "2 booked classes and 1 waitlist place stay yours: cancel each on its own page." */
export function whatStays(coming: readonly Pick<StandingOccurrence, 'state'>[]): string {
  const booked = coming.filter((one) => one.state === 'booked').length
  const waiting = coming.filter((one) => one.state === 'waiting' || one.state === 'offered').length
  const parts = [booked > 0 ? counted(booked, 'booked class', 'booked classes') : '', waiting > 0 ? counted(waiting, 'waitlist place') : ''].filter(Boolean)
  if (parts.length === 0) return 'Nothing is booked that would stay.'
  return `${parts.join(' and ')} ${booked + waiting === 1 ? 'stays' : 'stay'} yours: cancel each on its own page.`
}
