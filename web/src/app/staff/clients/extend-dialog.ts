// Gives a lot a later last day, with a reason.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { Extension, Granted } from '@fitflow/contract/credits.ts'
import { command } from '../../api/command.ts'
import { When } from '../../api/when.ts'
import type { Typed } from '../../ui/desk/opening.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { endOfDay, reasonMin, type LotOf } from './lot-of.ts'

@Component({
  selector: 'app-extend-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox],
  template: `
    <h2 mat-dialog-title>Extend {{ of.lot.name }}</h2>
    <mat-dialog-content>
      <p class="num">{{ of.client.name }} has it until {{ when.end(of.lot.validUntil) }}.</p>
      <div class="field">
        <label for="extend-day">New last day</label>
        <input class="input" id="extend-day" type="date" [min]="earliest" [value]="lastDay()" (input)="lastDay.set($any($event.target).value)" />
      </div>
      <div class="field">
        <label for="extend-reason">Reason</label>
        <input class="input" id="extend-reason" maxlength="500" [value]="reason()" (input)="reason.set($any($event.target).value)" aria-describedby="extend-help" />
        <span class="help" id="extend-help">It stands beside the lot, and the client reads it.</span>
      </div>
      @if (doing.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" (again)="go()" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>Never mind</button>
      <button matButton="filled" type="button" [disabled]="!ready() || doing.busy()" (click)="go()">Extend</button>
    </mat-dialog-actions>
  `,
  styleUrl: '../../ui/desk/desk-dialog.css',
})
export class ExtendDialog implements Typed {
  protected readonly of = inject<LotOf>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<ExtendDialog, string>>(MatDialogRef)
  protected readonly when = inject(When)
  /** The first day whose end lies beyond the lot's own. */
  protected readonly earliest = this.when.dayOf(this.of.lot.validUntil)
  protected readonly lastDay = signal(this.when.addDays(this.earliest, 29))
  protected readonly reason = signal('')
  protected readonly doing = command()
  protected readonly ready = computed(() => this.lastDay() >= this.earliest && this.reason().trim().length >= reasonMin)

  typed(): boolean {
    return this.reason() !== ''
  }

  protected async go(): Promise<void> {
    if (!this.ready()) return
    const body: Extension = { validUntil: endOfDay(this.lastDay(), this.when), reason: this.reason().trim() }
    const done = await this.doing.send<Granted>({ method: 'POST', path: `/admin/memberships/${this.of.lot.id}/extend`, body })
    if (done) this.closing.close(`${this.of.lot.name} of ${this.of.client.name} lasts until ${this.when.end(body.validUntil)}.`)
  }
}
