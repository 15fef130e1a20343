// The page behind "No more of these" in a mail: opening it does nothing, its button does.
import { Component, computed, input, linkedSignal } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Unsubscription } from '@fitflow/contract/notifications.ts'
import { command } from '../api/command.ts'
import { live } from '../api/live.ts'
import { groupWords } from '../api/message-words.ts'
import { RefusalBox } from '../ui/refusal.ts'
import { Skeleton } from '../ui/skeleton.ts'
import { DoorFrame } from './door-frame.ts'

@Component({
  selector: 'app-unsubscribe-page',
  imports: [DoorFrame, MatButton, RefusalBox, RouterLink, Skeleton],
  template: `
    @if (now(); as one) {
      @let about = groups[one.group];
      <app-door-frame [title]="one.subscribed ? 'Fewer mails?' : 'No more of these'">
        @if (one.subscribed) {
          <p class="lead">Mails about this stop with one press. What the studio must tell you still comes.</p>
          <div class="card">
            <p class="name">{{ about.name }}</p>
            <p class="small quiet">{{ about.words }}</p>
          </div>
          @if (leaving.problem(); as problem) {
            <app-refusal [problem]="problem" [retry]="false" [inline]="true" />
          }
          <button matButton="filled" class="wide" type="button" [disabled]="leaving.busy()" (click)="leave()">No more of these</button>
          <p class="small"><a routerLink="/me/notifications">Choose in detail what you are told</a></p>
        } @else {
          <p class="lead" role="status">You get no more mails about this: {{ about.name }}. You can turn them on again whenever you like.</p>
          <a matButton="filled" routerLink="/me/notifications">Choose what you are told</a>
        }
      </app-door-frame>
    } @else if (!token() || page.state() === 'refused') {
      <app-door-frame title="This link is not quite right">
        <p class="lead">Part of it may be missing. Once you are signed in you can choose everything yourself.</p>
        <a matButton="filled" routerLink="/me/notifications">Choose what you are told</a>
      </app-door-frame>
    } @else {
      <app-door-frame title="Fewer mails?">
        <app-skeleton [rows]="2" [height]="64" />
      </app-door-frame>
    }
  `,
  styles: `
    .name {
      font-weight: 600;
    }
  `,
})
export class UnsubscribePage {
  readonly token = input<string>()
  protected readonly groups = groupWords
  private readonly path = computed(() => (this.token() ? `/unsubscribe?token=${encodeURIComponent(this.token() ?? '')}` : undefined))
  protected readonly page = live<Unsubscription>(this.path)
  protected readonly leaving = command()
  /** As last read or changed. */
  protected readonly now = linkedSignal(() => this.page.value())

  protected async leave(): Promise<void> {
    const left = await this.leaving.send<Unsubscription>({ method: 'POST', path: this.path() ?? '', body: {} })
    if (left) this.now.set(left.answer)
  }
}
