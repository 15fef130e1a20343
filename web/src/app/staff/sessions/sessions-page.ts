// The house at work: what is next, then every session of the days chosen, with what is taken, held and waited for.
import { Component, computed, inject, input } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Trainer } from '@fitflow/contract/identity.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import { counted } from '../../api/amounts.ts'
import { minuteMs } from '../../api/clock.ts'
import { live, wholeList } from '../../api/live.ts'
import { ofClasses } from '../../api/news.ts'
import { When } from '../../api/when.ts'
import { Who } from '../../auth/who.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { sessionStatuses, statusWords } from '../../ui/desk/session-words.ts'
import { SpotsBar } from './spots-bar.ts'

const ranges = { today: { name: 'Today', days: 1 }, week: { name: '7 days', days: 7 }, month: { name: '28 days', days: 28 } } as const
type Range = keyof typeof ranges

@Component({
  selector: 'app-sessions-page',
  imports: [Empty, Icon, MatButton, RefusalBox, RouterLink, Skeleton, SpotsBar],
  templateUrl: './sessions-page.html',
  styleUrl: './sessions-page.css',
})
export class SessionsPage {
  private readonly router = inject(Router)
  protected readonly when = inject(When)
  protected readonly who = inject(Who)
  protected readonly statusWords = statusWords
  protected readonly ranges = Object.entries(ranges).map(([key, { name }]) => ({ key: key as Range, name }))

  readonly range = input<string>()
  readonly trainer = input<string>()
  readonly status = input<string>()
  protected readonly shownRange = computed<Range>(() => (this.range() === 'today' || this.range() === 'month' ? (this.range() as Range) : 'week'))

  private readonly path = computed(() => {
    if (!this.when.known()) return undefined
    const query = new URLSearchParams({ from: this.when.today(), to: this.when.addDays(this.when.today(), ranges[this.shownRange()].days - 1), limit: '200' })
    const trainer = this.trainer()
    const status = sessionStatuses.find((one) => one === this.status())
    if (trainer) query.set('trainer_id', trainer)
    if (status) query.set('status', status)
    return `/admin/sessions?${query}`
  })
  protected readonly list = live<StaffSession[]>(this.path, { everySeconds: 5, hears: ofClasses, read: wholeList<StaffSession>() })
  protected readonly trainers = live<Page<Trainer>>(() => '/trainers?limit=200')
  protected readonly statuses = sessionStatuses

  protected readonly days = computed(() => {
    const days = new Map<string, StaffSession[]>()
    for (const session of this.list.value() ?? []) {
      const day = this.when.dayOf(session.startsAt)
      days.set(day, [...(days.get(day) ?? []), session])
    }
    return [...days].map(([day, sessions]) => ({ day, sessions }))
  })
  /** What is on, or what comes next. */
  protected readonly next = computed(() =>
    (this.list.value() ?? []).find(
      (session) => (session.status === 'published' || session.status === 'in_progress') && Date.parse(session.endsAt) > minuteMs(),
    ),
  )
  protected readonly nextWords = computed(() => {
    const next = this.next()
    if (!next) return ''
    const minutes = Math.round((Date.parse(next.startsAt) - minuteMs()) / 60_000)
    if (minutes <= 0) return 'On now'
    return minutes < 120 ? `In ${counted(minutes, 'minute')}` : this.when.relativeDay(this.when.dayOf(next.startsAt))
  })

  protected choose(change: Partial<Record<'range' | 'trainer' | 'status', string | null>>): void {
    void this.router.navigate([], { queryParams: change, queryParamsHandling: 'merge', replaceUrl: true })
  }

  protected valueOf(event: Event): string | null {
    return (event.target as HTMLSelectElement).value || null
  }
}
