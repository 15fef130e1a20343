// A line of the ledger: what moved, and on demand the receipt's sentence that says why.
import { Component, computed, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { CreditTransaction, CreditType } from '@fitflow/contract/credits.ts'
import { plain } from '../api/amounts.ts'
import { When } from '../api/when.ts'
import { Icon } from './icon.ts'

const names: Record<CreditType, string> = {
  purchase: 'Bought',
  grant: 'From the studio',
  debit: 'Class booked',
  return: 'Came back',
  forfeit: 'Kept by the studio',
  expire: 'Expired',
  adjust: 'Corrected',
  refund: 'Refunded',
  transfer: 'Moved',
}

@Component({
  selector: 'app-ledger-line',
  imports: [Icon, RouterLink],
  template: `
    <details>
      <summary>
        <span class="what">
          <span class="name">{{ name() }}</span>
          <span class="small quiet num">{{ when.moment(line().createdAt) }} · {{ line().membershipName }}</span>
        </span>
        <span class="amount num" [class.plus]="line().amount > 0" [class.quiet]="line().amount === 0">{{ amount() }}</span>
        <app-icon name="chevronRight" />
      </summary>
      <div class="why">
        <p>{{ line().receipt.sentence }}</p>
        <p class="small quiet num">{{ after() }}</p>
        @if (own() && line().bookingId) {
          <a class="small" [routerLink]="['/bookings', line().bookingId]">See the booking</a>
        }
      </div>
    </details>
  `,
  styleUrl: './ledger-line.css',
})
export class LedgerLine {
  readonly line = input.required<CreditTransaction>()
  /** Whether it is the reader's own: only those have a page for each booking. */
  readonly own = input(false)
  protected readonly when = inject(When)
  protected readonly name = computed(() => names[this.line().type])
  protected readonly amount = computed(() => {
    const { amount } = this.line()
    return amount > 0 ? `+${plain(amount)}` : plain(amount)
  })
  protected readonly after = computed(() => `${plain(this.line().balanceAfter)} left in ${this.line().membershipName} after this`)
}
