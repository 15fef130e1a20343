// Everything that was or will be sent to a webhook, latest first: what became of it, what was answered, and sending it again.
import { Component, computed, inject, input, output, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import type { Redelivered, Webhook, WebhookDelivery } from '@fitflow/contract/webhooks.ts'
import { deliveryStates } from '@fitflow/contract/webhooks.ts'
import { command } from '../../api/command.ts'
import { pages, type Pages } from '../../api/pages.ts'
import { When } from '../../api/when.ts'
import { instantOf } from '../../api/zoned.ts'
import { Empty } from '../../ui/empty.ts'
import { Notice } from '../../ui/notice.ts'
import { Paged } from '../../ui/paged.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { answerWords, deliveryTags, readable } from './webhook-words.ts'

type State = WebhookDelivery['state']

// What is on its way arrives soon; what is not, changes seldom. A list that was read further is left in peace.
const paceSeconds = { soon: 2, seldom: 20, never: 86_400 }
const pageMax = 50

@Component({
  selector: 'app-webhook-deliveries',
  imports: [Empty, MatButton, Paged, RefusalBox],
  templateUrl: './webhook-deliveries.html',
  styleUrls: ['../../ui/fold-row.css', './webhook-deliveries.css'],
})
export class WebhookDeliveriesList {
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  readonly webhook = input.required<Webhook>()
  readonly changed = output()
  protected readonly views: { state: State | null; words: string }[] = [{ state: null, words: 'All' }, ...deliveryStates.map((state) => ({ state, words: deliveryTags[state].words }))]
  protected readonly view = signal<State | null>(null)
  protected readonly list: Pages<WebhookDelivery> = pages<WebhookDelivery>(() => `/admin/webhooks/${this.webhook().id}/deliveries?limit=${pageMax}${this.view() ? `&state=${this.view()}` : ''}`, {
    everySeconds: (): number => {
      if (this.list.items().length > pageMax) return paceSeconds.never
      return this.webhook().waiting > 0 && !this.webhook().paused ? paceSeconds.soon : paceSeconds.seldom
    },
  })
  protected readonly rows = computed(() => this.list.items().map((one) => ({ one, tag: deliveryTags[one.state], answer: answerWords(one) })))
  protected readonly doing = command()
  /** From which day on everything that was given up goes out again; today a week ago unless chosen. */
  protected readonly chosenDay = signal<string | null>(null)
  protected readonly day = computed(() => this.chosenDay() ?? this.when.addDays(this.when.today(), -7))
  protected readonly readable = readable

  reload(): void {
    this.list.first.reload()
  }

  protected async again(delivery: WebhookDelivery): Promise<void> {
    if (!(await this.doing.send({ method: 'POST', path: `/admin/webhooks/${this.webhook().id}/deliveries/${delivery.id}/redeliver` }))) return
    this.notice.say('It is on its way again.')
    this.changed.emit()
  }

  protected async allAgain(event: Event): Promise<void> {
    event.preventDefault()
    const body = { since: instantOf(this.day(), '00:00', this.when.zone()) }
    const done = await this.doing.send<Redelivered>({ method: 'POST', path: `/admin/webhooks/${this.webhook().id}/redeliver`, body })
    if (!done) return
    const { count } = done.answer
    this.notice.say(count === 0 ? 'Nothing was given up since then.' : `${count} on their way again.`)
    this.changed.emit()
  }

  protected nextWords({ nextAttemptAt }: WebhookDelivery): string {
    if (nextAttemptAt === null || this.webhook().paused) return ''
    return `, next attempt ${this.when.soon(nextAttemptAt)}`
  }
}
