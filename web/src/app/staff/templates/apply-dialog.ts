// After a template was saved: whether its coming classes take it over too, all or from a day on, and whom that affects.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { AppliedTemplate, ApplyTemplate, ApplyTemplatePreview } from '@fitflow/contract/series-edits.ts'
import type { ClassTemplate } from '@fitflow/contract/sessions.ts'
import { counted } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { AffectedList } from '../../ui/affected-list.ts'
import { RefusalBox } from '../../ui/refusal.ts'

@Component({
  selector: 'app-apply-dialog',
  imports: [AffectedList, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox],
  templateUrl: './apply-dialog.html',
  styleUrl: './apply-dialog.css',
})
export class ApplyDialog {
  protected readonly template = inject<ClassTemplate>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<ApplyDialog, string>>(MatDialogRef)
  protected readonly when = inject(When)

  protected readonly scope = signal<'all' | 'following'>('all')
  protected readonly from = signal(this.when.today())
  private readonly wish = computed<ApplyTemplate | undefined>(() => {
    if (this.scope() === 'all') return {}
    return this.from() ? { from: this.from() } : undefined
  })
  protected readonly preview = live<ApplyTemplatePreview>(() => {
    const wish = this.wish()
    return wish && `/admin/templates/${this.template.id}/apply-preview?${new URLSearchParams(wish)}`
  })
  protected readonly classes = computed(() => this.preview.value()?.classes ?? 0)
  protected readonly stands = computed(() => (this.preview.value()?.refusals.length ?? 1) > 0)
  protected readonly sum = computed(() => {
    const { classes = 0, repriced = 0 } = this.preview.value() ?? {}
    if (classes === 0) return 'None of them differs: there is nothing to change.'
    const price = repriced > 0 ? ' Whoever holds or has booked a spot keeps the price they saw.' : ''
    return `${counted(classes, 'class changes', 'classes change')}.${price}`
  })
  protected readonly doing = command()
  protected readonly count = counted

  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement).value
  }

  protected async go(): Promise<void> {
    const wish = this.wish()
    if (!wish || this.stands()) return
    const told = this.preview.value()?.sentence ?? ''
    const done = await this.doing.send<AppliedTemplate>({ method: 'POST', path: `/admin/templates/${this.template.id}/apply`, body: wish })
    if (done) this.closing.close(`Saved, and ${counted(done.answer.classes, 'class', 'classes')} changed. ${told}`)
  }
}
