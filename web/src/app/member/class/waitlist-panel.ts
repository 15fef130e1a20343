// No spot now: full, or every spot held by somebody. Either way the waitlist is open, with one's own place in it.
import { Component, computed, inject, input, output } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { WaitlistPlace } from '@fitflow/contract/booking.ts'
import type { SessionDetail } from '@fitflow/contract/sessions.ts'
import { counted } from '../../api/amounts.ts'
import { nowMs } from '../../api/clock.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { ofClass, ofMine } from '../../api/news.ts'
import { passedOverWords } from '../../api/passed-over.ts'
import { oddsWords, ordinal } from '../../api/places.ts'
import { When } from '../../api/when.ts'
import { Who } from '../../auth/who.ts'
import { Asking } from '../../ui/asking.ts'
import { Icon } from '../../ui/icon.ts'
import { RefusalBox } from '../../ui/refusal.ts'

@Component({
  selector: 'app-waitlist-panel',
  imports: [Icon, MatButton, RefusalBox, RouterLink],
  templateUrl: './waitlist-panel.html',
  styleUrl: './waitlist-panel.css',
})
export class WaitlistPanel {
  private readonly router = inject(Router)
  private readonly asking = inject(Asking)
  protected readonly who = inject(Who)
  protected readonly when = inject(When)

  readonly session = input.required<SessionDetail>()
  readonly changed = output()

  protected readonly waiting = computed(() => this.session().mine === 'waiting')
  protected readonly place = live<WaitlistPlace>(() => (this.who.signedIn() ? `/waitlist/${this.session().id}` : undefined), { everySeconds: 5, hears: (said) => ofMine(said) || ofClass(() => this.session().id)(said) })
  protected readonly acting = command()
  /** What was read counts only while it says waiting: an offer belongs to the page. */
  protected readonly position = computed(() => (this.waiting() ? this.place.value()?.position : undefined))
  protected readonly length = computed(() => this.place.value()?.length ?? this.session().waitlistLength)
  protected readonly hasStarted = computed(() => Date.parse(this.session().startsAt) <= nowMs())
  private readonly reason = computed(() => (this.waiting() ? (this.place.value()?.passedOver ?? null) : null))
  protected readonly isAsleep = computed(() => this.reason() === 'quiet-hours')
  protected readonly passedOver = computed(() => {
    const reason = this.reason()
    return reason === null ? undefined : passedOverWords(reason)
  })
  /** Of one's own place, or of the one that would be one's own. */
  protected readonly odds = computed(() => {
    const place = this.place.value()
    return place ? oddsWords(place.odds, place.position ?? place.length + 1) : ''
  })
  protected readonly ahead = computed(() => counted(this.length(), 'person', 'people'))

  protected async join(): Promise<void> {
    if (!this.who.signedIn()) {
      await this.router.navigate(['/sign-in'], { queryParams: { return: this.router.url } })
      return
    }
    await this.acting.send<WaitlistPlace>({ method: 'POST', path: `/waitlist/${this.session().id}/join` })
    this.changed.emit()
  }

  protected async leave(): Promise<void> {
    const place = this.position()
    const left = await this.asking.toDo({
      title: 'Leave the waitlist?',
      words: `You give up your place${place ? `, the ${ordinal(place)}` : ''}. Join again later and you are last.`,
      yes: 'Leave the waitlist',
      no: 'Keep my place',
      danger: true,
      ask: { method: 'DELETE', path: `/waitlist/${this.session().id}` },
    })
    if (left) this.changed.emit()
  }
}
