// The roster at the door: who is here, who is not, and one tap to say so, from when check-in opens.
import { Component, computed, inject, input, output } from '@angular/core'
import type { Roster, RosterEntry } from '@fitflow/contract/booking.ts'
import { nowMs } from '../../api/clock.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { DoorLine } from './door-line.ts'

@Component({
  selector: 'app-door-list',
  imports: [DoorLine, Empty],
  template: `
    <div class="head">
      <h2>Roster<span class="count num">{{ booked().length }}</span></h2>
      @if (booked().length > 0) {
        <p class="quiet" role="status">{{ note() }}</p>
      }
    </div>
    @if (booked().length === 0) {
      <app-empty icon="group" title="Nobody has booked yet">
        <span>Bookings show here as they come in.</span>
      </app-empty>
    } @else {
      <section aria-label="Roster">
        <ul class="card card-tight">
          @for (entry of booked(); track entry.id) {
            <li><app-door-line [entry]="entry" [times]="times()" (changed)="changed.emit()" /></li>
          }
        </ul>
      </section>
    }
  `,
  styles: `
    :host {
      display: block;
      margin-bottom: 32px;
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: space-between;
      gap: 4px 16px;
      margin-bottom: 12px;
    }
    .count {
      margin-inline-start: 6px;
      color: var(--ink-2);
      font-weight: 400;
    }
    li + li {
      border-top: 1px solid var(--line);
    }
  `,
})
export class DoorList {
  readonly roster = input.required<Roster>()
  readonly startsAt = input.required<string>()
  readonly changed = output()
  private readonly when = inject(When)
  protected readonly booked = computed(() => this.roster().entries.filter((entry) => entry.kind === 'booking'))
  protected readonly times = computed(() => {
    const { checkinOpensAt, graceEndsAt } = this.roster()
    const has = (instant: string): boolean => Date.parse(instant) <= nowMs()
    return { isOpen: has(checkinOpensAt), hasStarted: has(this.startsAt()), isPastGrace: has(graceEndsAt) }
  })
  protected readonly note = computed(() => {
    const { checkinOpensAt, graceEndsAt } = this.roster()
    const { isOpen, isPastGrace } = this.times()
    if (!isOpen) return `Check-in opens ${this.when.soon(checkinOpensAt)}`
    const here = this.booked().filter((entry: RosterEntry) => entry.status === 'attended').length
    const whoIs = `${here} of ${this.booked().length} here`
    return isPastGrace ? whoIs : `${whoIs}. Whoever is not by ${this.when.hour(graceEndsAt)} counts as missed`
  })
}
