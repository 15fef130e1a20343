// The classes that repeat: each series with its rule in plain words, what comes next of it and how long it goes on.
import { Component, computed, inject, input } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Series } from '@fitflow/contract/series.ts'
import { live, wholeList } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { endInWords, ruleInWords, weekdaysOf } from '../../api/rule-words.ts'
import { WeekPips } from './week-pips.ts'

@Component({
  selector: 'app-all-series-page',
  imports: [Empty, MatButton, RefusalBox, RouterLink, Skeleton, WeekPips],
  templateUrl: './all-series-page.html',
  styleUrl: './all-series-page.css',
})
export class AllSeriesPage {
  private readonly router = inject(Router)
  protected readonly when = inject(When)

  /** `stopped` for those that make no more classes. */
  readonly show = input<string>()
  protected readonly stopped = computed(() => this.show() === 'stopped')
  protected readonly list = live<Series[]>(() => (this.when.known() ? `/admin/series?limit=200${this.stopped() ? '&ended=true' : ''}` : undefined), { read: wholeList<Series>() })
  /** By the hour, as the day goes. */
  protected readonly rows = computed(() =>
    [...(this.list.value() ?? [])]
      .sort((a, b) => a.wallTime.localeCompare(b.wallTime) || a.name.localeCompare(b.name))
      .map((one) => ({ one, rule: ruleInWords(one.rrule), weekdays: weekdaysOf(one.rrule), end: endInWords(one, (day) => this.when.shortDay(day)) })),
  )

  protected choose(show: 'stopped' | null): void {
    void this.router.navigate([], { queryParams: { show }, replaceUrl: true })
  }
}
