// One booking: the code for the door, what it cost and why, and the way out with its consequence said first.
import { Component, computed, inject, input, signal } from '@angular/core'
import { Location } from '@angular/common'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { MatDialog } from '@angular/material/dialog'
import type { BookingDetail, Cancelled } from '@fitflow/contract/booking.ts'
import { creditsOf } from '../../api/amounts.ts'
import { minuteMs } from '../../api/clock.ts'
import { live, type Live } from '../../api/live.ts'
import { ofClass, ofMine } from '../../api/news.ts'
import { When } from '../../api/when.ts'
import { Icon } from '../../ui/icon.ts'
import { titled } from '../../ui/page-title.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { bookingWords } from '../../api/booking-words.ts'
import { CancelDialog } from './cancel-dialog.ts'

@Component({
  selector: 'app-booking-page',
  imports: [Icon, MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './booking-page.html',
  styleUrl: './booking-page.css',
})
export class BookingPage {
  private readonly dialog = inject(MatDialog)
  protected readonly when = inject(When)

  readonly id = input.required<string>()
  protected readonly page: Live<BookingDetail> = live<BookingDetail>(() => (this.when.known() ? `/bookings/${this.id()}` : undefined), { everySeconds: 20, hears: (said) => ofMine(said) || ofClass(() => this.page.value()?.sessionId)(said) })
  protected readonly justBooked = signal((inject(Location).getState() as { justBooked?: boolean } | null)?.justBooked === true)

  protected readonly words = computed(() => {
    const booking = this.page.value()
    return booking ? bookingWords(booking) : undefined
  })
  protected readonly headline = computed(() => {
    const booking = this.page.value()
    if (!booking) return ''
    if (booking.status !== 'confirmed') return booking.session.name
    return this.justBooked() ? `You're in. ${this.when.soon(booking.session.startsAt)}.` : booking.session.name
  })
  protected readonly cancellable = computed(() => {
    const booking = this.page.value()
    return booking?.status === 'confirmed' && Date.parse(booking.session.startsAt) > minuteMs()
  })
  protected readonly paid = computed(() => {
    const booking = this.page.value()
    // After a cancellation the receipts say what came back; a bare sum would not.
    if (!booking || booking.status === 'cancelled') return ''
    return booking.method === 'membership' ? 'Unlimited membership' : creditsOf(booking.creditsUsed)
  })

  constructor() {
    titled(() => this.page.value()?.session.name)
  }

  protected cancel(): void {
    const opened = this.dialog.open<CancelDialog, string, Cancelled>(CancelDialog, {
      data: this.id(),
      width: '460px',
      maxWidth: '94vw',
      autoFocus: 'dialog',
    })
    opened.afterClosed().subscribe((cancelled) => {
      if (!cancelled) return
      this.justBooked.set(false)
      this.page.reload()
    })
  }
}
