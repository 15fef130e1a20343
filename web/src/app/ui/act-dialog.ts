// A deed that is asked about first: what it does in plain words, then yes or no, and its refusal in the same place.
import { Component, inject } from '@angular/core'
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
  ask: Ask
}

@Component({
  selector: 'app-act-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox],
  template: `
    <h2 mat-dialog-title>{{ act.title }}</h2>
    <mat-dialog-content>
      <p>{{ act.words }}</p>
      @if (doing.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" [retry]="problem.code === 'offline' || problem.status >= 429" (again)="go()" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>{{ act.no }}</button>
      <button matButton="filled" type="button" [class.danger]="act.danger" [disabled]="doing.busy()" (click)="go()">{{ act.yes }}</button>
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

  protected async go(): Promise<void> {
    if (await this.doing.send(this.act.ask)) this.closing.close(true)
  }
}
