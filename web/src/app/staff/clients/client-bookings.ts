// Where a client goes, and where they have been: bookings, held spots and waitlists, each with what staff may do about it.
import { Component, computed, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Booking, MyWait } from '@fitflow/contract/booking.ts'
import type { ClientHold } from '@fitflow/contract/clients.ts'
import { creditsOf } from '../../api/amounts.ts'
import { bookingWords } from '../../api/booking-words.ts'
import { minuteMs, nowMs } from '../../api/clock.ts'
import { passedOverWords } from '../../api/passed-over.ts'
import { ordinal } from '../../api/places.ts'
import { timeLeft } from '../../api/time-left.ts'
import { When } from '../../api/when.ts'
import { Asking } from '../../ui/asking.ts'
import { CancelClientDialog, type Cancelling } from '../../ui/desk/cancel-client-dialog.ts'
import { Opening } from '../../ui/desk/opening.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { ClientFile } from './client-file.ts'

const payments: Record<Booking['method'], string> = { membership: 'unlimited access', credits: 'credits', card: 'paid by card', complimentary: 'a gift' }

@Component({
  selector: 'app-client-bookings',
  imports: [MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './client-bookings.html',
  styleUrl: './client-bookings.css',
})
export class ClientBookings {
  private readonly asking = inject(Asking)
  private readonly opening = inject(Opening)
  private readonly notice = inject(Notice)
  protected readonly file = inject(ClientFile)
  protected readonly when = inject(When)
  readonly scope = input.required<'upcoming' | 'past'>()
  protected readonly isUpcoming = computed(() => this.scope() === 'upcoming')
  protected readonly list = computed(() => (this.isUpcoming() ? this.file.upcoming : this.file.past))
  protected readonly isEmpty = computed(() => {
    const open = this.isUpcoming() ? this.file.held().length + this.file.waiting().length : 0
    return open + this.list().items().length === 0
  })
  protected readonly wordsOf = bookingWords

  /** Tue 24 Nov, with Alex Moreno */
  protected placeOf({ startsAt, trainer }: Booking['session']): string {
    return `${this.when.shortDay(this.when.dayOf(startsAt))}, ${trainer.name}`
  }

  protected paidBy({ method, creditsUsed, status }: Booking): string {
    if (method !== 'credits') return payments[method]
    if (status !== 'cancelled') return creditsOf(creditsUsed)
    return creditsUsed > 0 ? `${creditsOf(creditsUsed)} kept` : 'everything came back'
  }

  protected freeUntil({ freeCancelUntil }: Booking): string {
    const isOpen = freeCancelUntil !== null && Date.parse(freeCancelUntil) > minuteMs()
    return this.isUpcoming() && isOpen ? `. Cancels free until ${this.when.moment(freeCancelUntil)}` : ''
  }

  protected leftOf({ expiresAt }: ClientHold): string {
    return timeLeft(Date.parse(expiresAt), nowMs())
  }

  protected whyOf({ passedOver }: MyWait): string {
    return passedOver === null ? '' : `: ${passedOverWords(passedOver).they}`
  }

  protected wasKept({ status, cancelKind, creditsUsed, session }: Booking): boolean {
    return creditsUsed > 0 && (status === 'no_show' || cancelKind === 'late') && this.file.mayChange(session)
  }

  protected async cancel({ id, session }: Booking): Promise<void> {
    const of: Cancelling = { id, who: this.file.name(), what: `${session.name}, ${this.when.moment(session.startsAt)}` }
    if (await this.opening.toDo(CancelClientDialog, of)) this.file.reload()
  }

  protected async release({ id, kind, session }: ClientHold): Promise<void> {
    const isOffer = kind === 'offer'
    const done = await this.asking.toDo({
      title: isOffer ? `End the offer of ${session.name}?` : `Release the spot in ${session.name}?`,
      words: isOffer ? 'The offer ends, and the spot goes to whoever waits next.' : 'The hold ends, and the spot is free at once.',
      ...{ yes: 'Release', no: 'Leave it', danger: true, ask: { method: 'DELETE', path: `/admin/holds/${id}` } },
    })
    this.tell(done, 'The spot is free again.')
  }

  protected async takeOff({ entryId, sessionId, session, position }: MyWait): Promise<void> {
    const place = position === null ? '' : `, the ${ordinal(position)}`
    const done = await this.asking.toDo({
      title: `Take ${this.file.name()} off the waitlist?`,
      words: `${session.name}, ${this.when.moment(session.startsAt)}. They give up their place${place}, and whoever is behind moves up.`,
      ...{ yes: 'Take off', no: 'Leave them', danger: true, ask: { method: 'DELETE', path: `/admin/waitlist/${sessionId}/entries/${entryId}` } },
    })
    this.tell(done, `${this.file.name()} is off the waitlist of ${session.name}.`)
  }

  protected async giveBack({ id, creditsUsed, session }: Booking): Promise<void> {
    const back = creditsOf(creditsUsed)
    const done = await this.asking.toDo({
      title: `Give ${back} back?`,
      words: `${back} of ${session.name} go back to ${this.file.name()}, with any strike or fee for it. They read your reason.`,
      ...{ yes: 'Give back', no: 'Leave it', danger: false, reasoned: true, ask: { method: 'POST', path: `/admin/bookings/${id}/waive` } },
    })
    this.tell(done, `${back} given back.`)
  }

  private tell(done: boolean, words: string): void {
    if (!done) return
    this.notice.say(words)
    this.file.reload()
  }
}
