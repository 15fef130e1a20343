// Booking has not opened yet: when it does, and the time until then. At that instant the page offers the spot by itself.
import { Component, computed, inject, input } from '@angular/core'
import type { SessionDetail } from '@fitflow/contract/sessions.ts'
import { nowMs } from '../../api/clock.ts'
import { untilWords } from '../../api/time-left.ts'
import { When } from '../../api/when.ts'

@Component({
  selector: 'app-opens-panel',
  template: `
    <h2>Booking opens {{ when.soon(session().bookingOpensAt) }}</h2>
    <p class="left num" role="timer" [attr.aria-label]="'Opens in ' + left()" [class.soon]="isSoon()">{{ left() }}</p>
    <p class="quiet">Stay or come back: this page opens by itself, and one tap holds your spot.</p>
    @if (session().series?.isOpen && !session().series?.standingId) {
      <p class="quiet">Coming every time? A standing reservation is booked before that.</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
    }
    h2 {
      font-size: var(--t-22);
      letter-spacing: -0.02em;
    }
    .left {
      color: var(--ink);
      font-size: var(--t-40);
      font-weight: 560;
      line-height: 1.1;
      letter-spacing: -0.03em;
    }
    .soon {
      color: var(--held);
    }
  `,
})
export class OpensPanel {
  readonly session = input.required<SessionDetail>()
  protected readonly when = inject(When)
  private readonly leftMs = computed(() => Date.parse(this.session().bookingOpensAt) - nowMs())
  protected readonly left = computed(() => untilWords(this.leftMs()))
  protected readonly isSoon = computed(() => this.leftMs() < 60_000)
}
