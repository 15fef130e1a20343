// Asks where a link should be sent, and says that it is on its way: the same whether there is such an account or not.
import { Component, inject, input, model } from '@angular/core'
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { StudioFace } from '../api/studio.ts'
import { RefusalBox } from '../ui/refusal.ts'
import { door } from './door.ts'

@Component({
  selector: 'app-ask-link',
  imports: [MatButton, ReactiveFormsModule, RefusalBox, RouterLink],
  template: `
    @if (sent()) {
      <p class="lead" role="status">If there is an account for {{ sent() }}, {{ what() }} is on its way.</p>
      @if (studio.face()?.demo) {
        <p class="small quiet">Without a mail server, this demo shows the link to its admin, under Messages.</p>
      }
      <a matButton="outlined" routerLink="/sign-in">Back to sign in</a>
    } @else {
      <form class="form" [formGroup]="form" (ngSubmit)="send()">
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
  `,
  styles: `
    :host {
      display: grid;
      gap: 24px;
    }
  `,
})
export class AskLink {
  /** What is sent, as in "a link to sign in". */
  readonly what = input.required<string>()
  readonly ask = input.required<(email: string) => Promise<unknown>>()
  /** The address it went to. */
  readonly sent = model('')
  protected readonly studio = inject(StudioFace)
  protected readonly door = door()
  protected readonly form = inject(NonNullableFormBuilder).group({ email: ['', [Validators.required]] })

  protected async send(): Promise<void> {
    if (this.form.invalid) return
    const email = this.form.controls.email.value.trim()
    if (await this.door.through(() => this.ask()(email))) this.sent.set(email)
  }
}
