// Where the studio's own systems listen: each endpoint, what it hears and how it is doing.
import { Component, computed, inject } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Webhooks } from '@fitflow/contract/webhooks.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { hostOf, standingOf, topicsInWords } from './webhook-words.ts'

@Component({
  selector: 'app-webhooks-page',
  imports: [Empty, Icon, MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './webhooks-page.html',
  styleUrl: './webhooks-page.css',
})
export class WebhooksPage {
  protected readonly when = inject(When)
  protected readonly list = live<Webhooks>(() => (this.when.known() ? '/admin/webhooks' : undefined), { everySeconds: 20 })
  protected readonly rows = computed(() =>
    (this.list.value()?.items ?? []).map((one) => ({ one, host: hostOf(one.url), topics: topicsInWords(one.topics), standing: standingOf(one) })),
  )
}
