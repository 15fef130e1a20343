// A new account: name, e-mail, password, and in.
import { Component, inject, input } from '@angular/core'
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { RefusalBox } from '../ui/refusal.ts'
import { DoorFrame } from './door-frame.ts'
import { door } from './door.ts'
import { onward } from './onward.ts'
import { Who } from './who.ts'

@Component({
  selector: 'app-sign-up-page',
  imports: [DoorFrame, MatButton, ReactiveFormsModule, RefusalBox, RouterLink],
  template: `
    <app-door-frame title="Create your account">
      <form class="form" [formGroup]="form" (ngSubmit)="enter()">
        <div class="field">
          <label for="name">Name</label>
          <input class="input" id="name" formControlName="name" autocomplete="name" required maxlength="100" />
        </div>
        <div class="field">
          <label for="email">E-mail</label>
          <input class="input" id="email" type="email" formControlName="email" autocomplete="username" inputmode="email" required />
        </div>
        <div class="field">
          <label for="password">Password</label>
          <input
            class="input"
            id="password"
            type="password"
            formControlName="password"
            autocomplete="new-password"
            aria-describedby="password-help"
            [attr.aria-invalid]="form.controls.password.touched && form.controls.password.invalid"
            required
          />
          <span class="help" id="password-help">At least ten characters. Three words make a good one.</span>
        </div>
        @if (door.problem(); as problem) {
          <app-refusal [problem]="problem" [retry]="false" [inline]="true" />
        }
        <button matButton="filled" class="wide" [disabled]="door.busy()">{{ door.busy() ? 'One moment' : 'Create account' }}</button>
      </form>
      <p class="small quiet">Here before? <a routerLink="/sign-in" [queryParams]="{ return: return() || null }">Sign in</a></p>
    </app-door-frame>
  `,
})
export class SignUpPage {
  readonly return = input<string>()
  private readonly router = inject(Router)
  private readonly who = inject(Who)
  protected readonly door = door()
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.pattern(/\S/)]],
    email: ['', [Validators.required]],
    password: ['', [Validators.required, Validators.minLength(10)]],
  })

  protected async enter(): Promise<void> {
    this.form.markAllAsTouched()
    if (this.form.invalid) return
    const { name, email, password } = this.form.getRawValue()
    const opened = await this.door.through(() => this.who.signUp(name.trim(), email.trim(), password))
    if (opened) await this.router.navigateByUrl(onward(this.return(), this.who.me()))
  }
}
