// One client's strikes, fees and what was kept of theirs, each with a way to give it back.
import { Component, computed, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Booking } from '@fitflow/contract/booking.ts'
import type { ClientProfile } from '@fitflow/contract/clients.ts'
import type { Penalties, Penalty } from '@fitflow/contract/penalties.ts'
import { creditsOf } from '../../api/amounts.ts'
import { live } from '../../api/live.ts'
import { pages } from '../../api/pages.ts'
import { When } from '../../api/when.ts'
import { Asking } from '../../ui/asking.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { titled } from '../../ui/page-title.ts'
import { PenaltyRecord } from '../../ui/penalty-record.ts'

@Component({
  selector: 'app-client-penalties-page',
  imports: [Icon, MatButton, PenaltyRecord, RouterLink],
  templateUrl: './client-penalties-page.html',
  styleUrl: './client-penalties-page.css',
})
export class ClientPenaltiesPage {
  private readonly asking = inject(Asking)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  readonly id = input.required<string>()
  protected readonly client = live<ClientProfile>(() => `/clients/${this.id()}/profile`)
  protected readonly standing = live<Penalties>(() => `/admin/clients/${this.id()}/penalties?limit=1`)
  protected readonly list = pages<Penalty>(() => `/admin/clients/${this.id()}/penalties?limit=25`)
  private readonly past = live<{ items: Booking[] }>(() => `/admin/clients/${this.id()}/bookings?scope=past&limit=100`)
  /** Credits that a late cancellation or a no-show has kept. */
  protected readonly kept = computed(() =>
    (this.past.value()?.items ?? []).filter((one) => one.creditsUsed > 0 && (one.status === 'no_show' || one.cancelKind === 'late')),
  )
  protected readonly name = computed(() => this.client.value()?.name ?? '')
  protected readonly credits = creditsOf

  constructor() {
    titled(() => this.name())
  }

  protected whatOf({ status, session }: Booking): string {
    return `${status === 'no_show' ? 'Missed' : 'Cancelled late'}: ${session.name}`
  }

  protected async takeBack(penalty: Penalty): Promise<void> {
    const what = penalty.kind === 'fee' ? 'fee' : 'strike'
    const spent = penalty.state === 'spent' ? ' A block that stands on too few strikes is lifted with it.' : ''
    const words = `${this.name()} reads your reason.${spent}`
    const ask = { method: 'POST', path: `/admin/penalties/${penalty.id}/waive` } as const
    await this.give({ title: `Take this ${what} back?`, words, yes: 'Take it back', ask }, `The ${what} is taken back.`)
  }

  protected async giveBack(booking: Booking): Promise<void> {
    const back = creditsOf(booking.creditsUsed)
    const words = `${back} of ${booking.session.name} go back to ${this.name()}, with any strike or fee for it. They read your reason.`
    const ask = { method: 'POST', path: `/admin/bookings/${booking.id}/waive` } as const
    await this.give({ title: `Give ${back} back?`, words, yes: 'Give back', ask }, `${back} given back.`)
  }

  private async give(act: { title: string; words: string; yes: string; ask: { method: 'POST'; path: string } }, told: string): Promise<void> {
    if (!(await this.asking.toDo({ ...act, no: 'Leave it', danger: false, reasoned: true }))) return
    this.notice.say(told)
    for (const one of [this.standing, this.list.first, this.past]) one.reload()
  }
}
