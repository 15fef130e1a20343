// A new series: what repeats, when and how long; beside it its first days and what is in their way, before anything is made.
import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Trainer } from '@fitflow/contract/identity.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { Occurrences, SeriesDetail } from '@fitflow/contract/series.ts'
import type { ClassTemplate } from '@fitflow/contract/sessions.ts'
import { counted } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import { live, wholeList } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { Who } from '../../auth/who.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { FirstDays } from './first-days.ts'
import { RepeatFields } from './repeat-fields.ts'
import { bodyOf, faultOf, isLastOfMonth, previewPath, weekdayOf, type Draft } from './series-draft.ts'

@Component({
  selector: 'app-new-series-page',
  imports: [Empty, FirstDays, Icon, MatButton, RefusalBox, RepeatFields, RouterLink, Skeleton],
  templateUrl: './new-series-page.html',
  styleUrl: './new-series-page.css',
})
export class NewSeriesPage {
  private readonly router = inject(Router)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  protected readonly who = inject(Who)

  /** What to start from, out of the address: a template, and a day and wall time where the calendar was clicked. */
  readonly template = input<string>()
  readonly day = input<string>()
  readonly time = input<string>()
  protected readonly templates = live<ClassTemplate[]>(() => (this.when.known() ? '/admin/templates?limit=200' : undefined), { read: wholeList<ClassTemplate>() })
  protected readonly trainers = live<Page<Trainer>>(() => (this.who.isAdmin() ? '/trainers?limit=200' : undefined))
  protected readonly usable = computed(() => (this.templates.value() ?? []).filter((template) => !template.archived && template.kind === 'class'))

  protected readonly draft = signal<Draft>({
    ...{ templateId: '', startsOn: '', wallTime: '', every: 1, unit: 'week', weekdays: [], monthWay: 'number' },
    ...{ end: 'never', until: '', count: 12, durationMinutes: null, capacity: null, trainerId: null, publishes: true },
  })
  protected readonly chosen = computed(() => this.usable().find((template) => template.id === this.draft().templateId))
  protected readonly fault = computed(() => faultOf(this.draft(), this.when.today()))
  private readonly path = computed(() => (this.fault() === '' ? previewPath(this.draft()) : undefined))
  protected readonly preview = live<Occurrences>(this.path)
  /** Drafts are in nobody's way. */
  protected readonly days = computed(() =>
    (this.preview.value()?.occurrences ?? []).map((day) => (day.outcome === 'clash' && !this.draft().publishes ? { ...day, outcome: 'new' as const } : day)),
  )
  protected readonly clashes = computed(() => this.days().filter((day) => day.outcome === 'clash').length)
  protected readonly canMake = computed(() => this.fault() === '' && this.preview.state() === 'ready')
  protected readonly making = command()

  constructor() {
    effect(() => {
      const wanted = this.usable().find((template) => template.id === this.template()) ?? this.usable()[0]
      if (!wanted || untracked(this.draft).templateId !== '') return
      const startsOn = this.day() ?? this.when.addDays(this.when.today(), 1)
      const until = this.when.addDays(startsOn, 12 * 7)
      this.change({ templateId: wanted.id, startsOn, until, wallTime: this.time() ?? '18:00', weekdays: [weekdayOf(startsOn)] })
    })
  }

  protected change(change: Partial<Draft>): void {
    this.draft.update((draft) => {
      const next = { ...draft, ...change, ...followDay(draft, change) }
      // Another first day may be no last one of its month.
      return next.monthWay === 'last' && !isLastOfMonth(next.startsOn) ? { ...next, monthWay: 'number' } : next
    })
    this.making.clear()
  }

  /** Another template brings its own numbers and trainer. */
  protected choose(event: Event): void {
    this.change({ templateId: this.textOf(event), durationMinutes: null, capacity: null, trainerId: null })
  }

  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement).value
  }

  /** Null where nothing is typed: then it is the template's. */
  protected numberOf(event: Event): number | null {
    const { value, valueAsNumber } = event.target as HTMLInputElement
    return value === '' ? null : valueAsNumber
  }

  protected async make(event: Event): Promise<void> {
    event.preventDefault()
    if (!this.canMake()) return
    const done = await this.making.send<SeriesDetail>({ method: 'POST', path: '/admin/series', body: bodyOf(this.draft(), this.clashes() > 0) })
    if (!done) return
    const made = done.answer.occurrences.filter((day) => day.outcome === 'made').length
    this.notice.say(`${counted(made, 'class', 'classes')} made. ${this.draft().publishes ? 'Members can book them.' : 'They are drafts.'}`)
    await this.router.navigate(['/staff/series', done.answer.id])
  }
}

/** A series on the weekday of its first day alone moves along with that day. */
function followDay({ startsOn, weekdays }: Draft, change: Partial<Draft>): Partial<Draft> {
  const alone = startsOn !== '' && weekdays.length === 1 && weekdays[0] === weekdayOf(startsOn)
  return alone && change.startsOn ? { weekdays: [weekdayOf(change.startsOn)] } : {}
}
