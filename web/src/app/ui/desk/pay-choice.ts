// What pays for a class that staff book for a client: what ends soonest, one lot of theirs, or the studio with a reason.
import { Component, computed, effect, inject, input, linkedSignal, output, untracked } from '@angular/core'
import type { Membership, MyMemberships } from '@fitflow/contract/credits.ts'
import type { BookForClient } from '@fitflow/contract/session-changes.ts'
import { creditsOf } from '../../api/amounts.ts'
import { nowMs } from '../../api/clock.ts'
import { live } from '../../api/live.ts'
import { lotShelf } from '../../api/lot-words.ts'
import { When } from '../../api/when.ts'
import { RefusalBox } from '../refusal.ts'

export type Means = BookForClient['means']

@Component({
  selector: 'app-pay-choice',
  imports: [RefusalBox],
  template: `
    <fieldset class="choices">
      <legend>What pays</legend>
      <label class="choice">
        <input type="radio" name="means" [checked]="chosen() === ''" (change)="chosen.set('')" />
        <span><span class="name">What ends soonest</span><span class="small">As the members’ own bookings are paid</span></span>
      </label>
      @for (lot of lots(); track lot.id) {
        <label class="choice">
          <input type="radio" name="means" [checked]="chosen() === lot.id" (change)="chosen.set(lot.id)" />
          <span><span class="name">{{ lot.name }}</span><span class="small num">{{ wordsOf(lot) }}</span></span>
        </label>
      }
      <label class="choice">
        <input type="radio" name="means" [checked]="chosen() === 'gift'" (change)="chosen.set('gift')" />
        <span><span class="name">A gift of the studio</span><span class="small">Nothing is taken from {{ client().name }}</span></span>
      </label>
    </fieldset>
    @if (has.problem(); as problem) {
      <app-refusal [problem]="problem" [inline]="true" (again)="has.reload()" />
    } @else if (has.value() && lots().length === 0) {
      <p class="small quiet" role="status">Nothing on their account pays. Make it a gift, or give them credits first.</p>
    } @else if (isStranger()) {
      <p class="small quiet" role="status">What they have shows once they are a client of yours. What ends soonest pays all the same.</p>
    }
    @if (chosen() === 'gift') {
      <div class="field">
        <label for="gift-reason">Reason</label>
        <input class="input" id="gift-reason" maxlength="200" [value]="reason()" (input)="reason.set($any($event.target).value)" aria-describedby="gift-help" />
        <span class="help" id="gift-help">The client reads it.</span>
      </div>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
    }
  `,
})
export class PayChoice {
  readonly client = input.required<{ id: string; name: string; isOwn?: boolean }>()
  /** Undefined while a gift has no reason yet. */
  readonly means = output<Means | undefined>()
  private readonly when = inject(When)
  protected readonly isStranger = computed(() => this.client().isOwn === false)
  protected readonly has = live<MyMemberships>(() => (this.isStranger() ? undefined : `/admin/clients/${this.client().id}/memberships`))
  protected readonly lots = computed(() => lotShelf(this.has.value(), nowMs()).open)
  private readonly payer = computed(() => this.client().id)
  /** '' is the first way that works, else a lot's id, or a gift; somebody else pays with something else. */
  protected readonly chosen = linkedSignal({ source: this.payer, computation: () => '' })
  protected readonly reason = linkedSignal({ source: this.payer, computation: () => '' })
  private readonly asked = computed((): Means | undefined => {
    const chosen = this.chosen()
    if (chosen === '') return { method: 'any' }
    if (chosen !== 'gift') return { method: 'any', membershipId: chosen }
    const reason = this.reason().trim()
    return reason ? { method: 'complimentary', reason } : undefined
  })

  constructor() {
    effect(() => {
      const means = this.asked()
      untracked(() => this.means.emit(means))
    })
  }

  protected wordsOf({ creditsBalance, validUntil }: Membership): string {
    return `${creditsBalance === null ? 'Unlimited' : `${creditsOf(creditsBalance)} left`}, until ${this.when.end(validUntil)}`
  }
}
