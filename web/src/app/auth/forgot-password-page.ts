// A forgotten password: ask for the link that sets a new one.
import { Component, inject, signal } from '@angular/core'
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { StudioFace } from '../api/studio.ts'
import { RefusalBox } from '../ui/refusal.ts'
import { DoorFrame } from './door-frame.ts'
import { door } from './door.ts'
import { Who } from './who.ts'

@Component({
  selector: 'app-forgot-password-page',
  imports: [DoorFrame, MatButton, ReactiveFormsModule, RefusalBox, RouterLink],
  template: `
    <app-door-frame [title]="sent() ? 'Look into your mail' : 'A new password'">
      @if (sent()) {
        <p class="lead" role="status">If there is an account for {{ sent() }}, a link to set a new password is on its way.</p>
        @if (studio.face()?.demo) {
          <p class="small quiet">This demo sends no mail: the link stands in the server's console.</p>
        }
        <a matButton="outlined" routerLink="/sign-in">Back to sign in</a>
      } @else {
        <p class="lead">Tell us your e-mail address and we send you a link.</p>
        <form class="form" [formGroup]="form" (ngSubmit)="ask()">
          <div class="field">
            <label for="email">E-mail</label>
            <input class="input" id="email" type="email" formControlName="email" autocomplete="username" inputmode="email" required />
          </div>
          @if (door.problem(); as problem) {
            <app-refusal [problem]="problem" [retry]="false" [inline]="true" />
          }
          <button matButton="filled" class="wide" [disabled]="door.busy()">Send the link</button>
        </form>
        <p class="small"><a routerLink="/sign-in">Back to sign in</a></p>
      }
    </app-door-frame>
  `,
})
export class ForgotPasswordPage {
  private readonly who = inject(Who)
  protected readonly studio = inject(StudioFace)
  protected readonly door = door()
  protected readonly sent = signal('')
  protected readonly form = inject(NonNullableFormBuilder).group({ email: ['', [Validators.required]] })

  protected async ask(): Promise<void> {
    if (this.form.invalid) return
    const email = this.form.controls.email.value.trim()
    if (await this.door.through(() => this.who.requestReset(email))) this.sent.set(email)
  }
}
