// The page behind the link that a new studio's server prints: whoever opens it first becomes the admin.
import { Component, inject, input } from '@angular/core'
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms'
import { Router } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { RefusalBox } from '../ui/refusal.ts'
import { DoorFrame } from './door-frame.ts'
import { door } from './door.ts'
import { Who } from './who.ts'

@Component({
  selector: 'app-setup-page',
  imports: [DoorFrame, MatButton, ReactiveFormsModule, RefusalBox],
  template: `
    <app-door-frame title="Open your studio">
      <p class="lead">You are the first here. This makes you the admin: everything else follows from there.</p>
      <form class="form" [formGroup]="form" (ngSubmit)="open()">
        <div class="field">
          <label for="name">Your name</label>
          <input class="input" id="name" formControlName="name" autocomplete="name" required maxlength="100" />
        </div>
        <div class="field">
          <label for="email">E-mail</label>
          <input class="input" id="email" type="email" formControlName="email" autocomplete="username" inputmode="email" required />
        </div>
        <div class="field">
          <label for="password">Password</label>
          <input class="input" id="password" type="password" formControlName="password" autocomplete="new-password" aria-describedby="password-help" required />
          <span class="help" id="password-help">At least ten characters. Three words make a good one.</span>
        </div>
        @if (door.problem(); as problem) {
          <app-refusal [problem]="problem" [retry]="false" [inline]="true" />
        }
        <button matButton="filled" class="wide" [disabled]="door.busy() || form.invalid">Become the admin</button>
      </form>
    </app-door-frame>
  `,
})
export class SetupPage {
  /** Out of the link. */
  readonly token = input('')
  private readonly router = inject(Router)
  private readonly who = inject(Who)
  protected readonly door = door()
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.pattern(/\S/)]],
    email: ['', [Validators.required]],
    password: ['', [Validators.required, Validators.minLength(10)]],
  })

  protected async open(): Promise<void> {
    if (this.form.invalid) return
    const { name, email, password } = this.form.getRawValue()
    const person = { name: name.trim(), email: email.trim(), password }
    if (await this.door.through(() => this.who.setUp(this.token(), person))) await this.router.navigateByUrl('/staff')
  }
}
