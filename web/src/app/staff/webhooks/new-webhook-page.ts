// A new webhook: where it listens and to what; then its secret, shown once.
import { Component, inject, signal } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { NewWebhook, WebhookSecret } from '@fitflow/contract/webhooks.ts'
import { command } from '../../api/command.ts'
import { Icon } from '../../ui/icon.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { SecretCard } from './secret-card.ts'
import { WebhookFields, isWhole, urlFaultOf, type WebhookDraft } from './webhook-fields.ts'

@Component({
  selector: 'app-new-webhook-page',
  imports: [Icon, MatButton, RefusalBox, RouterLink, SecretCard, WebhookFields],
  template: `
    <div class="page staff-page">
      <a class="back" routerLink="/staff/webhooks"><app-icon name="chevronLeft" />Webhooks</a>
      <h1>{{ made() ? 'The webhook is made' : 'New webhook' }}</h1>
      @if (made(); as one) {
        <app-secret-card [secret]="one.secret ?? ''" done="I have it: to the webhook" (had)="open(one)">
          Your system verifies with it that what arrives comes from here. Whoever has it can send in the studio’s name: keep it where you keep passwords.
        </app-secret-card>
      } @else {
        <form (submit)="make($event)">
          <app-webhook-fields [(draft)]="draft" [refused]="making.problem()" />
          @if (making.problem(); as problem) {
            @if (!urlFaultOf(problem)) {
              <app-refusal [problem]="problem" [inline]="true" [retry]="false" />
            }
          }
          <div class="actions">
            <button matButton="filled" [disabled]="!whole(draft()) || making.busy()">Make the webhook</button>
            <a matButton routerLink="/staff/webhooks">Never mind</a>
          </div>
        </form>
      }
    </div>
  `,
  styles: `
    h1 {
      margin: 4px 0 24px;
    }
    form {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 20px;
    }
  `,
})
export class NewWebhookPage {
  private readonly router = inject(Router)
  protected readonly whole = isWhole
  protected readonly urlFaultOf = urlFaultOf
  protected readonly making = command()
  protected readonly draft = signal<WebhookDraft>({ url: '', description: '', topics: [] })
  protected readonly made = signal<WebhookSecret | null>(null)

  protected async make(event: Event): Promise<void> {
    event.preventDefault()
    const { url, description, topics } = this.draft()
    const body: NewWebhook = { url: url.trim(), description: description.trim(), topics: [...topics] }
    const done = await this.making.send<WebhookSecret>({ method: 'POST', path: '/admin/webhooks', body })
    if (!done) return
    // An answer that is a replay, after the connection broke, cannot tell the secret again: the page can make another.
    if (done.answer.secret === null) await this.open(done.answer)
    else this.made.set(done.answer)
  }

  protected open({ webhook }: WebhookSecret): Promise<boolean> {
    return this.router.navigate(['/staff/webhooks', webhook.id])
  }
}
