// A client's standing places: each series with what became of their classes and what is to come, and its end.
import { Component, computed, inject } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Standing } from '@fitflow/contract/standing.ts'
import { live } from '../../api/live.ts'
import { ruleInWords } from '../../api/rule-words.ts'
import { payerWords, spanWords, summaryWords } from '../../api/standing-words.ts'
import { When } from '../../api/when.ts'
import { Asking } from '../../ui/asking.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { StandingClasses } from '../../ui/standing-classes.ts'
import { ClientFile } from './client-file.ts'

@Component({
  selector: 'app-client-standing',
  imports: [MatButton, RefusalBox, RouterLink, StandingClasses],
  templateUrl: './client-standing.html',
  styleUrls: ['../../ui/fold-row.css', './client-standing.css'],
})
export class ClientStanding {
  private readonly asking = inject(Asking)
  private readonly when = inject(When)
  protected readonly file = inject(ClientFile)

  protected readonly list = live<{ items: Standing[] }>(() => (this.file.id() && this.when.known() ? `/admin/clients/${this.file.id()}/standing` : undefined), { everySeconds: 20 })
  protected readonly places = computed(() =>
    (this.list.value()?.items ?? [])
      .filter((one) => one.endedAt === null)
      .map((one) => ({
        ...one,
        rule: ruleInWords(one.rrule),
        span: spanWords(one, { today: this.when.today(), day: (day) => this.when.shortDay(day), voice: 'they' }),
        summary: summaryWords(one.coming),
        pays: payerWords(one),
      })),
  )

  protected async end({ id, name }: Pick<Standing, 'id' | 'name'>): Promise<void> {
    const done = await this.asking.toDo({
      title: `End the standing place in ${name}?`,
      words: `No more classes of it are booked for ${this.file.name()}. What is booked and waited for stays theirs.`,
      yes: 'End it',
      no: 'Keep it',
      danger: true,
      ask: { method: 'DELETE', path: `/standing/${id}` },
    })
    if (done) this.list.reload()
  }
}
