// Staff put a client at the end of the queue: found by name, and refused in the words that the client would read.
import { Component, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { AddToWaitlist, WaitlistForStaff } from '@fitflow/contract/booking.ts'
import type { WalkIn } from '@fitflow/contract/clients.ts'
import { command } from '../../api/command.ts'
import { ordinal } from '../../api/places.ts'
import { ClientPicker } from '../../ui/desk/client-picker.ts'
import { RefusalBox } from '../../ui/refusal.ts'

@Component({
  selector: 'app-add-to-waitlist-dialog',
  imports: [ClientPicker, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, RefusalBox],
  template: `
    <h2 mat-dialog-title>Add a client to the waitlist</h2>
    <mat-dialog-content>
      <p>They stand last, and are offered a spot in turn.</p>
      <app-client-picker [client]="client()" (clientChange)="choose($event)" />
      @if (adding.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" [retry]="problem.code === 'offline' || problem.status >= 429" (again)="go()" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>Never mind</button>
      <button matButton="filled" type="button" [disabled]="!client() || adding.busy()" (click)="go()">Add</button>
    </mat-dialog-actions>
  `,
  styleUrl: '../../ui/desk/desk-dialog.css',
})
export class AddToWaitlistDialog {
  private readonly sessionId = inject<string>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<AddToWaitlistDialog, string>>(MatDialogRef)
  protected readonly client = signal<WalkIn | undefined>(undefined)
  protected readonly adding = command()

  protected choose(client: WalkIn | undefined): void {
    this.client.set(client)
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
