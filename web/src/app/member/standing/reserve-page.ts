// Reserving a place in every class of a series: for how long, and what would happen with each class that is on the schedule.
import { Component, computed, inject, input, signal } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { NewStanding, Standing, StandingPreview } from '@fitflow/contract/standing.ts'
import { creditsOf, counted } from '../../api/amounts.ts'
import { nowMs } from '../../api/clock.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { ruleInWords } from '../../api/rule-words.ts'
import { When } from '../../api/when.ts'
import { Icon } from '../../ui/icon.ts'
import { LotSelect } from '../../ui/lot-select.ts'
import { Notice } from '../../ui/notice.ts'
import { titled } from '../../ui/page-title.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'

type Ends = 'never' | 'until' | 'count'
type Coming = StandingPreview['coming'][number]

@Component({
  selector: 'app-reserve-page',
  imports: [Icon, LotSelect, MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './reserve-page.html',
  styleUrl: './reserve-page.css',
})
export class ReservePage {
  private readonly router = inject(Router)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)

  readonly series = input<string>('')
  /** The first day, out of the class it was asked for on. */
  readonly from = input<string>()
  readonly class = input<string>()

  protected readonly ends = signal<Ends>('never')
  protected readonly until = signal('')
  protected readonly count = signal(8)
  protected readonly joins = signal(true)
  protected readonly pays = signal('')
  protected readonly making = command()
  protected readonly incomplete = computed(() => {
    if (this.ends() === 'until' && this.until() === '') return 'Choose the last day.'
    const count = this.count()
    return this.ends() === 'count' && !(Number.isInteger(count) && count >= 1 && count <= 104) ? 'Choose between 1 and 104 classes.' : ''
  })
  private readonly wish = computed((): NewStanding => {
    const from = this.from()
    return {
      ...{ seriesId: this.series(), joinsWaitlist: this.joins() },
      ...(this.pays() ? { membershipId: this.pays() } : {}),
      // A class of today may be looked at after midnight.
      ...(from && from >= this.when.today() ? { from } : {}),
      ...(this.incomplete() === '' && this.ends() === 'until' ? { until: this.until() } : {}),
      ...(this.incomplete() === '' && this.ends() === 'count' ? { count: this.count() } : {}),
    }
  })
  private readonly asked = computed(() => (this.when.known() ? `/standing/preview?${new URLSearchParams(Object.entries(this.wish()).map(([name, value]) => [name, String(value)]))}` : undefined))
  private readonly read = live<StandingPreview>(() => this.asked(), { everySeconds: 30 })
  /** The last answer stays while the next is on its way: what is typed must not blank the page. */
  private kept: StandingPreview | undefined
  protected readonly preview = { ...this.read, value: computed(() => (this.kept = this.read.value() ?? this.kept)) }

  protected readonly rule = computed(() => ruleInWords(this.preview.value()?.rrule ?? ''))
  protected readonly lines = computed(() => (this.preview.value()?.coming ?? []).map((one) => this.lineOf(one)))
  /** The day of the first class, which the first day of the reservation may only lead up to. */
  protected readonly first = computed(() => {
    const shown = this.preview.value()
    const [next] = shown?.coming ?? []
    return next ? this.when.dayOf(next.startsAt) : (shown?.startsOn ?? '')
  })
  protected readonly sum = computed(() => {
    const { coming = [], endsOn } = this.preview.value() ?? {}
    const atOnce = coming.filter((one) => one.outcome === 'booked')
    const later = coming.filter((one) => one.outcome === null).length
    const credits = atOnce.reduce((sum, one) => sum + (one.credits ?? 0), 0)
    const now = atOnce.length > 0 ? `${counted(atOnce.length, 'class is', 'classes are')} booked at once${credits > 0 ? ` for ${creditsOf(credits)}` : ''}.` : 'Nothing is booked at once.'
    if (later === 0 && endsOn) return now
    return `${now} The rest follows one by one, each in its turn.`
  })

  constructor() {
    titled(() => this.preview.value()?.name)
  }

  private lineOf(one: Coming) {
    const day = this.when.dayOf(one.startsAt)
    return { sessionId: one.sessionId, number: this.when.dayNumber(day), month: this.when.month(day), day: `${this.when.weekday(day, 'long')}, ${this.when.hour(one.startsAt)}`, ...this.saidOf(one) }
  }

  private saidOf({ outcome, sentence, credits, decidesAt }: Coming): { tag: string; tone: string; words: string } {
    switch (outcome) {
      case 'booked':
        return { tag: 'At once', tone: 'good', words: credits ? creditsOf(credits) : 'Included in your membership' }
      case 'waitlisted':
        return { tag: 'Waitlist', tone: 'few', words: 'It is full: you would wait' }
      case 'skipped':
        return { tag: 'Skipped', tone: 'bad', words: sentence ?? '' }
      case null: {
        const isDue = Date.parse(decidesAt) <= nowMs()
        return { tag: 'Later', tone: '', words: isDue ? 'You are holding a spot there' : `Books itself ${this.when.moment(decidesAt)}` }
      }
    }
  }

  protected async go(): Promise<void> {
    if (this.incomplete() !== '') return
    const done = await this.making.send<Standing>({ method: 'POST', path: '/standing', body: this.wish() })
    if (!done) return
    this.notice.say(`Your place in ${done.answer.name} is reserved.`)
    await this.router.navigate(['/bookings/standing'])
  }
}
