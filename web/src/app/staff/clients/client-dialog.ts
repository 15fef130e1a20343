// One client's credits: the lots there are, and a grant with its reason.
import { Component, computed, inject, signal } from '@angular/core'
import { toSignal } from '@angular/core/rxjs-interop'
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { Client } from '@fitflow/contract/clients.ts'
import type { Granted, MyMemberships, NewGrant } from '@fitflow/contract/credits.ts'
import { creditsOf, plain } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { instantOf } from '../../api/zoned.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'

@Component({
  selector: 'app-client-dialog',
  imports: [MatButton, MatDialogActions, MatDialogContent, MatDialogTitle, ReactiveFormsModule, RefusalBox, Skeleton],
  templateUrl: './client-dialog.html',
  styleUrl: './client-dialog.css',
})
export class ClientDialog {
  protected readonly client = inject<Client>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<ClientDialog, boolean>>(MatDialogRef)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  protected readonly plain = plain

  protected readonly lots = live<MyMemberships>(() => `/admin/clients/${this.client.id}/memberships`)
  protected readonly granting = command()
  protected readonly granted = signal(false)

  protected readonly form = inject(NonNullableFormBuilder).group({
    kind: ['credits' as 'credits' | 'unlimited'],
    credits: [1, [Validators.required, Validators.min(0.01), Validators.max(10_000)]],
    lastDay: [this.when.addDays(this.when.today(), 90), Validators.required],
    reason: ['', [Validators.required, Validators.minLength(3), Validators.pattern(/\S/)]],
  })
  private readonly values = toSignal(this.form.valueChanges, { initialValue: this.form.getRawValue() })
  protected readonly isUnlimited = computed(() => this.values().kind === 'unlimited')

  protected async grant(): Promise<void> {
    this.form.markAllAsTouched()
    if (this.form.invalid) return
    const { credits, lastDay, reason } = this.form.getRawValue()
    const body: NewGrant = {
      credits: this.isUnlimited() ? null : credits,
      // Valid through the whole of its last day.
      validUntil: instantOf(this.when.addDays(lastDay, 1), '00:00', this.when.zone()),
      reason: reason.trim(),
    }
    const done = await this.granting.send<Granted>({ method: 'POST', path: `/admin/clients/${this.client.id}/credits`, body })
    if (!done) return
    this.granted.set(true)
    this.notice.say(`${this.client.name} has ${this.isUnlimited() ? 'unlimited access' : creditsOf(credits)} more.`)
    this.form.controls.reason.reset()
    this.lots.reload()
  }

  protected close(): void {
    this.closing.close(this.granted())
  }
}
