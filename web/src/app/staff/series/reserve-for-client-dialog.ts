// Staff reserve a standing place for a client: found by name, for as long as they want it.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { Client } from '@fitflow/contract/clients.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { NewStanding, Standing } from '@fitflow/contract/standing.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { SearchBox } from '../../ui/search-box.ts'

export interface SeriesToReserve {
  id: string
  name: string
}

@Component({
  selector: 'app-reserve-for-client-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox, SearchBox],
  templateUrl: './reserve-for-client-dialog.html',
  styleUrl: './reserve-for-client-dialog.css',
})
export class ReserveForClientDialog {
  protected readonly series = inject<SeriesToReserve>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<ReserveForClientDialog, string>>(MatDialogRef)
  protected readonly when = inject(When)

  protected readonly sought = signal('')
  protected readonly found = live<Page<Client>>(() => (this.sought().length > 1 ? `/admin/clients?limit=6&search=${encodeURIComponent(this.sought())}` : undefined))
  protected readonly client = signal<Client | undefined>(undefined)
  /** Once somebody is chosen the others step aside. */
  protected readonly shown = computed(() => {
    const chosen = this.client()
    return chosen ? [chosen] : (this.found.value()?.items ?? [])
  })
  protected readonly until = signal('')
  protected readonly joins = signal(true)
  protected readonly making = command()

  protected search(words: string): void {
    this.sought.set(words)
    this.client.set(undefined)
    this.making.clear()
  }

  protected async go(): Promise<void> {
    const client = this.client()
    if (!client) return
    const until = this.until()
    const body: NewStanding = { seriesId: this.series.id, joinsWaitlist: this.joins(), ...(until === '' ? {} : { until }) }
    const done = await this.making.send<Standing>({ method: 'POST', path: `/admin/clients/${client.id}/standing`, body })
    if (done) this.closing.close(`${client.name} has a standing place in ${this.series.name}.`)
  }
}
