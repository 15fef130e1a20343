// A booking in a list: its hour first, what it is, and how it stands.
import { Component, computed, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { Booking } from '@fitflow/contract/booking.ts'
import { When } from '../../api/when.ts'
import { Icon } from '../../ui/icon.ts'
import { bookingWords } from '../../api/booking-words.ts'

@Component({
  selector: 'app-booking-row',
  imports: [Icon, RouterLink],
  template: `
    <a class="row" [routerLink]="['/bookings', booking().id]">
      <span class="hour">{{ when.hour(booking().session.startsAt) }}</span>
      <span class="words">
        <span class="name">{{ booking().session.name }}</span>
        <span class="quiet">{{ booking().session.trainer.name }} · {{ minutes() }} min</span>
      </span>
      @if (state(); as words) {
        <span class="tag {{ words.tone }}">{{ words.words }}</span>
      }
      <app-icon name="chevronRight" />
    </a>
  `,
  styleUrl: './row.css',
})
export class BookingRow {
  readonly booking = input.required<Booking>()
  protected readonly when = inject(When)
  protected readonly minutes = computed(() => this.when.minutesLong(this.booking().session.startsAt, this.booking().session.endsAt))
  /** A booking that simply stands needs no tag. */
  protected readonly state = computed(() => (this.booking().status === 'confirmed' ? undefined : bookingWords(this.booking())))
}
