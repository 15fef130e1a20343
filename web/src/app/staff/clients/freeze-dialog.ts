// Lets a lot rest for some days: what that does to its end and which bookings lie inside is shown before it is done.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { FreezePreview, Frozen } from '@fitflow/contract/clients.ts'
import type { NewFreeze } from '@fitflow/contract/credits.ts'
import { counted } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import type { Typed } from '../../ui/desk/opening.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { reasonMin, type LotOf } from './lot-of.ts'

@Component({
  selector: 'app-freeze-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox],
  templateUrl: './freeze-dialog.html',
  styleUrls: ['../../ui/desk/desk-dialog.css', './freeze-dialog.css'],
})
export class FreezeDialog implements Typed {
  protected readonly of = inject<LotOf>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<FreezeDialog, string>>(MatDialogRef)
  protected readonly when = inject(When)
  protected readonly from = signal(this.when.today())
  protected readonly until = signal(this.when.addDays(this.when.today(), 13))
  protected readonly reason = signal('')
  protected readonly cancels = signal(false)
  protected readonly doing = command()

  protected readonly asked = computed(() => this.from() >= this.when.today() && this.until() >= this.from())
  protected readonly preview = live<FreezePreview>(() =>
    this.asked() ? `/admin/memberships/${this.of.lot.id}/freeze-preview?from=${this.from()}&until=${this.until()}` : undefined,
  )
  private readonly inside = computed(() => this.preview.value()?.bookings.length ?? 0)
  protected readonly cancelled = computed(() => (this.cancels() ? this.inside() : 0))
  protected readonly insideWords = computed(() => (this.inside() === 0 ? 'Nothing that it paid for is booked inside.' : `${counted(this.inside(), 'class', 'classes')} that it paid for ${this.inside() === 1 ? 'lies' : 'lie'} inside:`))
  protected readonly ready = computed(() => this.asked() && this.preview.value() !== undefined && this.reason().trim().length >= reasonMin)

  typed(): boolean {
    return this.reason() !== ''
  }

  protected async go(): Promise<void> {
    if (!this.ready()) return
    const { lot, client } = this.of
    const body: NewFreeze = { from: this.from(), until: this.until(), reason: this.reason().trim(), bookings: this.cancelled() > 0 ? 'cancel' : 'keep' }
    const done = await this.doing.send<Frozen>({ method: 'POST', path: `/admin/memberships/${lot.id}/freeze`, body })
    if (!done) {
      if (this.doing.problem()?.code === 'consequence-changed') this.preview.reload()
      return
    }
    const { cancelled, membership } = done.answer
    const also = cancelled.length === 0 ? '' : ` ${counted(cancelled.length, 'booking')} cancelled with everything back.`
    this.closing.close(`${lot.name} of ${client.name} is frozen and ends ${this.when.end(membership.validUntil)}.${also}`)
  }
}
