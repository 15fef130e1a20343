// Moves credits of a lot to another client, with a reason; both read it.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { WalkIn } from '@fitflow/contract/clients.ts'
import type { Transfer, Transferred } from '@fitflow/contract/credits.ts'
import { creditsOf } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import { When } from '../../api/when.ts'
import { ClientPicker } from '../../ui/desk/client-picker.ts'
import type { Typed } from '../../ui/desk/opening.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { reasonMin, type LotOf } from './lot-of.ts'

@Component({
  selector: 'app-transfer-dialog',
  imports: [ClientPicker, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox],
  template: `
    <h2 mat-dialog-title>Move credits to somebody else</h2>
    <mat-dialog-content>
      <p class="num">{{ of.client.name }} has {{ credits(balance) }} in {{ of.lot.name }}, until {{ when.end(of.lot.validUntil) }}. What moves keeps that end.</p>
      <app-client-picker [without]="of.client.id" [onlyOwn]="true" [client]="to()" (clientChange)="to.set($event)" />
      <div class="field">
        <label for="move-credits">Credits</label>
        <input class="input num" id="move-credits" type="number" inputmode="decimal" min="0.5" step="0.5" [max]="balance" [value]="amount()" (input)="amount.set(+$any($event.target).value)" />
      </div>
      <div class="field">
        <label for="move-reason">Reason</label>
        <input class="input" id="move-reason" maxlength="500" [value]="reason()" (input)="reason.set($any($event.target).value)" aria-describedby="move-help" />
        <span class="help" id="move-help">It stands in both ledgers, and both read it.</span>
      </div>
      @if (doing.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" (again)="go()" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>Never mind</button>
      <button matButton="filled" type="button" [disabled]="!ready() || doing.busy()" (click)="go()">Move</button>
    </mat-dialog-actions>
  `,
  styleUrl: '../../ui/desk/desk-dialog.css',
})
export class TransferDialog implements Typed {
  protected readonly of = inject<LotOf>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<TransferDialog, string>>(MatDialogRef)
  protected readonly when = inject(When)
  protected readonly credits = creditsOf
  protected readonly balance = this.of.lot.creditsBalance ?? 0
  protected readonly to = signal<WalkIn | undefined>(undefined)
  protected readonly amount = signal(Math.min(1, this.balance))
  protected readonly reason = signal('')
  protected readonly doing = command()
  protected readonly ready = computed(() => this.to() !== undefined && this.amount() > 0 && this.amount() <= this.balance && this.reason().trim().length >= reasonMin)

  typed(): boolean {
    return this.reason() !== '' || this.to() !== undefined
  }

  protected async go(): Promise<void> {
    const to = this.to()
    if (!to || !this.ready()) return
    const body: Transfer = { toUserId: to.id, credits: this.amount(), reason: this.reason().trim() }
    const done = await this.doing.send<Transferred>({ method: 'POST', path: `/admin/memberships/${this.of.lot.id}/transfer`, body })
    if (done) this.closing.close(`${to.name} has ${creditsOf(this.amount())} of ${this.of.client.name} now.`)
  }
}
