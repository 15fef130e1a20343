// What could not be handled: events that a part of the house gave up after ten attempts, why, and letting them be tried again; and the webhooks that were stopped.
import { Component, computed, inject } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { RouterLink } from '@angular/router'
import type { DeadLetter, Resend, Resent } from '@fitflow/contract/dead-letters.ts'
import type { Webhooks } from '@fitflow/contract/webhooks.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { pages, type Pages } from '../../api/pages.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { Notice } from '../../ui/notice.ts'
import { Paged } from '../../ui/paged.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { consumerWords } from './consumer-words.ts'

const whys = { failing: 'It took nothing for three days.', gone: 'It answered 410: there is nobody there any more.' }

@Component({
  selector: 'app-dead-letters-page',
  imports: [Empty, MatButton, Paged, RefusalBox, RouterLink],
  templateUrl: './dead-letters-page.html',
  styleUrl: './dead-letters-page.css',
})
export class DeadLettersPage {
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  protected readonly list: Pages<DeadLetter> = pages<DeadLetter>(() => (this.when.known() ? '/admin/dead-letters?limit=50' : undefined), {
    // One that was read further is left in peace.
    everySeconds: (): number => (this.list.items().length > 50 ? 86_400 : 10),
  })
  protected readonly resending = command()
  /** Those shown, by who gave them up; whoever has several can be asked for all of theirs. */
  protected readonly groups = computed(() => {
    const by = new Map<string, DeadLetter[]>()
    for (const letter of this.list.items()) by.set(letter.consumer, [...(by.get(letter.consumer) ?? []), letter])
    return Array.from(by, ([consumer, letters]) => ({ consumer, letters, ...consumerWords(consumer) }))
  })

  private readonly webhooks = live<Webhooks>(() => (this.when.known() ? '/admin/webhooks' : undefined), { everySeconds: 20 })
  /** Not by an admin, who knows. */
  protected readonly stopped = computed(() =>
    (this.webhooks.value()?.items ?? []).flatMap((one) =>
      one.paused && one.paused.cause !== 'asked' ? [{ ...one, name: one.description || (URL.parse(one.url)?.host ?? one.url), since: one.paused.at, why: whys[one.paused.cause] }] : [],
    ),
  )

  protected async again(which: Resend): Promise<void> {
    const done = await this.resending.send<Resent>({ method: 'POST', path: '/admin/dead-letters/resend', body: which })
    if (!done) return
    const { count } = done.answer
    this.notice.say(count === 1 ? 'It is being tried again.' : `${count} are being tried again.`)
    this.list.first.reload()
  }
}
