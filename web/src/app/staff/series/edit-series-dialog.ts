// Changing a series from a day on or as a whole: what changes, who is affected and what is in the way, before it is done.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { Trainer } from '@fitflow/contract/identity.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { SeriesEditPreview } from '@fitflow/contract/series-edits.ts'
import type { Series, SeriesDetail } from '@fitflow/contract/series.ts'
import { counted } from '../../api/amounts.ts'
import { get } from '../../api/http.ts'
import { live } from '../../api/live.ts'
import { rebased, versionedCommand } from '../../api/meanwhile.ts'
import { When } from '../../api/when.ts'
import { Who } from '../../auth/who.ts'
import { AffectedList } from '../../ui/affected-list.ts'
import { Icon } from '../../ui/icon.ts'
import { MeanwhileBox } from '../../ui/meanwhile-box.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { ruleInWords } from '../../api/rule-words.ts'
import { differing, draftOf, editOf, editPreviewPath, saidOfSeries, type EditDraft } from './series-edit.ts'

/** The series that goes on, and what was done in words. */
export interface SeriesChanged {
  id: string
  told: string
}

@Component({
  selector: 'app-edit-series-dialog',
  imports: [AffectedList, Icon, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, MeanwhileBox, RefusalBox],
  templateUrl: './edit-series-dialog.html',
  styleUrls: ['../../ui/desk/spine.css', './series-dialog.css'],
})
export class EditSeriesDialog {
  private readonly first = inject<SeriesDetail>(MAT_DIALOG_DATA)
  protected readonly series = signal(this.first)
  private readonly closing = inject<MatDialogRef<EditSeriesDialog, SeriesChanged>>(MatDialogRef)
  protected readonly when = inject(When)
  protected readonly who = inject(Who)
  protected readonly rule = ruleInWords(this.first.rrule)
  protected readonly days = this.first.occurrences.map((day) => day.on)

  protected readonly draft = signal<EditDraft>(draftOf(this.first, this.days[0] ?? this.when.today()))
  protected readonly trainers = live<Page<Trainer>>(() => (this.who.isAdmin() ? '/trainers?limit=200' : undefined))
  protected readonly edit = computed(() => editOf(this.series(), this.draft()))
  protected readonly preview = live<SeriesEditPreview>(() => {
    const edit = this.edit()
    return edit && editPreviewPath(this.series(), edit)
  })
  protected readonly shown = computed(() => (this.edit() ? this.preview.value() : undefined))
  /** Something is in the way, or there is nothing to do. */
  protected readonly stands = computed(() => {
    const shown = this.shown()
    return !shown?.changes || shown.refusals.length > 0
  })
  protected readonly isSame = computed(() => Object.keys(differing(this.series(), this.draft())).length === 0)
  protected readonly classes = computed(() => {
    const { classes = 0 } = this.shown() ?? {}
    return classes === 0 ? 'No class that is there changes; those still to come do.' : `${counted(classes, 'class changes', 'classes change')}.`
  })
  protected readonly doing = versionedCommand<SeriesDetail>({
    read: () => get<SeriesDetail>(`/admin/series/${this.first.id}`),
    says: saidOfSeries,
    adopt: (is, was) => {
      this.series.set(is)
      this.draft.update((draft) => rebased(draft, draftOf(was, draft.from), draftOf(is, draft.from)))
      this.preview.reload()
    },
  })

  protected change(change: Partial<EditDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...change }))
    this.doing.clear()
  }

  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement).value
  }

  /** Null where nothing is typed: then it is the template's. */
  protected numberOf(event: Event): number | null {
    const { value, valueAsNumber } = event.target as HTMLInputElement
    return value === '' ? null : valueAsNumber
  }

  protected async go(): Promise<void> {
    const edit = this.edit()
    if (!edit || this.stands()) return
    const sentence = this.shown()?.sentence ?? ''
    const done = await this.doing.send<Series>(this.series(), { method: 'PATCH', path: `/admin/series/${this.first.id}`, body: edit })
    if (done) this.closing.close({ id: done.answer.id, told: `Changed. ${sentence}` })
  }
}
