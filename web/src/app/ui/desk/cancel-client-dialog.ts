// Staff cancel somebody's booking: by the member's own policy or as the studio, each with what comes back before it is done.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { CancellationPreview, Cancelled } from '@fitflow/contract/booking.ts'
import type { StaffCancel } from '@fitflow/contract/session-changes.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { RefusalBox } from '../refusal.ts'

const ways = [
  { by: 'member', name: 'As they would themselves', words: 'Their cancellation policy applies.' },
  { by: 'studio', name: 'As the studio', words: 'Everything comes back, whatever the hour.' },
] as const

/** A booking, by whose it is and, where that is not plain, what it is of. */
export interface Cancelling {
  id: string
  who: string
  what?: string
}

@Component({
  selector: 'app-cancel-client-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox],
  template: `
    <h2 mat-dialog-title>Cancel for {{ of.who }}?</h2>
    <mat-dialog-content>
      @if (of.what) {
        <p class="num">{{ of.what }}</p>
      }
      <fieldset class="choices">
        <legend class="unseen">How</legend>
        @for (way of ways; track way.by) {
          <label class="choice">
            <input type="radio" name="as" [checked]="way.by === how()" (change)="how.set(way.by)" />
            <span><span class="name">{{ way.name }}</span><span class="small">{{ way.words }}</span></span>
          </label>
        }
      </fieldset>
      @if (preview.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" [retry]="false" />
      } @else {
        <p role="status">{{ preview.value()?.sentence ?? 'Looking what comes back…' }}</p>
      }
      <div class="field">
        <label for="cancel-reason">Reason</label>
        <input class="input" id="cancel-reason" maxlength="200" aria-describedby="cancel-reason-read" [value]="reason()" (input)="reason.set($any($event.target).value)" />
        <p class="small quiet" id="cancel-reason-read">They read it with the news.</p>
      </div>
      @if (doing.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" [retry]="false" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>Keep it</button>
      <button matButton="filled" class="danger" type="button" [disabled]="!ready() || doing.busy()" (click)="go()">Cancel booking</button>
    </mat-dialog-actions>
  `,
  styleUrl: './desk-dialog.css',
})
export class CancelClientDialog {
  protected readonly of = inject<Cancelling>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<CancelClientDialog, string>>(MatDialogRef)
  protected readonly ways = ways
  protected readonly how = signal<StaffCancel['as']>('member')
  protected readonly reason = signal('')
  protected readonly preview = live<CancellationPreview>(() => `/admin/bookings/${this.of.id}/cancellation-preview?as=${this.how()}`)
  protected readonly ready = computed(() => this.preview.value() !== undefined && this.reason().trim() !== '')
  protected readonly doing = command()

  typed(): boolean {
    return this.reason().trim() !== ''
  }

  protected async go(): Promise<void> {
    const shown = this.preview.value()
    if (!shown) return
    const body: StaffCancel = { as: this.how(), reason: this.reason().trim(), ...(this.how() === 'member' ? { expect: shown.rule } : {}) }
    const done = await this.doing.send<Cancelled>({ method: 'POST', path: `/admin/bookings/${this.of.id}/cancel`, body })
    if (done) this.closing.close(done.answer.receipt.sentence)
    else if (this.doing.problem()?.code === 'consequence-changed') this.preview.reload()
  }
}
