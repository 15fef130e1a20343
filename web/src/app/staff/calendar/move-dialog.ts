// Before a session moves: from when to when, who is affected and what is in the way, in the server's words; then yes or no.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { ChangePreview } from '@fitflow/contract/session-changes.ts'
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import { get } from '../../api/http.ts'
import { live } from '../../api/live.ts'
import { versionedCommand } from '../../api/meanwhile.ts'
import { When } from '../../api/when.ts'
import { AffectedList } from '../../ui/affected-list.ts'
import { MeanwhileBox } from '../../ui/meanwhile-box.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { saidOfSession } from '../../ui/desk/session-words.ts'

export interface Move {
  session: StaffSession
  startsAt: string
}

@Component({
  selector: 'app-move-dialog',
  imports: [AffectedList, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, MeanwhileBox, RefusalBox],
  template: `
    <h2 mat-dialog-title>Move {{ move.session.name }}?</h2>
    <mat-dialog-content>
      <dl class="facts">
        <div>
          <dt>From</dt>
          <dd class="num">{{ when.moment(session().startsAt) }}</dd>
        </div>
        <div>
          <dt>To</dt>
          <dd class="num to">{{ when.moment(move.startsAt) }}</dd>
        </div>
        <div>
          <dt>Trainer</dt>
          <dd>{{ session().trainer.name }}</dd>
        </div>
      </dl>
      @if (preview.value(); as shown) {
        <app-affected-list [preview]="shown" />
      } @else if (preview.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" (again)="preview.reload()" />
      } @else {
        <p class="quiet" role="status">Looking who is affected…</p>
      }
      @if (moving.theirs().length > 0) {
        <app-meanwhile-box [theirs]="moving.theirs()" />
      }
      @if (moving.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" [retry]="problem.code === 'offline' || problem.status >= 429" (again)="go()" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>Leave it</button>
      <button matButton="filled" type="button" [disabled]="moving.busy() || stands()" (click)="go()">Move session</button>
    </mat-dialog-actions>
  `,
  styles: `
    mat-dialog-content {
      display: grid;
      gap: 16px;
      width: min(80vw, 440px);
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
  protected readonly session = signal(this.move.session)
  protected readonly moving = versionedCommand<StaffSession>({
    read: () => get<StaffSession>(`/admin/sessions/${this.move.session.id}`),
    says: (session) => saidOfSession(session, this.when),
    adopt: (is) => {
      this.session.set(is)
      this.preview.reload()
    },
  })
  private readonly closing = inject<MatDialogRef<MoveDialog, boolean>>(MatDialogRef)

  protected readonly preview = live<ChangePreview>(() => `/admin/sessions/${this.move.session.id}/change-preview?${new URLSearchParams({ startsAt: this.move.startsAt })}`)
  /** Until it is known whom it affects, nobody moves anything. */
  protected readonly stands = computed(() => (this.preview.value()?.refusals.length ?? 1) > 0)

  protected async go(): Promise<void> {
    const { session, startsAt } = this.move
    const done = await this.moving.send<StaffSession>(this.session(), { method: 'PATCH', path: `/admin/sessions/${session.id}`, body: { startsAt } })
    if (done) this.closing.close(true)
  }
}
