// A spot that is held, or offered: the time that is left, the ways to pay, and yes or no.
import { Component, computed, input, linkedSignal, output } from '@angular/core'
import { MatButton } from '@angular/material/button'
import type { Confirm, Confirmed, Hold, QuoteOption, WaitlistPlace } from '@fitflow/contract/booking.ts'
import type { MyMemberships } from '@fitflow/contract/credits.ts'
import { nowMs } from '../../api/clock.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { Countdown } from '../../ui/countdown.ts'
import { Icon } from '../../ui/icon.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { WhenPipe } from '../../ui/when-pipe.ts'
import { PayOptions } from './pay-options.ts'

@Component({
  selector: 'app-hold-panel',
  imports: [Countdown, Icon, MatButton, PayOptions, RefusalBox, Skeleton, WhenPipe],
  templateUrl: './hold-panel.html',
  styleUrl: './hold-panel.css',
})
export class HoldPanel {
  readonly holdId = input.required<string>()
  /** The hold as the command answered it, so that nothing need be waited for. */
  readonly given = input.required<Hold | undefined>()
  readonly ended = output<'released' | 'ran-out'>()
  readonly booked = output<string>()

  protected readonly read = live<Hold>(() => (this.given()?.id === this.holdId() ? undefined : `/holds/${this.holdId()}`))
  protected readonly memberships = live<MyMemberships>(() => '/memberships/me')
  protected readonly hold = computed(() => (this.given()?.id === this.holdId() ? this.given() : this.read.value()))
  protected readonly isOffer = computed(() => this.hold()?.kind === 'offer')
  private readonly place = live<WaitlistPlace>(() => (this.isOffer() ? `/waitlist/${this.hold()?.sessionId}` : undefined))
  /** Whoever is told only in the morning found it by themselves. */
  protected readonly isNight = computed(() => Date.parse(this.place.value()?.offer?.tellAt ?? '') > nowMs())
  protected readonly options = computed(() => this.hold()?.quote.options.filter((option) => option.method !== 'card') ?? [])
  protected readonly chosen = linkedSignal<QuoteOption | undefined>(() => this.options()[0])
  protected readonly confirming = command()
  protected readonly releasing = command()
  protected readonly busy = computed(() => this.confirming.busy() || this.releasing.busy())
  protected readonly problem = computed(() => this.confirming.problem() ?? this.releasing.problem())

  protected async confirm(): Promise<void> {
    const option = this.chosen()
    if (!option) return
    const body: Confirm = { method: option.method }
    if (option.method === 'membership' && option.membershipId) body.membershipId = option.membershipId
    const done = await this.confirming.send<Confirmed>({ method: 'POST', path: `/holds/${this.holdId()}/confirm`, body })
    if (done) return this.booked.emit(done.answer.booking.id)
    const code = this.confirming.problem()?.code
    if (code === 'hold-expired') this.ended.emit('ran-out')
    const bookingId = this.confirming.problem()?.facts['bookingId']
    // Confirmed already, in another tab: the booking is what was wanted.
    if (code === 'hold-not-active' && typeof bookingId === 'string') this.booked.emit(bookingId)
  }

  protected async release(): Promise<void> {
    const done = await this.releasing.send<void>({ method: 'DELETE', path: `/holds/${this.holdId()}` })
    if (done) this.ended.emit('released')
  }
}
