// Before a session moves: from when to when, who has something in it and what becomes of that; then yes or no.
import { Component, computed, inject } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import { counted } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import { When } from '../../api/when.ts'
import { RefusalBox } from '../../ui/refusal.ts'

export interface Move {
  session: StaffSession
  startsAt: string
}

@Component({
  selector: 'app-move-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox],
  template: `
    <h2 mat-dialog-title>Move {{ move.session.name }}?</h2>
    <mat-dialog-content>
      <dl class="facts">
        <div>
          <dt>From</dt>
          <dd class="num">{{ when.moment(move.session.startsAt) }}</dd>
        </div>
        <div>
          <dt>To</dt>
          <dd class="num to">{{ when.moment(move.startsAt) }}</dd>
        </div>
        <div>
          <dt>Trainer</dt>
          <dd>{{ move.session.trainer.name }}</dd>
        </div>
      </dl>
      <p>{{ affected() }}</p>
      @if (moving.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" [retry]="problem.code === 'offline' || problem.status >= 429" (again)="go()" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>Leave it</button>
      <button matButton="filled" type="button" [disabled]="moving.busy()" (click)="go()">Move session</button>
    </mat-dialog-actions>
  `,
  styles: `
    mat-dialog-content {
      display: grid;
      gap: 16px;
      min-width: min(80vw, 340px);
    }
    p {
      color: var(--ink);
    }
    .to {
      font-weight: 640;
    }
  `,
})
export class MoveDialog {
  protected readonly move = inject<Move>(MAT_DIALOG_DATA)
  protected readonly when = inject(When)
  protected readonly moving = command()
  private readonly closing = inject<MatDialogRef<MoveDialog, boolean>>(MatDialogRef)

  protected readonly affected = computed(() => {
    const { booked, held, waitlistLength } = this.move.session
    const parts = [
      booked > 0 ? counted(booked, 'booking') : '',
      held > 0 ? counted(held, 'held spot') : '',
      waitlistLength > 0 ? `${waitlistLength} waiting` : '',
    ].filter(Boolean)
    return parts.length === 0 ? 'Nobody has booked, so nobody needs to be told.' : `It has ${parts.join(', ')}.`
  })

  protected async go(): Promise<void> {
    const { session, startsAt } = this.move
    const done = await this.moving.send<StaffSession>({ method: 'PATCH', path: `/admin/sessions/${session.id}`, body: { startsAt } })
    if (done) this.closing.close(true)
  }
}
