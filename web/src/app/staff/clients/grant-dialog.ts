// A grant to one client: credits or unlimited access, for some time from now on or from the first booking, with its reason.
import { Component, computed, inject } from '@angular/core'
import { toSignal } from '@angular/core/rxjs-interop'
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { Granted, NewGrant } from '@fitflow/contract/credits.ts'
import { creditsOf } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import { When } from '../../api/when.ts'
import type { Typed } from '../../ui/desk/opening.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { endOfDay, reasonMin, type LotOf } from './lot-of.ts'

@Component({
  selector: 'app-grant-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, ReactiveFormsModule, RefusalBox],
  templateUrl: './grant-dialog.html',
  styleUrl: '../../ui/desk/desk-dialog.css',
})
export class GrantDialog implements Typed {
  protected readonly client = inject<LotOf['client']>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<GrantDialog, string>>(MatDialogRef)
  protected readonly when = inject(When)
  protected readonly granting = command()

  protected readonly form = inject(NonNullableFormBuilder).group({
    kind: ['credits' as 'credits' | 'unlimited'],
    credits: [1, [Validators.required, Validators.min(0.01), Validators.max(10_000)]],
    starts: ['now' as 'now' | 'first-use'],
    days: [30, [Validators.required, Validators.min(1), Validators.max(3660)]],
    lastDay: [this.when.addDays(this.when.today(), 90), Validators.required],
    reason: ['', [Validators.required, Validators.minLength(reasonMin), Validators.pattern(/\S/)]],
  })
  private readonly values = toSignal(this.form.valueChanges, { initialValue: this.form.getRawValue() })
  protected readonly isUnlimited = computed(() => this.values().kind === 'unlimited')
  protected readonly isResting = computed(() => this.values().starts === 'first-use')

  typed(): boolean {
    return this.form.dirty
  }

  protected async grant(): Promise<void> {
    this.form.markAllAsTouched()
    if (this.form.invalid) return
    const { credits, days, lastDay, reason } = this.form.getRawValue()
    const body: NewGrant = {
      credits: this.isUnlimited() ? null : credits,
      validUntil: endOfDay(lastDay, this.when),
      ...(this.isResting() ? { activation: { days } } : {}),
      reason: reason.trim(),
    }
    const done = await this.granting.send<Granted>({ method: 'POST', path: `/admin/clients/${this.client.id}/credits`, body })
    if (done) this.closing.close(`${this.client.name} has ${this.isUnlimited() ? 'unlimited access' : creditsOf(credits)} more.`)
  }
}
