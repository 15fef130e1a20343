// Staff book somebody who stands at the desk or rings up: found by name, paid by what they have or as a gift.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { Client } from '@fitflow/contract/clients.ts'
import type { MyMemberships } from '@fitflow/contract/credits.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { BookedForClient, BookForClient } from '@fitflow/contract/session-changes.ts'
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import { plain } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { SearchBox } from '../../ui/search-box.ts'

export interface ClientBooking {
  session: StaffSession
  /** One more than planned, if nothing is free. */
  squeeze: boolean
}

@Component({
  selector: 'app-book-client-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox, SearchBox],
  templateUrl: './book-client-dialog.html',
  styleUrl: './desk-dialog.css',
})
export class BookClientDialog {
  protected readonly of = inject<ClientBooking>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<BookClientDialog, string>>(MatDialogRef)
  protected readonly when = inject(When)
  protected readonly plain = plain
  protected readonly session = this.of.session

  protected readonly sought = signal('')
  protected readonly found = live<Page<Client>>(() => (this.sought().length > 1 ? `/admin/clients?limit=6&search=${encodeURIComponent(this.sought())}` : undefined))
  protected readonly client = signal<Client | undefined>(undefined)
  protected readonly lots = live<MyMemberships>(() => (this.client() ? `/admin/clients/${this.client()?.id}/memberships` : undefined))
  /** Once somebody is chosen, what pays is next: the others step aside. */
  protected readonly shown = computed(() => {
    const chosen = this.client()
    return chosen ? [chosen] : (this.found.value()?.items ?? [])
  })
  /** '' is the first way that works, else a lot's id, or a gift. */
  protected readonly means = signal('')
  protected readonly reason = signal('')
  protected readonly squeezes = signal(this.of.squeeze)
  protected readonly booking = command()
  protected readonly ready = computed(() => this.client() !== undefined && (this.means() !== 'gift' || this.reason().trim() !== ''))
  protected readonly isFull = computed(() => this.booking.problem()?.code === 'session-full' && !this.squeezes())

  protected search(words: string): void {
    this.sought.set(words)
    this.client.set(undefined)
    this.booking.clear()
  }

  protected choose(client: Client): void {
    this.client.set(client)
    this.means.set('')
    this.booking.clear()
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value
  }

  protected async go(squeeze = this.squeezes()): Promise<void> {
    const client = this.client()
    if (!client || !this.ready()) return
    this.squeezes.set(squeeze)
    const body: BookForClient = { userId: client.id, means: this.asMeans() }
    const path = `/admin/sessions/${this.session.id}/${squeeze ? 'squeeze-in' : 'bookings'}`
    const done = await this.booking.send<BookedForClient>({ method: 'POST', path, body })
    if (!done) return
    const { capacity, receipt } = done.answer
    const more = capacity > this.session.capacity ? ` There is now room for ${capacity}.` : ''
    this.closing.close(`${client.name} is in. ${receipt.sentence}${more}`)
  }

  private asMeans(): BookForClient['means'] {
    const means = this.means()
    if (means === 'gift') return { method: 'complimentary', reason: this.reason().trim() }
    return means === '' ? { method: 'any' } : { method: 'any', membershipId: means }
  }
}
