// Who teaches what and when: a week of everybody, or a day with a column for each trainer; on the phone a list by the hour.
import { Component, DestroyRef, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { MatDialog } from '@angular/material/dialog'
import type { Closure } from '@fitflow/contract/closures.ts'
import type { Trainer } from '@fitflow/contract/identity.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import { firstValueFrom } from 'rxjs'
import { minuteMs } from '../../api/clock.ts'
import { live, wholeList } from '../../api/live.ts'
import { ofClasses } from '../../api/news.ts'
import { When } from '../../api/when.ts'
import { instantOf, isoOf } from '../../api/zoned.ts'
import { Who } from '../../auth/who.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { type Block, type Column, asBlock, clockOf, colleagues, mondayOf, shutOn } from './board.ts'
import { DayList } from './day-list.ts'
import { type Move, MoveDialog } from './move-dialog.ts'
import { type Target, WeekGrid } from './week-grid.ts'

const narrow = '(max-width: 839px)'
const views = [
  { key: 'week', name: 'Week' },
  { key: 'day', name: 'Day' },
] as const

@Component({
  selector: 'app-calendar-page',
  imports: [DayList, Empty, Icon, MatButton, RefusalBox, RouterLink, Skeleton, WeekGrid],
  templateUrl: './calendar-page.html',
  styleUrl: './calendar-page.css',
})
export class CalendarPage {
  private readonly router = inject(Router)
  private readonly dialog = inject(MatDialog)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  protected readonly who = inject(Who)
  protected readonly views = views

  readonly day = input<string>()
  readonly view = input<string>()
  /** Ids with commas between; everybody when there is none. */
  readonly trainers = input<string>()

  protected readonly isNarrow = signal(matchMedia(narrow).matches)
  protected readonly chosenDay = computed(() => (/^\d{4}-\d\d-\d\d$/.test(this.day() ?? '') ? (this.day() as string) : this.when.today()))
  /** A phone shows a day unless it is asked for more. */
  protected readonly shownView = computed(() => (this.view() === 'day' || (this.view() !== 'week' && this.isNarrow()) ? 'day' : 'week'))
  private readonly first = computed(() => (this.shownView() === 'week' ? mondayOf(this.chosenDay()) : this.chosenDay()))
  private readonly length = computed(() => (this.shownView() === 'week' ? 7 : 1))
  private readonly days = computed(() => Array.from({ length: this.length() }, (_, at) => this.when.addDays(this.first(), at)))

  private readonly path = computed(() => {
    if (!this.when.known()) return undefined
    return `/admin/sessions?${new URLSearchParams({ from: this.first(), to: this.days().at(-1) as string, limit: '200' })}`
  })
  protected readonly list = live<StaffSession[]>(this.path, { everySeconds: 5, hears: ofClasses, read: wholeList<StaffSession>() })
  /** Those that are over are of no use to a plan. */
  private readonly closures = live<Closure[]>(() => (this.when.known() ? '/admin/closures?limit=200' : undefined), { read: wholeList<Closure>() })
  private readonly everybody = live<Page<Trainer>>(() => '/trainers?limit=200')

  private readonly sessions = computed(() => this.list.value() ?? [])
  protected readonly people = computed(() => colleagues(this.everybody.value()?.items ?? [], this.sessions()))
  protected readonly chosen = computed(() => new Set((this.trainers() ?? '').split(',').filter(Boolean)))
  private readonly shown = computed(() => this.people().filter((one) => this.chosen().size === 0 || this.chosen().has(one.id)))
  protected readonly blocks = computed(() => {
    const hueOf = new Map(this.shown().map((one) => [one.id, one.hue]))
    return this.sessions().flatMap((session) => {
      const hue = hueOf.get(session.trainer.id)
      return hue === undefined ? [] : [asBlock(session, this.when, { hue, nowMs: minuteMs() })]
    })
  })
  protected readonly columns = computed<Column[]>(() => (this.shownView() === 'week' || !this.who.isAdmin() ? this.dayColumns() : this.trainerColumns()))
  protected readonly perDay = computed(() => this.dayColumns().filter((column) => column.blocks.length + column.shut.length > 0))
  protected readonly nowMinute = computed(() => this.when.minuteOfDay(isoOf(minuteMs())))
  protected readonly title = computed(() => {
    const [from, to] = [this.first(), this.days().at(-1) as string]
    if (from === to) return this.when.longDay(from)
    const sameMonth = this.when.month(from) === this.when.month(to)
    return `${this.when.dayNumber(from)}${sameMonth ? '' : ` ${this.when.month(from, 'long')}`} to ${this.when.dayNumber(to)} ${this.when.datedMonth(to)}`
  })
  private readonly grid = viewChild(WeekGrid)

  constructor() {
    const media = matchMedia(narrow)
    const follow = (): void => this.isNarrow.set(media.matches)
    media.addEventListener('change', follow)
    inject(DestroyRef).onDestroy(() => media.removeEventListener('change', follow))
    let shownFor = ''
    effect(() => {
      const grid = this.grid()
      const of = this.first()
      if (!grid || shownFor === of) return
      shownFor = of
      untracked(() => this.showUsefulHour(grid))
    })
  }

  protected go(by: number): void {
    this.show({ day: this.when.addDays(this.chosenDay(), by * this.length()) })
  }

  protected show(change: Partial<Record<'day' | 'view' | 'trainers', string | null>>): void {
    void this.router.navigate([], { queryParams: change, queryParamsHandling: 'merge', replaceUrl: true })
  }

  protected toggle(id: string): void {
    const next = new Set(this.chosen())
    if (!next.delete(id)) next.add(id)
    this.show({ trainers: [...next].join(',') || null })
  }

  protected create({ day, minute }: Target): void {
    void this.router.navigate(['/staff/sessions/new'], { queryParams: { day, time: clockOf(minute) } })
  }

  protected async move({ block, day, minute }: Target & { block: Block }): Promise<void> {
    const startsAt = instantOf(day, clockOf(minute), this.when.zone())
    const opened = this.dialog.open<MoveDialog, Move, boolean>(MoveDialog, { data: { session: block.session, startsAt }, maxWidth: '94vw', autoFocus: 'dialog' })
    if ((await firstValueFrom(opened.afterClosed())) !== true) return
    this.notice.say(`Moved to ${this.when.moment(startsAt)}.`)
    this.list.reload()
  }

  private dayColumns(): Column[] {
    return this.days().map((day) => ({
      ...{ key: day, title: this.when.weekday(day), aside: this.when.dayNumber(day), day },
      ...{ isToday: day === this.when.today(), blocks: this.blocks().filter((block) => block.day === day), shut: this.shutOn(day) },
    }))
  }

  private shutOn(day: string): Column['shut'] {
    return shutOn(this.closures.value() ?? [], day, this.when)
  }

  private trainerColumns(): Column[] {
    const day = this.chosenDay()
    return this.shown().map(({ id, name, hue }) => ({
      ...{ key: id, title: name, aside: '', day, hue, isToday: day === this.when.today() },
      blocks: this.blocks().filter((block) => block.session.trainer.id === id),
      shut: this.shutOn(day),
    }))
  }

  /** The hour that it is, on a day that is today, else the first thing that happens. */
  private showUsefulHour(grid: WeekGrid): void {
    const isNow = this.columns().some((column) => column.isToday)
    const first = Math.min(...this.blocks().map((block) => block.from))
    queueMicrotask(() => grid.showHour(isNow ? this.nowMinute() - 60 : first))
  }
}
