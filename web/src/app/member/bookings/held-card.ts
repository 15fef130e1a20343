// A hold or an offer that waits for an answer, with its time draining.
import { Component, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Hold } from '@fitflow/contract/booking.ts'
import type { SessionDetail } from '@fitflow/contract/sessions.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { Countdown } from '../../ui/countdown.ts'

@Component({
  selector: 'app-held-card',
  imports: [Countdown, MatButton, RouterLink],
  template: `
    <div class="card held">
      <app-countdown [until]="hold().expiresAt" [since]="hold().createdAt" />
      <div class="words">
        <p class="name">{{ hold().kind === 'offer' ? 'A spot is yours to take' : 'Your spot is held' }}</p>
        <p class="quiet">
          @if (session.value(); as of) {
            {{ of.name }}, {{ when.soon(of.startsAt) }}
          } @else {
            &nbsp;
          }
        </p>
      </div>
      <a matButton="filled" class="dense" [routerLink]="['/class', hold().sessionId]">{{ hold().kind === 'offer' ? 'Decide' : 'Finish' }}</a>
    </div>
  `,
  styles: `
    .held {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 12px 16px;
      padding: 16px 20px;
      border-color: color-mix(in oklab, var(--held) 35%, var(--line));
      --ring: 60px;
      --ring-line: 3;
      --countdown: var(--t-15);
    }
    .words {
      flex: 1 1 170px;
      min-width: 0;
    }
    a {
      flex: 0 1 auto;
    }
    @media (max-width: 480px) {
      a {
        flex: 1 1 100%;
      }
    }
    .name {
      font-size: var(--t-17);
      font-weight: 620;
    }
  `,
})
export class HeldCard {
  readonly hold = input.required<Hold>()
  protected readonly when = inject(When)
  protected readonly session = live<SessionDetail>(() => `/sessions/${this.hold().sessionId}`)
}
