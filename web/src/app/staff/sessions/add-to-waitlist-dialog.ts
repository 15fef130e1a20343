// Staff put a client at the end of the queue: found by name, and refused in the words that the client would read.
import { Component, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { AddToWaitlist, WaitlistForStaff } from '@fitflow/contract/booking.ts'
import type { Client } from '@fitflow/contract/clients.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { ordinal } from '../../api/places.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { SearchBox } from '../../ui/search-box.ts'

@Component({
  selector: 'app-add-to-waitlist-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox, SearchBox],
  template: `
    <h2 mat-dialog-title>Add a client to the waitlist</h2>
    <mat-dialog-content>
      <p>They stand last, and are offered a spot in turn.</p>
      <app-search-box label="Client’s name or e-mail" [value]="sought()" (sought)="search($event)" />
      @if (found.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" (again)="found.reload()" />
      } @else if (found.value(); as page) {
        <fieldset class="choices">
          <legend class="unseen">Client</legend>
          @for (one of page.items; track one.id) {
            <label class="choice">
              <input type="radio" name="client" [checked]="client()?.id === one.id" (change)="client.set(one)" />
              <span><span class="name">{{ one.name }}</span><span class="small">{{ one.email }}</span></span>
            </label>
          } @empty {
            <p class="quiet" role="status">Nobody of that name.</p>
          }
        </fieldset>
      }
      @if (adding.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" [retry]="problem.code === 'offline' || problem.status >= 429" (again)="go()" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>Never mind</button>
      <button matButton="filled" type="button" [disabled]="!client() || adding.busy()" (click)="go()">Add</button>
    </mat-dialog-actions>
  `,
  styleUrl: './desk-dialog.css',
})
export class AddToWaitlistDialog {
  private readonly sessionId = inject<string>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<AddToWaitlistDialog, string>>(MatDialogRef)
  protected readonly sought = signal('')
  protected readonly found = live<Page<Client>>(() => (this.sought().length > 1 ? `/admin/clients?limit=6&search=${encodeURIComponent(this.sought())}` : undefined))
  protected readonly client = signal<Client | undefined>(undefined)
  protected readonly adding = command()

  protected search(words: string): void {
    this.sought.set(words)
    this.client.set(undefined)
    this.adding.clear()
  }

  protected async go(): Promise<void> {
    const client = this.client()
    if (!client) return
    const body: AddToWaitlist = { userId: client.id }
    const done = await this.adding.send<WaitlistForStaff>({ method: 'POST', path: `/admin/waitlist/${this.sessionId}/entries`, body })
    if (done) this.closing.close(`${client.name} is ${ordinal(done.answer.length)} in line.`)
  }
}
