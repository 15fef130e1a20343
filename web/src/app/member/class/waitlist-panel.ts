// No spot now: full, or every spot held by somebody. Either way the waitlist is open, with one's own place in it.
import { Component, computed, inject, input, output } from '@angular/core'
import { Router } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { WaitlistPlace } from '@fitflow/contract/booking.ts'
import type { SessionDetail } from '@fitflow/contract/sessions.ts'
import { counted } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { Who } from '../../auth/who.ts'
import { RefusalBox } from '../../ui/refusal.ts'

@Component({
  selector: 'app-waitlist-panel',
  imports: [MatButton, RefusalBox],
  templateUrl: './waitlist-panel.html',
  styleUrl: './waitlist-panel.css',
})
export class WaitlistPanel {
  private readonly router = inject(Router)
  protected readonly who = inject(Who)
  protected readonly when = inject(When)

  readonly session = input.required<SessionDetail>()
  readonly changed = output()

  protected readonly waiting = computed(() => this.session().mine === 'waiting')
  protected readonly place = live<WaitlistPlace>(() => (this.waiting() ? `/waitlist/${this.session().id}` : undefined), { everySeconds: 5 })
  protected readonly acting = command()
  /** What was read counts only while it says waiting: an offer belongs to the page. */
  protected readonly position = computed(() => (this.waiting() ? this.place.value()?.position : undefined))
  protected readonly length = computed(() => this.place.value()?.length ?? this.session().waitlistLength)
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
    await this.acting.send<void>({ method: 'DELETE', path: `/waitlist/${this.session().id}` })
    this.changed.emit()
  }

  protected again(): void {
    void (this.waiting() ? this.leave() : this.join())
  }
}
