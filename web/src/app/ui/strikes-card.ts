// Where somebody stands: how many strikes count, what one more would mean, and until when they cannot book.
import { Component, computed, inject, input } from '@angular/core'
import type { Penalties } from '@fitflow/contract/penalties.ts'
import { counted, moneyOf } from '../api/amounts.ts'
import { When } from '../api/when.ts'
import { Icon } from './icon.ts'

@Component({
  selector: 'app-strikes-card',
  imports: [Icon],
  template: `
    @if (standing().blockedUntil; as until) {
      <p class="blocked"><app-icon name="hourglassTop" /><span>{{ whose() }} cannot book until <strong class="num">{{ when.moment(until) }}</strong>. What is booked already stands.</span></p>
    }
    <p class="figure num">
      <span class="dots" aria-hidden="true">
        @for (on of dots(); track $index) {
          <i [class.on]="on"></i>
        }
      </span>
      {{ head() }}
    </p>
    <p class="lead">{{ rule() }}</p>
    @if (owed(); as sum) {
      <p class="owed"><strong class="num">{{ sum }}</strong> owed, to be paid at the front desk.</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 10px;
    }
    .figure {
      display: flex;
      align-items: center;
      gap: 16px;
      font-size: var(--t-28);
      font-weight: 600;
      letter-spacing: -0.02em;
    }
    .dots {
      display: flex;
      gap: 6px;
    }
    i {
      width: 16px;
      height: 16px;
      border: 2px solid var(--line-strong);
      border-radius: 50%;
    }
    i.on {
      border-color: var(--few);
      background: var(--few);
    }
    .blocked {
      display: flex;
      gap: 12px;
      padding: 16px;
      border-radius: var(--radius-small);
      background: var(--trouble-soft);
      color: var(--trouble);
    }
    .lead {
      max-width: 60ch;
    }
  `,
})
export class StrikesCard {
  readonly standing = input.required<Penalties>()
  /** Who is spoken of: "You", or a name. */
  readonly whose = input('You')
  protected readonly when = inject(When)
  protected readonly dots = computed(() => {
    const { counting, max } = this.standing().strikes
    // A studio that allows many has no room for a dot each.
    return max > 8 ? [] : Array.from({ length: max }, (_, at) => at < counting)
  })
  protected readonly head = computed(() => {
    const { counting } = this.standing().strikes
    return counting === 0 ? 'No strikes count' : `${counted(counting, 'strike')} ${counting === 1 ? 'counts' : 'count'}`
  })
  protected readonly rule = computed(() => {
    const { max, windowDays, blockDays } = this.standing().strikes
    return `With unlimited access, missing a class or cancelling it late is a strike. ${counted(max, 'strike')} within ${counted(windowDays, 'day')} stop booking for ${counted(blockDays, 'day')}.`
  })
  protected readonly owed = computed(() => this.standing().owed.map(moneyOf).join(' and '))
}
