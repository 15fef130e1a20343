// The page behind the link that confirms an address: opening it does nothing, its button does.
import { Component, computed, inject, input, signal } from '@angular/core'
import { Router } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { RefusalBox } from '../ui/refusal.ts'
import { AskLink } from './ask-link.ts'
import { DoorFrame } from './door-frame.ts'
import { door, spent } from './door.ts'
import { onward } from './onward.ts'
import { Who } from './who.ts'

@Component({
  selector: 'app-confirm-page',
  imports: [AskLink, DoorFrame, MatButton, RefusalBox],
  template: `
    @if (done()) {
      <app-door-frame title="Your address is confirmed">
        <p class="lead" role="status">What we send you reaches you there.</p>
        <button matButton="filled" class="wide" type="button" (click)="goOn()">Go on</button>
      </app-door-frame>
    } @else if (token() && !spent()) {
      <app-door-frame title="Is this your address?">
        <p class="lead">The mail that brought you here went to it. Confirm it, so that what we send reaches you.</p>
        @if (door.problem(); as problem) {
          <app-refusal [problem]="problem" [retry]="false" [inline]="true" />
        }
        <button matButton="filled" class="wide" type="button" [disabled]="door.busy()" (click)="confirm()">Confirm my address</button>
      </app-door-frame>
    } @else {
      <app-door-frame [title]="sent() ? 'Look into your mail' : (spent()?.title ?? 'Confirm your address')">
        @if (!sent()) {
          <p class="lead" role="status">{{ spent()?.detail ?? 'Tell us your e-mail address and we send you a link.' }}</p>
        }
        <app-ask-link what="a link to confirm it" [ask]="ask" [(sent)]="sent" />
      </app-door-frame>
    }
  `,
})
export class ConfirmPage {
  readonly token = input<string>()
  /** Where to go afterwards, out of the address. */
  readonly return = input<string>()
  private readonly router = inject(Router)
  private readonly who = inject(Who)
  protected readonly door = door()
  protected readonly spent = computed(() => spent(this.door))
  protected readonly done = signal(false)
  protected readonly sent = signal('')
  protected readonly ask = (email: string): Promise<unknown> => this.who.askConfirmation(email)

  protected async confirm(): Promise<void> {
    this.done.set(await this.door.through(() => this.who.confirmAddress(this.token() ?? '')))
  }

  protected async goOn(): Promise<void> {
    await this.router.navigateByUrl(onward(this.return(), await this.who.known()))
  }
}
