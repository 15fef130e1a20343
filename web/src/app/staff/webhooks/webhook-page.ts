// One webhook: how it is doing, what may be done with it, and below that everything that was sent to it.
import { Component, computed, inject, input, signal, viewChild } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Webhook, WebhookSecret } from '@fitflow/contract/webhooks.ts'
import { nowMs } from '../../api/clock.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { Asking } from '../../ui/asking.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { titled } from '../../ui/page-title.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { SecretCard } from './secret-card.ts'
import { WebhookDeliveriesList } from './webhook-deliveries.ts'
import { hostOf, standingOf, topicsInWords } from './webhook-words.ts'

@Component({
  selector: 'app-webhook-page',
  imports: [Icon, MatButton, RefusalBox, RouterLink, SecretCard, Skeleton, WebhookDeliveriesList],
  templateUrl: './webhook-page.html',
  styleUrl: './webhook-page.css',
})
export class WebhookPage {
  private readonly router = inject(Router)
  private readonly asking = inject(Asking)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  readonly id = input.required<string>()
  private readonly deliveries = viewChild(WebhookDeliveriesList)
  private readonly path = computed(() => `/admin/webhooks/${this.id()}`)
  protected readonly webhook = live<Webhook>(this.path, { everySeconds: 10 })
  protected readonly shown = computed(() => {
    const one = this.webhook.value()
    return one && { one, name: one.description || hostOf(one.url), standing: standingOf(one), topics: topicsInWords(one.topics) }
  })
  protected readonly doing = command()
  /** Until then the old secret signs as well, and there is no third. */
  protected readonly rotatedUntil = computed(() => {
    const until = this.webhook.value()?.oldSecretUntil
    return until && Date.parse(until) > nowMs() ? until : undefined
  })
  /** Asked about before the old secret begins to end. */
  protected readonly rotating = signal(false)
  /** The secret just made; nobody can show it again. */
  protected readonly told = signal<string | null>(null)

  constructor() {
    titled(() => this.shown()?.name)
  }

  protected async sendTest(): Promise<void> {
    if (!(await this.doing.send({ method: 'POST', path: `${this.path()}/test` }))) return
    this.notice.say('A test is on its way.')
    this.look()
  }

  protected async setActive(active: boolean): Promise<void> {
    if (!(await this.doing.send({ method: 'PATCH', path: this.path(), body: { active } }))) return
    this.notice.say(active ? 'It goes on: what has waited is being sent.' : 'Paused: what happens meanwhile waits.')
    this.look()
  }

  protected async rotate(): Promise<void> {
    const done = await this.doing.send<WebhookSecret>({ method: 'POST', path: `${this.path()}/rotate-secret` })
    if (!done) return
    this.rotating.set(false)
    this.told.set(done.answer.secret)
    if (done.answer.secret === null) this.notice.say('The secret was changed before the connection broke, and cannot be shown again. The old one signs for a day: make another webhook for this address, then remove this one.')
    this.look()
  }

  protected async remove(name: string): Promise<void> {
    const done = await this.asking.toDo({
      title: `Remove ${name}?`,
      words: 'Nothing is sent to it any more, and what was sent is forgotten. To stop it for a while, pause it instead.',
      yes: 'Remove',
      no: 'Keep it',
      danger: true,
      ask: { method: 'DELETE', path: this.path() },
    })
    if (!done) return
    this.notice.say('Removed.')
    await this.router.navigate(['/staff/webhooks'])
  }

  /** Reads again what a deed has changed. */
  protected look(): void {
    this.webhook.reload()
    this.deliveries()?.reload()
  }
}
