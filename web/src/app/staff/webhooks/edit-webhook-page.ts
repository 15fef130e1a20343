// Changing a webhook: another address, other topics. Whoever was quicker is not overwritten.
import { Component, computed, inject, input, linkedSignal } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Webhook, WebhookChange } from '@fitflow/contract/webhooks.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { WebhookFields, isWhole, urlFaultOf, type WebhookDraft } from './webhook-fields.ts'

const empty: WebhookDraft = { url: '', description: '', topics: [] }

@Component({
  selector: 'app-edit-webhook-page',
  imports: [Icon, MatButton, RefusalBox, RouterLink, Skeleton, WebhookFields],
  template: `
    <div class="page staff-page">
      <a class="back" [routerLink]="['/staff/webhooks', id()]"><app-icon name="chevronLeft" />Webhook</a>
      <h1>Change the webhook</h1>
      @switch (webhook.state()) {
        @case ('waiting') {
          <app-skeleton [rows]="2" [height]="200" />
        }
        @case ('refused') {
          @if (webhook.problem(); as problem) {
            <app-refusal [problem]="problem" (again)="webhook.reload()" />
          }
        }
        @default {
          <form (submit)="save($event)">
            <app-webhook-fields [(draft)]="draft" [refused]="saving.problem()" />
            @if (saving.problem(); as problem) {
              @if (!urlFaultOf(problem)) {
                <app-refusal [problem]="problem" [inline]="true" [retry]="false" />
              }
            }
            <div class="actions">
              <button matButton="filled" [disabled]="!ready() || saving.busy()">Save</button>
              <a matButton [routerLink]="['/staff/webhooks', id()]">Never mind</a>
            </div>
          </form>
        }
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
export class EditWebhookPage {
  private readonly router = inject(Router)
  private readonly notice = inject(Notice)
  readonly id = input.required<string>()
  protected readonly webhook = live<Webhook>(() => `/admin/webhooks/${this.id()}`)
  protected readonly urlFaultOf = urlFaultOf
  protected readonly saving = command()
  protected readonly draft = linkedSignal<Webhook | undefined, WebhookDraft>({ source: this.webhook.value, computation: (was) => was ?? empty })
  protected readonly ready = computed(() => isWhole(this.draft()) && Object.keys(this.changes()).length > 0)
  private readonly changes = computed<WebhookChange>(() => {
    const [was, now] = [this.webhook.value() ?? empty, this.draft()]
    const change: WebhookChange = {}
    if (now.url.trim() !== was.url) change.url = now.url.trim()
    if (now.description.trim() !== was.description) change.description = now.description.trim()
    if (now.topics.join() !== was.topics.join()) change.topics = [...now.topics]
    return change
  })

  protected async save(event: Event): Promise<void> {
    event.preventDefault()
    const version = this.webhook.value()?.version ?? 0
    if (!(await this.saving.send({ method: 'PATCH', path: `/admin/webhooks/${this.id()}`, body: this.changes(), version }))) return
    this.notice.say('Saved.')
    await this.router.navigate(['/staff/webhooks', this.id()])
  }
}
