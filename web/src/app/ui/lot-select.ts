// What pays first, chosen among somebody's lots; not there while they have fewer than two.
import { Component, computed, inject, input, model } from '@angular/core'
import type { Membership, MyMemberships } from '@fitflow/contract/credits.ts'
import { creditsOf } from '../api/amounts.ts'
import { nowMs } from '../api/clock.ts'
import { live } from '../api/live.ts'
import { lotShelf } from '../api/lot-words.ts'
import { When } from '../api/when.ts'

@Component({
  selector: 'app-lot-select',
  template: `
    @if (lots().length > 1) {
      <div class="field">
        <label for="pays-first">Pays first</label>
        <select class="input" id="pays-first" aria-describedby="pays-first-help" (change)="chosen.set($any($event.target).value)">
          <option value="" [selected]="chosen() === ''">In the usual order</option>
          @for (lot of lots(); track lot.id) {
            <option [value]="lot.id" [selected]="chosen() === lot.id">{{ lot.name }}, {{ wordsOf(lot) }}</option>
          }
        </select>
        <p class="help" id="pays-first-help">Once it is used up or has ended, the usual order holds: unlimited access, then what ends soonest.</p>
      </div>
    }
  `,
})
export class LotSelect {
  /** Where the lots are read; undefined while nobody is chosen. */
  readonly path = input.required<string | undefined>()
  /** A lot’s id; '' leaves it to the order of spending. */
  readonly chosen = model.required<string>()
  private readonly when = inject(When)
  private readonly has = live<MyMemberships>(() => (this.when.known() ? this.path() : undefined))
  protected readonly lots = computed(() => lotShelf(this.has.value(), nowMs()).open)

  protected wordsOf({ creditsBalance, validUntil }: Membership): string {
    return `${creditsBalance === null ? 'unlimited' : `${creditsOf(creditsBalance)} left`}, until ${this.when.end(validUntil)}`
  }
}
