// Says aloud what the page shows in another shape: a state that changed while somebody was listening.
import { effect, inject } from '@angular/core'
import { LiveAnnouncer } from '@angular/cdk/a11y'
import type { ClassState } from './class-state.ts'

const words: Record<ClassState, string> = {
  cancelled: 'This class is cancelled',
  own: 'You teach this class.',
  over: 'This class can no longer be booked',
  booked: "You're in",
  held: 'Your spot is held',
  offered: 'A spot is yours to take',
  waiting: 'You are on the waitlist',
  'not-open': 'Booking has not opened yet',
  closed: 'Booking has closed',
  free: 'A spot is free',
  'held-by-others': 'Somebody is holding the last spot',
  full: 'This class is full',
}

/** Announces each state after the first, which the page itself reads out. */
export function announceChanges(state: () => ClassState | undefined): void {
  const announcer = inject(LiveAnnouncer)
  let known: ClassState | undefined
  effect(() => {
    const now = state()
    if (known !== undefined && now !== undefined && now !== known) void announcer.announce(words[now])
    known = now ?? known
  })
}
