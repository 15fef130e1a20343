// My bookings: what runs out comes first, then what is next, what is waited for, and what was.
import { Component, computed, effect, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Booking, Hold, MyWait } from '@fitflow/contract/booking.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import { nowMs } from '../../api/clock.ts'
import { live, type Live } from '../../api/live.ts'
import { pages, type Pages } from '../../api/pages.ts'
import { ofClassesIn, ofMine } from '../../api/news.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { BookingRow } from './booking-row.ts'
import { HeldCard } from './held-card.ts'
import { keepForOffline } from './keep-for-offline.ts'
import { WaitRow } from './wait-row.ts'

const views = ['upcoming', 'waitlists', 'past'] as const
type View = (typeof views)[number]

@Component({
  selector: 'app-bookings-page',
  imports: [BookingRow, Empty, HeldCard, Icon, MatButton, RefusalBox, RouterLink, Skeleton, WaitRow],
  templateUrl: './bookings-page.html',
  styleUrl: './bookings-page.css',
})
export class BookingsPage {
  protected readonly when = inject(When)
  readonly view = input<string>()
  protected readonly shown = computed<View>(() => views.find((view) => view === this.view()) ?? 'upcoming')

  protected readonly upcoming: Pages<Booking> = pages<Booking>(() => (this.shown() === 'upcoming' ? '/bookings/me?scope=upcoming' : undefined), {
    everySeconds: 15,
    hears: (said) => ofMine(said) || ofClassesIn(this.upcoming.items)(said),
  })
  protected readonly past = pages<Booking>(() => (this.shown() === 'past' ? '/bookings/me?scope=past' : undefined))
  protected readonly waits: Live<Page<MyWait>> = live<Page<MyWait>>(() => '/waitlist/me', { everySeconds: 5, hears: (said) => ofMine(said) || ofClassesIn(this.waiting)(said) })
  private readonly holds = live<Page<Hold>>(() => '/holds/me', { everySeconds: () => (this.waiting().length > 0 ? 1 : 5), hears: ofMine })

  protected readonly running = computed(() => (this.holds.value()?.items ?? []).filter((hold) => hold.status === 'active' && Date.parse(hold.expiresAt) > nowMs()))
  protected readonly waiting = computed(() => (this.waits.value()?.items ?? []).filter((wait) => !wait.offer))
  protected readonly list = computed(() => (this.shown() === 'past' ? this.past : this.upcoming))
  /** Bookings under the day they are on. */
  protected readonly days = computed(() => {
    const days = new Map<string, Booking[]>()
    for (const booking of this.list().items()) {
      const day = this.when.dayOf(booking.session.startsAt)
      days.set(day, [...(days.get(day) ?? []), booking])
    }
    return [...days].map(([day, bookings]) => ({ day, bookings }))
  })

  constructor() {
    effect(() => keepForOffline(this.upcoming.items()))
  }
}
