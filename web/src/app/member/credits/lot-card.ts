// One lot of credits, or one period of unlimited access: what is left and until when.
import { Component, computed, inject, input } from '@angular/core'
import type { Membership } from '@fitflow/contract/credits.ts'
import { counted, plain } from '../../api/amounts.ts'
import { When } from '../../api/when.ts'
import { Icon } from '../../ui/icon.ts'

const warnDays = 14

@Component({
  selector: 'app-lot-card',
  imports: [Icon],
  template: `
    <div class="card lot">
      <div class="head">
        <h2>{{ lot().name }}</h2>
        @if (next()) {
          <span class="tag good">Spent first</span>
        }
      </div>
      @if (lot().creditsBalance === null) {
        <p class="left"><app-icon name="allInclusive" /> Unlimited</p>
      } @else {
        <p class="left num">
          {{ plain(lot().creditsBalance ?? 0) }}
          @if (lot().creditsGranted; as granted) {
            <span class="quiet">of {{ plain(granted) }}</span>
          }
        </p>
        <span class="track" aria-hidden="true"><span class="rest" [style.width.%]="share()"></span></span>
      }
      <p class="small num" [class.soon]="soon()" [class.quiet]="!soon()">{{ ends() }}</p>
    </div>
  `,
  styles: `
    :host,
    .lot {
      height: 100%;
    }
    .lot {
      display: grid;
      gap: 10px;
      align-content: space-between;
    }
    .head {
      display: flex;
      justify-content: space-between;
      gap: 12px;
    }
    h2 {
      font-size: var(--t-15);
    }
    .tag {
      align-self: start;
    }
    .left {
      display: flex;
      align-items: baseline;
      gap: 8px;
      font-size: var(--t-28);
      font-weight: 560;
      letter-spacing: -0.02em;
    }
    .left app-icon {
      align-self: center;
      color: var(--accent);
    }
    .left .quiet {
      font-size: var(--t-15);
      font-weight: 400;
      letter-spacing: 0;
    }
    .track {
      display: block;
      height: 4px;
      border-radius: 2px;
      background: var(--line);
      overflow: hidden;
    }
    .rest {
      display: block;
      height: 100%;
      border-radius: 2px;
      background: var(--accent);
    }
    .soon {
      color: var(--few);
      font-weight: 560;
    }
  `,
})
export class LotCard {
  readonly lot = input.required<Membership>()
  readonly next = input(false)
  private readonly when = inject(When)
  protected readonly plain = plain
  protected readonly share = computed(() => {
    const { creditsBalance, creditsGranted } = this.lot()
    return creditsGranted ? Math.min(100, ((creditsBalance ?? 0) / creditsGranted) * 100) : 100
  })
  private readonly days = computed(() => this.when.daysUntil(this.lot().validUntil))
  protected readonly soon = computed(() => this.days() <= warnDays)
  protected readonly ends = computed(() => {
    const date = this.when.date(this.lot().validUntil)
    if (this.days() === 0) return 'Ends today'
    return this.soon() ? `Ends in ${counted(this.days(), 'day')}, on ${date}` : `Until ${date}`
  })
}
