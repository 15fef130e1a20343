// Staff reserve a standing place for a client: found by name, for as long as they want it.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { WalkIn } from '@fitflow/contract/clients.ts'
import type { NewStanding, Standing } from '@fitflow/contract/standing.ts'
import { command } from '../../api/command.ts'
import { When } from '../../api/when.ts'
import { ClientPicker } from '../../ui/desk/client-picker.ts'
import { LotSelect } from '../../ui/lot-select.ts'
import { RefusalBox } from '../../ui/refusal.ts'

export interface SeriesToReserve {
  id: string
  name: string
}

@Component({
  selector: 'app-reserve-for-client-dialog',
  imports: [ClientPicker, LotSelect, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox],
  templateUrl: './reserve-for-client-dialog.html',
  styleUrls: ['../../ui/desk/desk-dialog.css', './reserve-for-client-dialog.css'],
})
export class ReserveForClientDialog {
  protected readonly series = inject<SeriesToReserve>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<ReserveForClientDialog, string>>(MatDialogRef)
  protected readonly when = inject(When)

  protected readonly client = signal<WalkIn | undefined>(undefined)
  protected readonly until = signal('')
  protected readonly joins = signal(true)
  protected readonly pays = signal('')
  /** What a walk-in has is not theirs to see who reserves for them. */
  protected readonly lotsPath = computed(() => {
    const client = this.client()
    return client && client.isOwn !== false ? `/admin/clients/${client.id}/memberships` : undefined
  })
  protected readonly making = command()

  protected choose(client: WalkIn | undefined): void {
    this.client.set(client)
    this.pays.set('')
    this.making.clear()
  }

  protected async go(): Promise<void> {
    const client = this.client()
    if (!client) return
    const [until, membershipId] = [this.until(), this.pays()]
    const body: NewStanding = { seriesId: this.series.id, joinsWaitlist: this.joins(), ...(until ? { until } : {}), ...(membershipId ? { membershipId } : {}) }
    const done = await this.making.send<Standing>({ method: 'POST', path: `/admin/clients/${client.id}/standing`, body })
    if (done) this.closing.close(`${client.name} has a standing place in ${this.series.name}.`)
  }
}
