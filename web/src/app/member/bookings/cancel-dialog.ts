// Cancelling: the consequence in one sentence first, then the deed, and a new look if it has become worse meanwhile.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { CancellationPreview, Cancelled } from '@fitflow/contract/booking.ts'
import { creditsOf, moneyOf } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'

@Component({
  selector: 'app-cancel-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox, Skeleton],
  template: `
    <h2 mat-dialog-title>Cancel this booking?</h2>
    <mat-dialog-content>
      @switch (preview.state()) {
        @case ('waiting') {
          <app-skeleton [rows]="1" [height]="96" />
        }
        @case ('refused') {
          @if (preview.problem(); as problem) {
            <app-refusal [problem]="problem" [inline]="true" (again)="preview.reload()" />
          }
        }
        @default {
          @if (preview.value(); as shown) {
            @if (changed()) {
              <p class="changed" role="alert">This has changed while you were looking. It is now:</p>
            }
            <p class="sentence">{{ shown.sentence }}</p>
            <dl class="facts">
              @if (shown.creditsReturned) {
                <div>
                  <dt>Comes back</dt>
                  <dd class="num">{{ credits(shown.creditsReturned) }}</dd>
                </div>
              }
              @if (shown.creditsForfeited) {
                <div>
                  <dt>Is kept</dt>
                  <dd class="num">{{ credits(shown.creditsForfeited) }}</dd>
                </div>
              }
              @if (shown.refund; as refund) {
                <div>
                  <dt>Refund</dt>
                  <dd class="num">{{ money(refund) }}</dd>
                </div>
              }
              @if (shown.strike) {
                <div>
                  <dt>Strike</dt>
                  <dd>{{ shown.blockedUntil ? 'The last one allowed' : 'One is added' }}</dd>
                </div>
              }
              @if (shown.fee; as fee) {
                <div>
                  <dt>Fee</dt>
                  <dd class="num">{{ money(fee) }}</dd>
                </div>
              }
            </dl>
          }
        }
      }
      @if (refused(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" (again)="cancel()" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>Keep my spot</button>
      <button matButton="filled" class="danger" type="button" [disabled]="cancelling.busy() || preview.state() !== 'ready'" (click)="cancel()">Cancel booking</button>
    </mat-dialog-actions>
  `,
  styles: `
    mat-dialog-content {
      display: grid;
      gap: 16px;
    }
    .sentence {
      color: var(--ink);
      font-size: var(--t-17);
      line-height: 1.5;
    }
    .changed {
      color: var(--few);
      font-weight: 560;
    }
    .facts:empty {
      display: none;
    }
    .facts {
      color: var(--ink);
    }
  `,
})
export class CancelDialog {
  private readonly bookingId = inject<string>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<CancelDialog, Cancelled>>(MatDialogRef)
  private readonly notice = inject(Notice)
  protected readonly preview = live<CancellationPreview>(() => `/bookings/${this.bookingId}/cancellation-preview`)
  protected readonly cancelling = command()
  protected readonly changed = signal(false)
  protected readonly refused = computed(() => {
    const problem = this.cancelling.problem()
    return problem?.code === 'consequence-changed' ? undefined : problem
  })
  protected readonly credits = creditsOf
  protected readonly money = moneyOf

  protected async cancel(): Promise<void> {
    const shown = this.preview.value()
    if (!shown) return
    const done = await this.cancelling.send<Cancelled>({
      method: 'POST',
      path: `/bookings/${this.bookingId}/cancel`,
      body: { expect: shown.rule },
    })
    if (done) {
      this.notice.say(done.answer.strike?.sentence ?? done.answer.receipt.sentence)
      this.closing.close(done.answer)
    } else if (this.cancelling.problem()?.code === 'consequence-changed') {
      this.changed.set(true)
      this.preview.reload()
    }
  }
}
