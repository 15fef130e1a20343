// One series: its rule in words, its coming classes and what each has of its own, and what can be changed about it.
import { Component, computed, inject, input, type Type } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { MatDialog } from '@angular/material/dialog'
import { firstValueFrom } from 'rxjs'
import type { SeriesDetail } from '@fitflow/contract/series.ts'
import { live } from '../../api/live.ts'
import { ofClasses } from '../../api/news.ts'
import { endInWords, madeInWords, ruleInWords } from '../../api/rule-words.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { titled } from '../../ui/page-title.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { DaysTable } from './days-table.ts'
import { EditSeriesDialog, type SeriesChanged } from './edit-series-dialog.ts'
import { SeriesStanding } from './series-standing.ts'
import { StopSeriesDialog } from './stop-series-dialog.ts'

@Component({
  selector: 'app-series-page',
  imports: [DaysTable, Empty, Icon, MatButton, RefusalBox, RouterLink, SeriesStanding, Skeleton],
  templateUrl: './series-page.html',
  styleUrls: ['../../ui/desk/time-head.css', './series-page.css'],
})
export class SeriesPage {
  private readonly router = inject(Router)
  private readonly dialog = inject(MatDialog)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)

  readonly id = input.required<string>()
  protected readonly page = live<SeriesDetail>(() => (this.when.known() ? `/admin/series/${this.id()}` : undefined), { everySeconds: 15, hears: ofClasses })
  protected readonly rule = computed(() => ruleInWords(this.page.value()?.rrule ?? ''))
  protected readonly end = computed(() => {
    const series = this.page.value()
    return series ? endInWords(series, (day) => this.when.shortDay(day)) : ''
  })
  protected readonly made = computed(() => {
    const series = this.page.value()
    return series ? madeInWords(series, this.when.today(), (day) => this.when.longDay(day)) : ''
  })
  protected readonly hasStopped = computed(() => (this.page.value()?.endsBefore ?? '9999') <= this.when.today())
  protected readonly state = computed(() => {
    if (this.hasStopped()) return { words: 'Stopped', tone: '' }
    return this.page.value()?.endsBefore ? { words: 'Ends', tone: 'few' } : { words: 'Running', tone: 'good' }
  })
  protected readonly standing = computed(() => (this.page.value()?.occurrences ?? []).filter((day) => day.session && day.session.status !== 'cancelled').length)

  constructor() {
    titled(() => this.page.value()?.name)
  }

  protected edit(series: SeriesDetail): Promise<void> {
    return this.open(EditSeriesDialog, series)
  }

  protected stop(series: SeriesDetail): Promise<void> {
    return this.open(StopSeriesDialog, series)
  }

  /** A change from a day on goes on as another series: then that one is shown. */
  private async open(dialog: Type<unknown>, series: SeriesDetail): Promise<void> {
    const opened = this.dialog.open<unknown, SeriesDetail, SeriesChanged>(dialog, { data: series, maxWidth: '94vw', autoFocus: 'dialog' })
    const done = await firstValueFrom(opened.afterClosed())
    if (!done) return
    this.notice.say(done.told)
    if (done.id === this.id()) this.page.reload()
    else await this.router.navigate(['/staff/series', done.id])
  }
}
