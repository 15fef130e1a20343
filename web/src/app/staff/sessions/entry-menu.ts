// What staff may do with one person's spot: cancel the booking, or release the hold, with the time it has left.
import { Component, computed, inject, input, output } from '@angular/core'
import { MatButton } from '@angular/material/button'
import type { RosterEntry } from '@fitflow/contract/booking.ts'
import { nowMs } from '../../api/clock.ts'
import { timeLeft } from '../../api/time-left.ts'
import { Asking } from '../../ui/asking.ts'
import { CancelClientDialog, type Cancelling } from '../../ui/desk/cancel-client-dialog.ts'
import { Opening } from '../../ui/desk/opening.ts'
import { Notice } from '../../ui/notice.ts'

@Component({
  selector: 'app-entry-menu',
  imports: [MatButton],
  template: `
    @if (left(); as words) {
      <span class="num quiet" role="timer" [attr.aria-label]="words + ' left'">{{ words }}</span>
    }
    @if (cancellable()) {
      <button matButton class="dense" type="button" [attr.aria-label]="'Cancel the booking of ' + entry().user.name" (click)="cancel()">Cancel</button>
    } @else if (entry().status === 'active') {
      <button matButton class="dense" type="button" [attr.aria-label]="'Release the spot of ' + entry().user.name" (click)="release()">Release</button>
    }
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      justify-content: flex-end;
      gap: 8px;
    }
  `,
})
export class EntryMenu {
  readonly entry = input.required<RosterEntry>()
  readonly changed = output()
  private readonly opening = inject(Opening)
  private readonly asking = inject(Asking)
  private readonly notice = inject(Notice)
  protected readonly cancellable = computed(() => this.entry().kind === 'booking' && this.entry().status !== 'cancelled')
  protected readonly left = computed(() => {
    const until = this.entry().expiresAt
    if (until === null) return ''
    return timeLeft(Date.parse(until), nowMs())
  })

  protected async cancel(): Promise<void> {
    const { id, user } = this.entry()
    const of: Cancelling = { id, who: user.name }
    if (await this.opening.toDo(CancelClientDialog, of)) this.changed.emit()
  }

  protected async release(): Promise<void> {
    const { id, kind, user } = this.entry()
    const what = kind === 'offer' ? 'offer' : 'hold'
    const done = await this.asking.toDo({
      title: `Release the ${what} of ${user.name}?`,
      words: kind === 'offer' ? 'The offer ends, and the spot goes to whoever waits next.' : 'The hold ends, and the spot is free at once.',
      yes: 'Release',
      no: 'Leave it',
      danger: true,
      ask: { method: 'DELETE', path: `/admin/holds/${id}` },
    })
    if (!done) return
    this.notice.say('The spot is free again.')
    this.changed.emit()
  }
}
