// 1:1s: who takes them, and the times that are open, day by day. One tap holds a time; the rest happens on its own page.
import { Component, computed, inject, input, linkedSignal } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Slot, SlotOffer } from '@fitflow/contract/availability.ts'
import type { Hold } from '@fitflow/contract/booking.ts'
import { counted, priceOf } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { ofMine } from '../../api/news.ts'
import { When } from '../../api/when.ts'
import { Who } from '../../auth/who.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { byDay } from './slot-days.ts'

const daysShown = 14

@Component({
  selector: 'app-one-to-one-page',
  imports: [Empty, Icon, MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './one-to-one-page.html',
  styleUrl: './one-to-one-page.css',
})
export class OneToOnePage {
  private readonly router = inject(Router)
  protected readonly when = inject(When)
  private readonly who = inject(Who)

  /** The availability that is looked at. */
  readonly with = input<string>()
  /** The first day that is shown. */
  readonly from = input<string>()
  /** Set when one comes back from a hold that is over. */
  readonly ran = input<string>()

  protected readonly first = computed(() => {
    const from = this.from()
    return from && from > this.when.today() ? from : this.when.today()
  })
  private readonly path = computed(() => {
    if (!this.when.known()) return undefined
    return `/slots?from=${this.first()}&to=${this.when.addDays(this.first(), daysShown - 1)}`
  })
  protected readonly offers = live<{ items: SlotOffer[] }>(this.path, { everySeconds: 10, hears: (said) => said.of === 'slots' || ofMine(said) })
  /** A trainer is offered the others' times, not their own. */
  protected readonly ofOthers = computed(() => (this.offers.value()?.items ?? []).filter((offer) => offer.trainer.id !== this.who.me()?.id))
  protected readonly chosen = computed(() => this.ofOthers().find((offer) => offer.availabilityId === this.with()) ?? this.ofOthers()[0])
  protected readonly days = computed(() => byDay(this.chosen()?.slots ?? [], (slot) => this.when.dayOf(slot.startsAt)))
  protected readonly price = computed(() => {
    const offer = this.chosen()
    return offer ? priceOf(offer.price) : ''
  })
  protected readonly open = computed(() => counted(this.chosen()?.slots.length ?? 0, 'time'))
  protected readonly isFirst = computed(() => this.first() === this.when.today())
  protected readonly earlier = computed(() => {
    const day = this.when.addDays(this.first(), -daysShown)
    return day > this.when.today() ? day : null
  })
  protected readonly later = computed(() => {
    const next = this.when.addDays(this.first(), daysShown)
    return (this.chosen()?.until ?? '') >= next ? next : undefined
  })
  protected readonly holding = command()
  /** The time that was pressed, as long as its answer is on its way. */
  protected readonly pressed = linkedSignal<string | undefined, string | undefined>({ source: this.with, computation: () => undefined })

  protected async hold(offer: SlotOffer, slot: Slot): Promise<void> {
    if (!this.who.signedIn()) {
      await this.router.navigate(['/sign-in'], { queryParams: { return: this.router.url } })
      return
    }
    this.pressed.set(slot.startsAt)
    const done = await this.holding.send<Hold>({ method: 'POST', path: `/slots/${offer.availabilityId}/hold`, body: { startsAt: slot.startsAt } })
    this.pressed.set(undefined)
    if (done) await this.router.navigate(['/class', done.answer.sessionId])
    else this.offers.reload()
  }

  protected choose(offer: SlotOffer): void {
    void this.router.navigate([], { queryParams: { with: offer.availabilityId }, queryParamsHandling: 'merge', replaceUrl: true })
  }
}
