// The page behind the link that signs in: opening it does nothing, its button does. Without a link that holds, it sends one.
import { Component, computed, inject, input, signal } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { RefusalBox } from '../ui/refusal.ts'
import { AskLink } from './ask-link.ts'
import { DoorFrame } from './door-frame.ts'
import { door, spent } from './door.ts'
import { onward } from './onward.ts'
import { Who } from './who.ts'

@Component({
  selector: 'app-sign-in-link-page',
  imports: [AskLink, DoorFrame, MatButton, RefusalBox, RouterLink],
  template: `
    @if (token() && !spent()) {
      <app-door-frame title="Here is your way in">
        <p class="lead">One press and you are signed in.</p>
        @if (door.problem(); as problem) {
          <app-refusal [problem]="problem" [retry]="false" [inline]="true" />
        }
        <button matButton="filled" class="wide" type="button" [disabled]="door.busy()" (click)="enter()">{{ door.busy() ? 'One moment' : 'Sign in' }}</button>
        <p class="small"><a routerLink="/sign-in">Sign in with your password</a></p>
      </app-door-frame>
    } @else {
      <app-door-frame [title]="sent() ? 'Look into your mail' : (spent()?.title ?? 'Sign in by mail')">
        @if (!sent()) {
          <p class="lead" role="status">{{ spent()?.detail ?? 'Tell us your e-mail address and we send you a link.' }}</p>
        }
        <app-ask-link what="a link to sign in" [ask]="ask" [(sent)]="sent" />
      </app-door-frame>
    }
  `,
})
export class SignInLinkPage {
  readonly token = input<string>()
  /** Where to go afterwards, out of the address. */
  readonly return = input<string>()
  private readonly router = inject(Router)
  private readonly who = inject(Who)
  protected readonly door = door()
  protected readonly spent = computed(() => spent(this.door))
  protected readonly sent = signal('')
  protected readonly ask = (email: string): Promise<unknown> => this.who.askSignInLink(email, this.return())

  protected async enter(): Promise<void> {
    const opened = await this.door.through(() => this.who.signInByLink(this.token() ?? ''))
    if (opened) await this.router.navigateByUrl(onward(this.return(), this.who.me()))
  }
}
