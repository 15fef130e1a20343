// Puts credits into a lot, or takes some out, with a reason and what is left afterwards.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { Adjustment, Granted } from '@fitflow/contract/credits.ts'
import { creditsOf, plain } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import type { Typed } from '../../ui/desk/opening.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { reasonMin, type LotOf } from './lot-of.ts'

@Component({
  selector: 'app-adjust-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox],
  template: `
    <h2 mat-dialog-title>Adjust {{ of.lot.name }}</h2>
    <mat-dialog-content>
      <p class="num">{{ of.client.name }} has {{ credits(balance) }} in it.</p>
      <div class="segments" role="group" aria-label="Which way">
        <button type="button" [attr.aria-pressed]="!takes()" (click)="takes.set(false)">Put in</button>
        <button type="button" [attr.aria-pressed]="takes()" (click)="takes.set(true)">Take out</button>
      </div>
      <div class="form-pair">
        <div class="field">
          <label for="adjust-credits">Credits</label>
          <input class="input num" id="adjust-credits" type="number" inputmode="decimal" min="0.5" step="0.5" [value]="amount()" (input)="amount.set(+$any($event.target).value)" aria-describedby="adjust-after" />
          <span class="help num" id="adjust-after" role="status">{{ afterwards() }}</span>
        </div>
      </div>
      <div class="field">
        <label for="adjust-reason">Reason</label>
        <input class="input" id="adjust-reason" maxlength="500" [value]="reason()" (input)="reason.set($any($event.target).value)" aria-describedby="adjust-help" />
        <span class="help" id="adjust-help">It stands in the ledger, and the client reads it.</span>
      </div>
      @if (doing.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" (again)="go()" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>Never mind</button>
      <button matButton="filled" type="button" [disabled]="!ready() || doing.busy()" (click)="go()">{{ takes() ? 'Take out' : 'Put in' }}</button>
    </mat-dialog-actions>
  `,
  styleUrl: '../../ui/desk/desk-dialog.css',
})
export class AdjustDialog implements Typed {
  protected readonly of = inject<LotOf>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<AdjustDialog, string>>(MatDialogRef)
  protected readonly credits = creditsOf
  protected readonly balance = this.of.lot.creditsBalance ?? 0
  protected readonly takes = signal(false)
  protected readonly amount = signal(1)
  protected readonly reason = signal('')
  protected readonly doing = command()
  private readonly left = computed(() => Math.round((this.balance + (this.takes() ? -1 : 1) * this.amount()) * 100) / 100)
  protected readonly afterwards = computed(() => (this.left() < 0 ? `There are only ${plain(this.balance)} in it.` : `Then ${plain(this.left())} are in it.`))
  protected readonly ready = computed(() => this.amount() > 0 && this.left() >= 0 && this.reason().trim().length >= reasonMin)

  typed(): boolean {
    return this.reason() !== ''
  }

  protected async go(): Promise<void> {
    if (!this.ready()) return
    const { lot, client } = this.of
    const body: Adjustment = { credits: this.takes() ? -this.amount() : this.amount(), reason: this.reason().trim() }
    const done = await this.doing.send<Granted>({ method: 'POST', path: `/admin/memberships/${lot.id}/adjust`, body })
    if (done) this.closing.close(`${creditsOf(this.amount())} ${this.takes() ? 'taken out of' : 'put into'} ${lot.name} of ${client.name}.`)
  }
}
