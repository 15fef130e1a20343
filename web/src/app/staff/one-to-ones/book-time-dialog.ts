// Staff give a client a time with a trainer: one of the free ones or any other at which the trainer is free, paid by what they have or as a gift.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { Availability, SlotOffer } from '@fitflow/contract/availability.ts'
import type { WalkIn } from '@fitflow/contract/clients.ts'
import type { BookedForClient } from '@fitflow/contract/session-changes.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { instantOf } from '../../api/zoned.ts'
import { ClientPicker } from '../../ui/desk/client-picker.ts'
import { PayChoice, type Means } from '../../ui/desk/pay-choice.ts'
import { RefusalBox } from '../../ui/refusal.ts'

@Component({
  selector: 'app-book-time-dialog',
  imports: [ClientPicker, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, PayChoice, RefusalBox],
  templateUrl: './book-time-dialog.html',
  styleUrl: './book-time-dialog.css',
})
export class BookTimeDialog {
  protected readonly of = inject<Availability>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<BookTimeDialog, string>>(MatDialogRef)
  protected readonly when = inject(When)

  protected readonly day = signal(this.when.addDays(this.when.today(), 1))
  protected readonly time = signal('')
  protected readonly offers = live<{ items: SlotOffer[] }>(() => (this.day() ? `/slots?from=${this.day()}&to=${this.day()}&trainer_id=${this.of.trainer.id}` : undefined))
  protected readonly free = computed(() => (this.offers.value()?.items.find((offer) => offer.availabilityId === this.of.id)?.slots ?? []).map((slot) => this.when.hour(slot.startsAt)))

  protected readonly client = signal<WalkIn | undefined>(undefined)
  protected readonly means = signal<Means | undefined>(undefined)
  protected readonly booking = command()
  protected readonly ready = computed(() => this.client() !== undefined && this.means() !== undefined && this.day() !== '' && this.time() !== '')

  protected choose(client: WalkIn | undefined): void {
    this.client.set(client)
    this.booking.clear()
  }

  protected onDay(event: Event): void {
    this.day.set(this.valueOf(event))
    this.time.set('')
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value
  }

  protected async go(): Promise<void> {
    const [client, means] = [this.client(), this.means()]
    if (!client || !means || !this.ready()) return
    const body = { userId: client.id, means, startsAt: instantOf(this.day(), this.time(), this.when.zone()) }
    const done = await this.booking.send<BookedForClient>({ method: 'POST', path: `/admin/availabilities/${this.of.id}/bookings`, body })
    if (done) this.closing.close(`${client.name} has ${this.when.soon(body.startsAt)}. ${done.answer.receipt.sentence}`)
  }
}
