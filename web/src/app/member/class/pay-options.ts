// The ways to pay for a held spot: what each costs, and what remains after.
import { Component, input, model } from '@angular/core'
import type { QuoteOption } from '@fitflow/contract/booking.ts'
import { creditsOf, moneyOf, plain } from '../../api/amounts.ts'
import { Icon } from '../../ui/icon.ts'
import type { IconName } from '../../ui/icons.ts'
import { WhenPipe } from '../../ui/when-pipe.ts'

const icons: Record<QuoteOption['method'], IconName> = { membership: 'allInclusive', credits: 'toll', card: 'creditCard' }

@Component({
  selector: 'app-pay-options',
  imports: [Icon, WhenPipe],
  template: `
    <fieldset>
      <legend class="small quiet">{{ options().length > 1 ? 'How would you like to pay?' : 'This pays for it' }}</legend>
      @for (option of options(); track $index) {
        <label class="option" [class.chosen]="option === chosen()">
          <input type="radio" name="pay" [checked]="option === chosen()" (change)="chosen.set(option)" [class.unseen]="options().length === 1" />
          <app-icon [name]="icons[option.method]" />
          <span class="words">
            <span class="name">{{ nameOf(option) }}</span>
            <span class="small quiet num">{{ afterOf(option) }}</span>
            @if (option.lots?.[0]; as lot) {
              <span class="small quiet">Out of the credits that end {{ lot.validUntil | when: 'date' }}</span>
            }
          </span>
          <span class="cost num">{{ costOf(option) }}</span>
        </label>
      }
    </fieldset>
  `,
  styleUrl: './pay-options.css',
})
export class PayOptions {
  readonly options = input.required<QuoteOption[]>()
  readonly chosen = model.required<QuoteOption | undefined>()
  readonly balance = input<number>()
  protected readonly icons = icons

  protected nameOf(option: QuoteOption): string {
    if (option.method === 'membership') return 'Unlimited membership'
    return option.method === 'credits' ? 'Credits' : 'Card'
  }

  protected costOf(option: QuoteOption): string {
    if (option.method === 'membership') return 'Included'
    if (option.method === 'card' && option.money) return moneyOf(option.money)
    return creditsOf(option.credits ?? 0)
  }

  protected afterOf(option: QuoteOption): string {
    if (option.method === 'membership') return 'Costs nothing more'
    const balance = this.balance()
    if (option.method === 'card' || balance === undefined) return ''
    return `${plain(balance)} now, ${plain(balance - (option.credits ?? 0))} after`
  }
}
