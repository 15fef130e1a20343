// The page behind the link in the mail: set a new password, then sign in with it.
import { Component, inject, input } from '@angular/core'
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { Notice } from '../ui/notice.ts'
import { RefusalBox } from '../ui/refusal.ts'
import { DoorFrame } from './door-frame.ts'
import { door } from './door.ts'
import { Who } from './who.ts'

@Component({
  selector: 'app-reset-password-page',
  imports: [DoorFrame, MatButton, ReactiveFormsModule, RefusalBox, RouterLink],
  template: `
    @if (token()) {
      <app-door-frame title="Choose a new password">
        <form class="form" [formGroup]="form" (ngSubmit)="set()">
          <div class="field">
            <label for="password">New password</label>
            <input class="input" id="password" type="password" formControlName="password" autocomplete="new-password" aria-describedby="password-help" required />
            <span class="help" id="password-help">At least ten characters. Three words make a good one.</span>
          </div>
          @if (door.problem(); as problem) {
            <app-refusal [problem]="problem" [retry]="false" [inline]="true" />
          }
          <button matButton="filled" class="wide" [disabled]="door.busy()">Set the password</button>
        </form>
        <p class="small"><a routerLink="/forgot-password">Ask for a new link</a></p>
      </app-door-frame>
    } @else {
      <app-door-frame title="This link does not work any more">
        <p class="lead">It has been used, or it is too old. A new one takes a moment.</p>
        <a matButton="filled" routerLink="/forgot-password">Ask for a new link</a>
      </app-door-frame>
    }
  `,
})
export class ResetPasswordPage {
  readonly token = input<string>()
  private readonly router = inject(Router)
  private readonly who = inject(Who)
  private readonly notice = inject(Notice)
  protected readonly door = door()
  protected readonly form = inject(NonNullableFormBuilder).group({
    password: ['', [Validators.required, Validators.minLength(10)]],
  })

  protected async set(): Promise<void> {
    const token = this.token()
    if (this.form.invalid || !token) return
    const done = await this.door.through(() => this.who.resetPassword(token, this.form.controls.password.value))
    if (!done) return
    this.notice.say('Your new password is set. Sign in with it.')
    await this.router.navigateByUrl('/sign-in')
  }
}
