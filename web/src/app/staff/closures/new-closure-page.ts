// Closing the studio for a while: from when until when and why, and beside it every class and person that it ends, before it is done.
import { Location } from '@angular/common'
import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Closure, EndingPreview, NewClosure } from '@fitflow/contract/closures.ts'
import { minuteMs } from '../../api/clock.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { instantOf } from '../../api/zoned.ts'
import { EndingList } from '../../ui/ending-list.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { faultOf, spanInWords, spanOf, type ClosureDraft } from './closure-words.ts'

@Component({
  selector: 'app-new-closure-page',
  imports: [EndingList, Icon, MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './new-closure-page.html',
  styleUrl: './new-closure-page.css',
})
export class NewClosurePage {
  private readonly router = inject(Router)
  private readonly location = inject(Location)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)

  /** What is filled in stands in the address too: whoever goes to move a class comes back to it. */
  readonly first = input<string>()
  readonly last = input<string>()
  readonly from = input<string>()
  readonly until = input<string>()
  readonly why = input<string>()

  protected readonly draft = signal<ClosureDraft>({ whole: true, firstDay: '', lastDay: '', fromTime: '12:00', toTime: '18:00' })
  protected readonly reason = signal('')
  private readonly span = computed(() => spanOf(this.draft(), this.when.zone()))
  protected readonly fault = computed(() => faultOf(this.span(), minuteMs(), Date.parse(instantOf(this.when.lastDay(), '00:00', this.when.zone()))))
  protected readonly words = computed(() => {
    const span = this.span()
    return span ? spanInWords(span, this.when) : ''
  })
  protected readonly preview = live<EndingPreview>(() => {
    const span = this.span()
    return span && this.fault() === '' ? `/admin/closures-preview?${new URLSearchParams(span)}` : undefined
  })
  protected readonly canClose = computed(() => this.fault() === '' && this.reason().trim() !== '' && this.preview.state() === 'ready')
  protected readonly closing = command()

  constructor() {
    effect(() => {
      if (!this.when.known() || untracked(this.draft).firstDay !== '') return
      untracked(() => this.takeUp())
    })
  }

  private takeUp(): void {
    const tomorrow = this.when.addDays(this.when.today(), 1)
    const [firstDay, fromTime, toTime] = [this.first() ?? tomorrow, this.from(), this.until()]
    const hours = fromTime && toTime ? { whole: false, fromTime, toTime } : {}
    this.draft.update((draft) => ({ ...draft, ...hours, firstDay, lastDay: this.last() ?? firstDay }))
    this.reason.set(this.why() ?? '')
  }

  /** Called when somebody leaves a field. No navigation of the router: its transition would swallow the click that ended the typing. */
  protected keep(): void {
    const { whole, firstDay, lastDay, fromTime, toTime } = this.draft()
    const hours = whole ? {} : { from: fromTime, until: toTime }
    const why = this.reason().trim()
    const filledIn = new URLSearchParams({ first: firstDay, last: lastDay, ...hours, ...(why ? { why } : {}) })
    this.location.replaceState(this.location.path().split('?')[0] ?? '', String(filledIn))
  }

  protected change(change: Partial<ClosureDraft>): void {
    this.draft.update((draft) => {
      const next = { ...draft, ...change }
      // Whoever moves the first day past the last means one day.
      return next.lastDay < next.firstDay && change.firstDay ? { ...next, lastDay: next.firstDay } : next
    })
    this.closing.clear()
  }

  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement).value
  }

  protected async close(event: Event): Promise<void> {
    event.preventDefault()
    const span = this.span()
    if (!span || !this.canClose()) return
    const body: NewClosure = { ...span, reason: this.reason().trim() }
    const count = this.preview.value()?.sessions.length ?? 0
    if (!(await this.closing.send<Closure>({ method: 'POST', path: '/admin/closures', body }))) return
    this.notice.say(count === 0 ? 'Closed. No class was there.' : `Closed. ${count === 1 ? 'One class is' : `${count} classes are`} cancelled, and everybody in ${count === 1 ? 'it' : 'them'} is told.`)
    await this.router.navigateByUrl('/staff/closures')
  }
}
