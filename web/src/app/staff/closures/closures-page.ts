// When the studio is shut: what is ahead, what was, and the way to open again.
import { Component, computed, inject, input } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Closure } from '@fitflow/contract/closures.ts'
import { minuteMs } from '../../api/clock.ts'
import { live, wholeList } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { Who } from '../../auth/who.ts'
import { Asking } from '../../ui/asking.ts'
import { Empty } from '../../ui/empty.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { alsoClosing, spanInWords, stateOf, type ClosureState } from './closure-words.ts'

const states: Record<ClosureState, { words: string; tone: string }> = {
  now: { words: 'Closed now', tone: 'bad' },
  ahead: { words: 'Ahead', tone: 'few' },
  over: { words: 'Over', tone: '' },
  lifted: { words: 'Lifted', tone: '' },
}

@Component({
  selector: 'app-closures-page',
  imports: [Empty, MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './closures-page.html',
  styles: `
    .when b {
      font-weight: 560;
    }
    .again {
      white-space: nowrap;
    }
    .reason {
      overflow-wrap: anywhere;
    }
  `,
})
export class ClosuresPage {
  private readonly router = inject(Router)
  private readonly asking = inject(Asking)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  protected readonly who = inject(Who)

  /** `past` for those that are over or lifted. */
  readonly show = input<string>()
  protected readonly past = computed(() => this.show() === 'past')
  protected readonly list = live<Closure[]>(() => (this.when.known() ? `/admin/closures?limit=200${this.past() ? '&past=true' : ''}` : undefined), { read: wholeList<Closure>() })
  /** The past with the latest first. */
  protected readonly rows = computed(() => {
    const rows = (this.list.value() ?? []).map((one) => ({ one, words: spanInWords(one, this.when), state: states[stateOf(one, minuteMs())] }))
    return this.past() ? rows.reverse() : rows
  })

  protected choose(show: 'past' | null): void {
    void this.router.navigate([], { queryParams: { show }, replaceUrl: true })
  }

  protected async lift(closure: Closure, words: string): Promise<void> {
    const { id, reason } = closure
    const others = alsoClosing(closure, this.list.value() ?? []).map((other) => `${spanInWords(other, this.when)} (${other.reason})`)
    const still = others.length === 0 ? '' : ` What lies in another closure stays closed: ${others.join(', ')}.`
    const done = await this.asking.toDo({
      title: 'Open again?',
      words: `${words} (${reason}) is no longer closed. Series make the classes that they left out there, within a few minutes. A class that was cancelled stays cancelled: it can be published again on its own page, and its members book anew.${still}`,
      yes: 'Open again',
      no: 'Stay closed',
      danger: false,
      ask: { method: 'DELETE', path: `/admin/closures/${id}` },
    })
    if (!done) return
    this.notice.say(`Open again${still ? ', but for what lies in another closure' : ''}. Series fill their classes in by themselves.`)
    this.list.reload()
  }
}
