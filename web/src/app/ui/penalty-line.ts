// One strike or fee: what happened, what it counts for now, and why it was taken back if it was.
import { Component, computed, inject, input } from '@angular/core'
import type { Penalty } from '@fitflow/contract/penalties.ts'
import { moneyOf } from '../api/amounts.ts'
import { When } from '../api/when.ts'
import { Icon } from './icon.ts'

@Component({
  selector: 'app-penalty-line',
  imports: [Icon],
  template: `
    <app-icon [name]="penalty().kind === 'fee' ? 'receiptLong' : 'eventBusy'" />
    <div class="said" [class.over]="isOver()">
      <p>{{ penalty().receipt.sentence }}</p>
      @if (penalty().waiver; as waiver) {
        <p class="back">{{ waiver.sentence }}</p>
      }
      <p class="small quiet num">{{ when.moment(penalty().createdAt) }}{{ until() }}</p>
    </div>
    <span class="tag num {{ state().tone }}">{{ state().words }}</span>
    <ng-content />
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto auto;
      align-items: start;
      gap: 4px 14px;
      padding: 16px 20px;
    }
    app-icon {
      --icon: 20px;
      margin-top: 2px;
      color: var(--ink-2);
    }
    .said {
      display: grid;
      gap: 4px;
    }
    .over > p:first-child {
      color: var(--ink-2);
    }
    .back {
      color: var(--accent);
    }
    @media (max-width: 560px) {
      :host {
        grid-template-columns: auto minmax(0, 1fr) auto;
      }
      .said {
        grid-column: 2 / -1;
      }
      .tag {
        grid-column: 2;
        align-self: center;
        justify-self: start;
      }
    }
  `,
})
export class PenaltyLine {
  readonly penalty = input.required<Penalty>()
  protected readonly when = inject(When)
  protected readonly isOver = computed(() => this.penalty().state === 'waived' || this.penalty().state === 'lapsed')
  protected readonly until = computed(() => {
    const { state, lapsesAt } = this.penalty()
    return state === 'counts' && lapsesAt ? `, counts until ${this.when.date(lapsesAt)}` : ''
  })
  protected readonly state = computed(() => {
    const { state, amount } = this.penalty()
    switch (state) {
      case 'counts':
        return { words: 'Counts', tone: 'few' }
      case 'spent':
        return { words: 'Led to a block', tone: '' }
      case 'lapsed':
        return { words: 'Too old to count', tone: '' }
      case 'owed':
        return { words: amount ? `${moneyOf(amount)} owed` : 'Owed', tone: 'bad' }
      case 'waived':
        return { words: 'Taken back', tone: 'good' }
    }
  })
}
