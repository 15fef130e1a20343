// All that staff know of one client, read for one page and read anew after each deed.
import { Injectable, computed, inject, signal } from '@angular/core'
import type { Booking, MyWait } from '@fitflow/contract/booking.ts'
import type { ClientHold, ClientProfile } from '@fitflow/contract/clients.ts'
import type { CreditTransaction, Membership } from '@fitflow/contract/credits.ts'
import type { Penalties } from '@fitflow/contract/penalties.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import { nowMs } from '../../api/clock.ts'
import { live } from '../../api/live.ts'
import { ofClasses, ofClient, type Said } from '../../api/news.ts'
import { pages } from '../../api/pages.ts'
import { When } from '../../api/when.ts'
import { Who } from '../../auth/who.ts'

@Injectable()
export class ClientFile {
  private readonly when = inject(When)
  private readonly who = inject(Who)
  readonly id = signal<string | undefined>(undefined)
  private readonly of = (path: string) => (): string | undefined => {
    const id = this.id()
    return id && this.when.known() ? path.replace(':id', id) : undefined
  }

  /** A trainer hears of their own classes, an admin of whose things changed. */
  private readonly isTold = (said: Said): boolean => ofClient(this.id)(said) || ofClasses(said)

  readonly profile = live<ClientProfile>(this.of('/clients/:id/profile'))
  readonly standing = live<Penalties>(this.of('/admin/clients/:id/penalties?limit=1'))
  readonly upcoming = pages<Booking>(this.of('/admin/clients/:id/bookings?scope=upcoming&limit=20'), { everySeconds: 15, hears: this.isTold })
  readonly past = pages<Booking>(this.of('/admin/clients/:id/bookings?scope=past&limit=8'))
  readonly waits = live<Page<MyWait>>(this.of('/admin/clients/:id/waitlists'), { everySeconds: 5, hears: this.isTold })
  readonly holds = live<Page<ClientHold>>(this.of('/admin/clients/:id/holds'), { everySeconds: 5, hears: this.isTold })
  /** The one lot whose moves are shown, or none for all of them. */
  readonly lot = signal<Membership | undefined>(undefined)
  readonly ledger = pages<CreditTransaction>(() => {
    const lot = this.lot()
    return this.of(`/admin/clients/:id/transactions?limit=10${lot ? `&membership_id=${lot.id}` : ''}`)()
  })

  readonly name = computed(() => this.profile.value()?.name ?? '')
  /** What is held now; an offer is one of these, and no wait any more. */
  readonly held = computed(() => (this.holds.value()?.items ?? []).filter((hold) => Date.parse(hold.expiresAt) > nowMs()))
  readonly waiting = computed(() => (this.waits.value()?.items ?? []).filter((wait) => !wait.offer))

  /** A trainer changes what is in their own classes. */
  mayChange({ trainer }: Pick<Booking['session'], 'trainer'>): boolean {
    return this.who.isAdmin() || trainer.id === this.who.me()?.id
  }

  reload(): void {
    for (const one of [this.profile, this.standing, this.upcoming.first, this.past.first, this.waits, this.holds, this.ledger.first]) one.reload()
  }
}
