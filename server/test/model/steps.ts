// What people, staff and time may do in a random life of the studio, each as plain data.
import fc from 'fast-check'

export type Deed =
  | 'hold' | 'confirm' | 'release' | 'cancel' | 'book in' | 'join' | 'leave'
  | 'sweep' | 'settle' | 'move on' | 'wait'
  | 'capacity' | 'call off' | 'call on again' | 'grant'

export interface Step {
  deed: Deed
  member: number
  session: number
  /** Minutes to wait, a capacity, hundredths of a credit, or which of two ways; 1 squeezes in. */
  amount: number
}

const membersMax = 4
const sessionsMax = 4

const member = fc.nat(membersMax - 1)
const session = fc.nat(sessionsMax - 1)
const stepOf = (deed: Deed, amount: fc.Arbitrary<number> = fc.constant(0)) => fc.record({ deed: fc.constant(deed), member, session, amount })

/** Around each bound that time has: offers of 5 minutes, holds of 10, the windows of 24 and 12 hours, a class of an hour, the night. */
const waits = fc.constantFrom(1, 4, 5, 6, 9, 10, 11, 30, 60, 61, 120, 360, 540, 719, 720, 721, 780, 1320, 1439, 1440, 1441)

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: stepOf('hold') },
  { weight: 8, arbitrary: stepOf('confirm', fc.nat(1)) },
  { weight: 3, arbitrary: stepOf('release') },
  { weight: 5, arbitrary: stepOf('cancel', fc.nat(3)) },
  { weight: 3, arbitrary: stepOf('book in', fc.nat(1)) },
  { weight: 7, arbitrary: stepOf('join') },
  { weight: 2, arbitrary: stepOf('leave') },
  { weight: 2, arbitrary: stepOf('sweep') },
  { weight: 7, arbitrary: stepOf('settle') },
  { weight: 1, arbitrary: stepOf('move on') },
  { weight: 5, arbitrary: stepOf('wait', waits) },
  { weight: 3, arbitrary: stepOf('capacity', fc.integer({ min: 1, max: 3 })) },
  { weight: 1, arbitrary: stepOf('call off') },
  { weight: 1, arbitrary: stepOf('call on again') },
  { weight: 1, arbitrary: stepOf('grant', fc.constantFrom(50, 100, 125)) },
)

export const saidOf = ({ deed, member: m, session: s, amount }: Step): string => `${deed} m${m} s${s} ${amount}`
