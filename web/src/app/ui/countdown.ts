// The time that is left of a hold or an offer, as a ring that drains; it says its last minute aloud once.
import { Component, computed, effect, inject, input, output, untracked } from '@angular/core'
import { LiveAnnouncer } from '@angular/cdk/a11y'
import { counted } from '../api/amounts.ts'
import { nowMs } from '../api/clock.ts'
import { timeLeft } from '../api/time-left.ts'
import { Ring } from './ring.ts'

@Component({
  selector: 'app-countdown',
  imports: [Ring],
  template: `
    <app-ring [share]="share()" [class.short]="secondsLeft() <= 60">
      <span class="left" role="timer" [attr.aria-label]="spoken()">{{ clock() }}</span>
    </app-ring>
  `,
  styles: `
    :host {
      display: inline-block;
      --tone: var(--held);
      --ring-pace: 1s;
    }
    .short {
      --tone: var(--few);
    }
    .left {
      font-size: var(--countdown, var(--t-28));
      white-space: nowrap;
      font-weight: 560;
      letter-spacing: -0.02em;
      color: var(--ink);
    }
  `,
})
export class Countdown {
  readonly until = input.required<string>()
  readonly since = input.required<string>()
  /** Fires once when the time is over. */
  readonly over = output()

  protected readonly secondsLeft = computed(() => Math.max(0, Math.ceil((Date.parse(this.until()) - nowMs()) / 1000)))
  protected readonly share = computed(() => {
    const whole = Date.parse(this.until()) - Date.parse(this.since())
    return whole <= 0 ? 0 : (this.secondsLeft() * 1000) / whole
  })
  protected readonly clock = computed(() => timeLeft(Date.parse(this.until()), nowMs()))
  /** By the minute: a screen reader that follows each second says nothing else. */
  protected readonly spoken = computed(() => {
    const minutes = Math.floor(this.secondsLeft() / 60)
    if (minutes >= 60) return `More than ${counted(Math.floor(minutes / 60), 'hour', 'hours')} left`
    return minutes === 0 ? 'Less than a minute left' : `More than ${minutes} min left`
  })

  constructor() {
    const announcer = inject(LiveAnnouncer)
    let warned = false
    let ended = false
    effect(() => {
      const left = this.secondsLeft()
      if (left <= 60 && left > 0 && !warned) {
        warned = true
        void announcer.announce('One minute left')
      }
      if (left === 0 && !ended) {
        ended = true
        untracked(() => this.over.emit())
      }
      if (left > 60) warned = ended = false
    })
  }
}
