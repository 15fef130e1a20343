// Sign in, and go on to where one was headed.
import { Component, inject, input } from '@angular/core'
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { StudioFace } from '../api/studio.ts'
import { RefusalBox } from '../ui/refusal.ts'
import { DoorFrame } from './door-frame.ts'
import { door } from './door.ts'
import { onward } from './onward.ts'
import { Who } from './who.ts'

@Component({
  selector: 'app-sign-in-page',
  imports: [DoorFrame, MatButton, ReactiveFormsModule, RefusalBox, RouterLink],
  template: `
    <app-door-frame title="Welcome back">
      <form class="form" [formGroup]="form" (ngSubmit)="enter()">
        <div class="field">
          <label for="email">E-mail</label>
          <input class="input" id="email" type="email" formControlName="email" autocomplete="username" inputmode="email" required />
        </div>
        <div class="field">
          <label for="password">Password</label>
          <input class="input" id="password" type="password" formControlName="password" autocomplete="current-password" required />
        </div>
        @if (door.problem(); as problem) {
          <app-refusal [problem]="problem" [retry]="false" [inline]="true" />
        }
        <button matButton="filled" class="wide" [disabled]="door.busy()">{{ door.busy() ? 'One moment' : 'Sign in' }}</button>
      </form>
      <p class="small ways">
        <a routerLink="/forgot-password">Forgotten your password?</a>
        <a routerLink="/sign-in/link" [queryParams]="{ return: return() || null }">Sign in by mail</a>
        <span class="quiet">New here? <a routerLink="/sign-up" [queryParams]="{ return: return() || null }">Create an account</a></span>
      </p>
      @if (studio.face()?.demo) {
        <p class="card small demo">
          This is a demo studio. Sign in as <b>member1&#64;demo.fitflow.test</b>, <b>alex&#64;demo.fitflow.test</b> (trainer) or
          <b>admin&#64;demo.fitflow.test</b> with the password <b>fitflow-demo</b>.
        </p>
      }
    </app-door-frame>
  `,
  styles: `
    .ways {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 4px 16px;
    }
    .ways a {
      display: inline-block;
      padding: 10px 0;
    }
    .ways .quiet {
      padding: 10px 0;
    }
    .ways .quiet a {
      padding: 0;
    }
    .demo {
      background: none;
      color: var(--ink-2);
    }
    .demo b {
      color: var(--ink);
      font-weight: 560;
      overflow-wrap: anywhere;
    }
  `,
})
export class SignInPage {
  /** Where to go afterwards, out of the address. */
  readonly return = input<string>()
  private readonly router = inject(Router)
  private readonly who = inject(Who)
  protected readonly studio = inject(StudioFace)
  protected readonly door = door()
  protected readonly form = inject(NonNullableFormBuilder).group({
    email: ['', [Validators.required]],
    password: ['', [Validators.required]],
  })

  protected async enter(): Promise<void> {
    if (this.form.invalid) return
    const { email, password } = this.form.getRawValue()
    const opened = await this.door.through(() => this.who.signIn(email.trim(), password))
    if (opened) await this.router.navigateByUrl(onward(this.return(), this.who.me()))
  }
}
