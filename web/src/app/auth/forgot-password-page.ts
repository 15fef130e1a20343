// A forgotten password: ask for the link that sets a new one.
import { Component, inject, signal } from '@angular/core'
import { AskLink } from './ask-link.ts'
import { DoorFrame } from './door-frame.ts'
import { Who } from './who.ts'

@Component({
  selector: 'app-forgot-password-page',
  imports: [AskLink, DoorFrame],
  template: `
    <app-door-frame [title]="sent() ? 'Look into your mail' : 'A new password'">
      @if (!sent()) {
        <p class="lead">Tell us your e-mail address and we send you a link.</p>
      }
      <app-ask-link what="a link to set a new password" [ask]="ask" [(sent)]="sent" />
    </app-door-frame>
  `,
})
export class ForgotPasswordPage {
  private readonly who = inject(Who)
  protected readonly sent = signal('')
  protected readonly ask = (email: string): Promise<unknown> => this.who.requestReset(email)
}
