// A deed that is asked about first: what it does in plain words, its reason where one is wanted, then yes or no, and its refusal in the same place.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import { command } from '../api/command.ts'
import type { Ask } from '../api/http.ts'
import { RefusalBox } from './refusal.ts'

export interface Act {
  title: string
  words: string
  yes: string
  no: string
  danger: boolean
  /** Asks for a reason, sent as `reason`: somebody reads it. */
  reasoned?: boolean
  ask: Ask
}

// As short as a reason may be.
const reasonMin = 3

@Component({
  selector: 'app-act-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox],
  template: `
    <h2 mat-dialog-title>{{ act.title }}</h2>
    <mat-dialog-content>
      <p>{{ act.words }}</p>
      @if (act.reasoned) {
        <div class="field">
          <label for="act-reason">Reason</label>
          <input class="input" id="act-reason" maxlength="500" [value]="reason()" (input)="reason.set($any($event.target).value)" />
        </div>
      }
      @if (doing.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" [retry]="problem.code === 'offline' || problem.status >= 429" (again)="go()" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>{{ act.no }}</button>
      <button matButton="filled" type="button" [class.danger]="act.danger" [disabled]="doing.busy() || !ready()" (click)="go()">{{ act.yes }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    mat-dialog-content {
      display: grid;
      gap: 16px;
      max-width: 52ch;
    }
    p {
      color: var(--ink);
    }
  `,
})
export class ActDialog {
  protected readonly act = inject<Act>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<ActDialog, boolean>>(MatDialogRef)
  protected readonly doing = command()
  protected readonly reason = signal('')
  protected readonly ready = computed(() => !this.act.reasoned || this.reason().trim().length >= reasonMin)

  protected async go(): Promise<void> {
    const { ask, reasoned } = this.act
    const sent = reasoned ? { ...ask, body: { reason: this.reason().trim() } } : ask
    if (await this.doing.send(sent)) this.closing.close(true)
  }
}
