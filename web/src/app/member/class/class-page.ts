// One class: what it is, and the one thing to do about it now. Holding, joining and accepting all happen here.
import { Component, computed, inject, input, linkedSignal, viewChild, type ElementRef } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Hold } from '@fitflow/contract/booking.ts'
import type { SessionDetail } from '@fitflow/contract/sessions.ts'
import { priceOf } from '../../api/amounts.ts'
import { nowMs } from '../../api/clock.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { ofClass, ofMine } from '../../api/news.ts'
import { When } from '../../api/when.ts'
import { Who } from '../../auth/who.ts'
import { titled } from '../../ui/page-title.ts'
import { Icon } from '../../ui/icon.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Ring } from '../../ui/ring.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { classStateAt } from './class-state.ts'
import { announceChanges } from './announce-changes.ts'
import { HoldPanel } from './hold-panel.ts'
import { OpensPanel } from './opens-panel.ts'
import { SeriesLine } from './series-line.ts'
import { WaitlistPanel } from './waitlist-panel.ts'

// The app's clock is at most two seconds off; asked again so often, it has opened.
const aheadMs = 700

@Component({
  selector: 'app-class-page',
  imports: [HoldPanel, Icon, MatButton, OpensPanel, RefusalBox, Ring, RouterLink, SeriesLine, Skeleton, WaitlistPanel],
  templateUrl: './class-page.html',
  styleUrl: './class-page.css',
})
export class ClassPage {
  private readonly router = inject(Router)
  protected readonly who = inject(Who)
  protected readonly when = inject(When)

  readonly id = input.required<string>()
  protected readonly page = live<SessionDetail>(() => (this.when.known() ? `/sessions/${this.id()}` : undefined), { everySeconds: () => (this.isWaiting() || this.isDropping() ? 1 : 4), hears: (said) => ofMine(said) || ofClass(this.id)(said) })
  /** An offer shows at once to whoever waits for one. */
  private readonly isWaiting = (): boolean => this.page.value()?.mine === 'waiting'
  /** Around the instant at which booking opens, everybody looks. */
  private readonly isDropping = (): boolean => Math.abs(Date.parse(this.page.value()?.bookingOpensAt ?? '') - nowMs()) < 10_000
  protected readonly holding = command()
  /** The hold just made, until the page itself speaks of it. */
  protected readonly newHold = linkedSignal<string, Hold | undefined>({ source: this.id, computation: () => undefined })
  /** Somebody else took the spot while one was reaching for it: the page says so, and what is left to do. */
  protected readonly tooLate = linkedSignal<string, boolean>({ source: this.id, computation: () => false })
  protected readonly refused = computed(() => (this.tooLate() ? undefined : this.holding.problem()))
  protected readonly ranOut = linkedSignal<string, boolean>({ source: this.id, computation: () => false })

  protected readonly state = computed(() => {
    const session = this.page.value()
    if (!session) return undefined
    const state = classStateAt(session, nowMs(), this.who.me()?.id)
    return state === 'free' && this.newHold() ? 'held' : state
  })
  protected readonly holdId = computed(() => this.newHold()?.id ?? this.page.value()?.myHoldId ?? undefined)
  protected readonly price = computed(() => {
    const session = this.page.value()
    return session ? priceOf(session.price) : ''
  })
  protected readonly share = computed(() => {
    const session = this.page.value()
    return session ? session.spotsLeft / session.capacity : 0
  })

  private readonly desk = viewChild<ElementRef<HTMLElement>>('desk')

  constructor() {
    titled(() => this.page.value()?.name)
    announceChanges(this.state)
  }

  protected async hold(tries = 4): Promise<void> {
    if (!this.who.signedIn()) {
      await this.router.navigate(['/sign-in'], { queryParams: { return: this.router.url } })
      return
    }
    this.ranOut.set(false)
    const done = await this.holding.send<Hold>({ method: 'POST', path: `/sessions/${this.id()}/hold` })
    if (done) this.newHold.set(done.answer)
    const code = this.holding.problem()?.code
    if (code === 'booking-not-open' && this.state() === 'free' && tries > 1) {
      // This device's clock is a moment ahead of the studio's: whoever is on the spot shall not lose it by that.
      await new Promise((resolve) => setTimeout(resolve, aheadMs))
      return this.hold(tries - 1)
    }
    this.tooLate.set(code === 'session-full' || code === 'session-held')
    this.refresh()
  }

  /** What was pressed may be gone: the keyboard goes on from what has come in its place. */
  protected refresh(): void {
    this.page.reload()
    this.desk()?.nativeElement.focus({ preventScroll: true })
  }

  /** A hold or an offer ended: by release, by refusal or by time. */
  protected ended(how: 'released' | 'ran-out'): void {
    // A 1:1 ends with its hold: the open times are elsewhere.
    const slots = this.page.value()?.availabilityId
    if (slots) {
      void this.router.navigate(['/one-to-one'], { queryParams: { with: slots, ran: how === 'ran-out' ? 'out' : 'back' } })
      return
    }
    this.newHold.set(undefined)
    this.ranOut.set(how === 'ran-out')
    this.refresh()
  }

  protected async booked(bookingId: string): Promise<void> {
    await this.router.navigate(['/bookings', bookingId], { state: { justBooked: true } })
  }
}
