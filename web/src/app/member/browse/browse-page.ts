// The schedule: days as a strip, hours as the spine, classes as cards. Works signed out, and stays fresh by asking again.
import { Component, computed, inject, input } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Session } from '@fitflow/contract/sessions.ts'
import { counted } from '../../api/amounts.ts'
import { minuteMs } from '../../api/clock.ts'
import { live, wholeList } from '../../api/live.ts'
import { ofClasses, ofMine } from '../../api/news.ts'
import { When } from '../../api/when.ts'
import { daysBetween } from '../../api/zoned.ts'
import { Who } from '../../auth/who.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { NextUp } from './next-up.ts'
import { DayStrip } from './day-strip.ts'
import { byHour, choicesOf, matches, partsOfDay, type Wanted } from './filters.ts'
import { SessionCard } from './session-card.ts'

const daysShown = 28

@Component({
  selector: 'app-browse-page',
  imports: [DayStrip, Empty, Icon, MatButton, NextUp, RefusalBox, RouterLink, SessionCard, Skeleton],
  templateUrl: './browse-page.html',
  styleUrl: './browse-page.css',
})
export class BrowsePage {
  private readonly router = inject(Router)
  protected readonly when = inject(When)
  protected readonly who = inject(Who)

  readonly day = input<string>()
  readonly trainer = input<string>()
  readonly type = input<string>()
  readonly part = input<string>()
  readonly free = input<string>()

  protected readonly days = computed(() => Array.from({ length: daysShown }, (_, ahead) => this.when.addDays(this.when.today(), ahead)))
  protected readonly chosen = computed(() => {
    const day = this.day()
    return day && this.days().includes(day) ? day : this.when.today()
  })
  /** A week is read at once, so that its days open without waiting. */
  private readonly path = computed(() => {
    if (!this.when.known()) return undefined
    const week = Math.floor(daysBetween(this.when.today(), this.chosen()) / 7)
    const from = this.when.addDays(this.when.today(), week * 7)
    return `/sessions?from=${from}&to=${this.when.addDays(from, 6)}&limit=200`
  })
  protected readonly week = live<Session[]>(this.path, { everySeconds: 5, hears: (said) => ofMine(said) || ofClasses(said), read: wholeList<Session>() })

  private readonly ahead = computed(() => (this.week.value() ?? []).filter((session) => Date.parse(session.startsAt) > minuteMs()))
  private readonly wanted = computed<Wanted>(() => ({
    trainer: this.trainer(),
    type: this.type(),
    part: this.part(),
    onlyFree: this.free() === 'yes',
  }))
  private readonly fitting = computed(() =>
    this.ahead().filter((session) => matches(session, this.wanted(), this.when.minuteOfDay(session.startsAt))),
  )
  protected readonly ofDay = computed(() => this.fitting().filter((session) => this.when.dayOf(session.startsAt) === this.chosen()))
  protected readonly hours = computed(() => byHour(this.ofDay()))
  protected readonly busyDays = computed(() => new Set(this.fitting().map((session) => this.when.dayOf(session.startsAt))))
  protected readonly nextDay = computed(() => [...this.busyDays()].sort().find((day) => day > this.chosen()))
  protected readonly choices = computed(() => choicesOf(this.ahead(), this.trainer(), this.type()))
  protected readonly filtered = computed(() => Object.values(this.wanted()).some(Boolean))
  protected readonly parts = partsOfDay

  protected readonly summary = computed(() => {
    const open = this.ofDay().filter((session) => session.spotsLeft > 0).length
    const all = counted(this.ofDay().length, 'class', 'classes')
    return open === this.ofDay().length ? all : `${all}, ${open} with free spots`
  })

  protected choose(change: Partial<Record<'trainer' | 'type' | 'part' | 'free', string | null>>): void {
    void this.router.navigate([], { queryParams: change, queryParamsHandling: 'merge', replaceUrl: true })
  }

  protected valueOf(event: Event): string | null {
    return (event.target as HTMLSelectElement).value || null
  }
}
