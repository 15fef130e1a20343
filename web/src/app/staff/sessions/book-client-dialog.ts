// Staff book somebody who stands at the desk or rings up: found by name, paid by what they have or as a gift.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { WalkIn } from '@fitflow/contract/clients.ts'
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import { When } from '../../api/when.ts'
import { ClientPicker } from '../../ui/desk/client-picker.ts'
import { deskBooking } from '../../ui/desk/desk-booking.ts'
import { PayChoice, type Means } from '../../ui/desk/pay-choice.ts'
import { RefusalBox } from '../../ui/refusal.ts'

export interface ClientBooking {
  session: StaffSession
  /** One more than planned, if nothing is free. */
  squeeze: boolean
}

@Component({
  selector: 'app-book-client-dialog',
  imports: [ClientPicker, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, PayChoice, RefusalBox],
  templateUrl: './book-client-dialog.html',
  styleUrls: ['../../ui/desk/desk-dialog.css', '../../ui/desk/spine.css'],
})
export class BookClientDialog {
  protected readonly of = inject<ClientBooking>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<BookClientDialog, string>>(MatDialogRef)
  protected readonly when = inject(When)
  protected readonly session = this.of.session

  protected readonly client = signal<WalkIn | undefined>(undefined)
  protected readonly means = signal<Means | undefined>(undefined)
  protected readonly squeezes = signal(this.of.squeeze)
  protected readonly booking = deskBooking()
  protected readonly ready = computed(() => this.client() !== undefined && this.means() !== undefined)

  protected choose(client: WalkIn | undefined): void {
    this.client.set(client)
    this.booking.clear()
  }

  protected async go(squeeze = this.squeezes()): Promise<void> {
    const [client, means] = [this.client(), this.means()]
    if (!client || !means) return
    this.squeezes.set(squeeze)
    const told = await this.booking.book({ session: this.session, client, means }, squeeze)
    if (told) this.closing.close(told)
  }
}
