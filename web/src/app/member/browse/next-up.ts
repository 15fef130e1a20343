// What runs out, or else what is next for me: one line above the schedule that leads straight there.
import { Component, computed, inject } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { Booking, Hold } from '@fitflow/contract/booking.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { SessionDetail } from '@fitflow/contract/sessions.ts'
import { nowMs } from '../../api/clock.ts'
import { live, type Live } from '../../api/live.ts'
import { ofClassesIn, ofMine } from '../../api/news.ts'
import { When } from '../../api/when.ts'
import { Countdown } from '../../ui/countdown.ts'
import { Icon } from '../../ui/icon.ts'

@Component({
  selector: 'app-next-up',
  imports: [Countdown, Icon, RouterLink],
  template: `
    @if (running(); as hold) {
      <a class="line held" [routerLink]="['/class', hold.sessionId]">
        <app-countdown [until]="hold.expiresAt" [since]="hold.createdAt" />
        <span class="words">
          <b>{{ hold.kind === 'offer' ? 'A spot is yours to take' : 'Your spot is held' }}</b>
          @if (heldSession.value(); as of) {
            <span class="quiet">{{ of.name }}, {{ when.soon(of.startsAt) }}</span>
          }
        </span>
        <app-icon name="chevronRight" />
      </a>
    } @else if (next(); as booking) {
      <a class="line" [routerLink]="['/bookings', booking.id]">
        <app-icon class="code" name="qrCode2" />
        <span class="words">
          <b>{{ booking.session.name }}</b>
          <span class="quiet">You're in. {{ when.soon(booking.session.startsAt) }}.</span>
        </span>
        <app-icon name="chevronRight" />
      </a>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    .line {
      display: flex;
      align-items: center;
      gap: 16px;
      min-height: 72px;
      max-width: 480px;
      padding: 12px 12px 12px 18px;
      border-radius: var(--radius);
      background: var(--accent-soft);
      color: var(--on-accent-soft);
      text-decoration: none;
      --ring: 48px;
      --ring-line: 3;
      --countdown: var(--t-13);
    }
    .line:focus-visible {
      border-radius: var(--radius);
    }
    .held {
      background: var(--held-soft);
      color: var(--ink);
    }
    .words {
      flex: 1;
      display: grid;
      min-width: 0;
    }
    b {
      font-weight: 620;
    }
    .quiet {
      color: inherit;
      opacity: 0.88;
    }
    .code {
      --icon: 28px;
    }
  `,
})
export class NextUp {
  protected readonly when = inject(When)
  private readonly holds = live<Page<Hold>>(() => '/holds/me', { everySeconds: 6, hears: ofMine })
  private readonly upcoming: Live<Page<Booking>> = live<Page<Booking>>(() => '/bookings/me?scope=upcoming&limit=1', {
    everySeconds: 30,
    hears: (said) => ofMine(said) || ofClassesIn(() => this.upcoming.value()?.items ?? [])(said),
  })

  /** The one that ends first. */
  protected readonly running = computed(
    () =>
      (this.holds.value()?.items ?? [])
        .filter((hold) => hold.status === 'active' && Date.parse(hold.expiresAt) > nowMs())
        .sort((one, other) => Date.parse(one.expiresAt) - Date.parse(other.expiresAt))[0],
  )
  protected readonly heldSession = live<SessionDetail>(() => {
    const hold = this.running()
    return hold ? `/sessions/${hold.sessionId}` : undefined
  })
  protected readonly next = computed(() => this.upcoming.value()?.items[0])
}
