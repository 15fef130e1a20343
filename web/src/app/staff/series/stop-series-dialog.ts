// Stopping a series: from which day on, what becomes of what is booked, and whom that affects, before it is done.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { StopPreview, StopSeries } from '@fitflow/contract/closures.ts'
import type { Series } from '@fitflow/contract/series.ts'
import { get } from '../../api/http.ts'
import { live } from '../../api/live.ts'
import { versionedCommand } from '../../api/meanwhile.ts'
import { When } from '../../api/when.ts'
import { EndingList } from '../../ui/ending-list.ts'
import { Icon } from '../../ui/icon.ts'
import { MeanwhileBox } from '../../ui/meanwhile-box.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { ruleInWords } from '../../api/rule-words.ts'
import type { SeriesChanged } from './edit-series-dialog.ts'
import { saidOfSeries } from './series-edit.ts'

@Component({
  selector: 'app-stop-series-dialog',
  imports: [EndingList, Icon, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, MeanwhileBox, RefusalBox],
  templateUrl: './stop-series-dialog.html',
  styleUrls: ['../../ui/desk/spine.css', './series-dialog.css'],
})
export class StopSeriesDialog {
  private readonly first = inject<Series>(MAT_DIALOG_DATA)
  protected readonly series = signal(this.first)
  private readonly closing = inject<MatDialogRef<StopSeriesDialog, SeriesChanged>>(MatDialogRef)
  protected readonly when = inject(When)
  protected readonly rule = ruleInWords(this.first.rrule)

  protected readonly endsBefore = signal(this.when.today())
  protected readonly booked = signal<StopSeries['booked']>('keep')
  protected readonly reason = signal('')
  protected readonly preview = live<StopPreview>(() => {
    const wish = { endsBefore: this.endsBefore(), booked: this.booked() }
    return wish.endsBefore ? `/admin/series/${this.first.id}/stop-preview?${new URLSearchParams(wish)}` : undefined
  })
  protected readonly ready = computed(() => this.endsBefore() !== '' && this.preview.value()?.changes === true)
  protected readonly doing = versionedCommand<Series>({
    read: () => get<Series>(`/admin/series/${this.first.id}`),
    says: saidOfSeries,
    adopt: (is) => {
      this.series.set(is)
      this.preview.reload()
    },
  })

  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement).value
  }

  protected async go(): Promise<void> {
    if (!this.ready()) return
    const reason = this.reason().trim()
    const body: StopSeries = { endsBefore: this.endsBefore(), booked: this.booked(), ...(reason ? { reason } : {}) }
    const done = await this.doing.send<Series>(this.series(), { method: 'POST', path: `/admin/series/${this.first.id}/stop`, body })
    if (done) this.closing.close({ id: done.answer.id, told: `It makes no more classes from ${this.when.shortDay(done.answer.endsBefore ?? this.endsBefore())} on.` })
  }
}
