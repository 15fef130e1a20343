// One series: its rule in words, its coming classes and what each has of its own, and what can be changed about it.
import { Component, computed, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { SeriesDetail } from '@fitflow/contract/series.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { titled } from '../../ui/page-title.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { DaysTable } from './days-table.ts'
import { endInWords, ruleInWords } from './rule-words.ts'

@Component({
  selector: 'app-series-page',
  imports: [DaysTable, Empty, Icon, RefusalBox, RouterLink, Skeleton],
  templateUrl: './series-page.html',
  styleUrl: './series-page.css',
})
export class SeriesPage {
  protected readonly when = inject(When)

  readonly id = input.required<string>()
  protected readonly page = live<SeriesDetail>(() => (this.when.known() ? `/admin/series/${this.id()}` : undefined), { everySeconds: 15 })
  protected readonly rule = computed(() => ruleInWords(this.page.value()?.rrule ?? ''))
  protected readonly end = computed(() => {
    const series = this.page.value()
    return series ? endInWords(series, (day) => this.when.shortDay(day)) : ''
  })
  protected readonly state = computed(() => {
    const { endsBefore = null } = this.page.value() ?? {}
    if (endsBefore === null) return { words: 'Running', tone: 'good' }
    return endsBefore <= this.when.today() ? { words: 'Stopped', tone: '' } : { words: 'Ends soon', tone: 'few' }
  })
  protected readonly standing = computed(() => (this.page.value()?.occurrences ?? []).filter((day) => day.session && day.session.status !== 'cancelled').length)

  constructor() {
    titled(() => this.page.value()?.name)
  }
}
