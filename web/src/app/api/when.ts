// Says times as a member of this studio would: always in the studio's zone, which is named where the reader's differs.
import { Injectable, computed, inject } from '@angular/core'
import { minuteMs } from './clock.ts'
import { yearsAheadMax } from '@fitflow/contract/scalars.ts'
import { StudioFace } from './studio.ts'
import { addDays, addYears, dayOf, daysBetween, formatter, minuteOfDay, noonMs } from './zoned.ts'

@Injectable({ providedIn: 'root' })
export class When {
  private readonly studio = inject(StudioFace)
  readonly zone = computed(() => this.studio.timeZone() ?? 'UTC')
  /** Whether the zone is known: before that no time may be shown. */
  readonly known = computed(() => this.studio.timeZone() !== undefined)
  readonly today = computed(() => dayOf(minuteMs(), this.zone()))
  /** "Madrid time" for a reader who lives by another clock, else empty. */
  readonly zoneNote = computed(() => {
    const zone = this.zone()
    const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
    const sameClock = minuteOfDay(minuteMs(), zone) === minuteOfDay(minuteMs(), own)
    if (sameClock && own === zone) return ''
    const city = zone.split('/').slice(1).at(-1)?.replaceAll('_', ' ')
    return city ? `${city} time` : zone
  })

  /** 07:00 */
  hour(iso: string): string {
    return this.format(Date.parse(iso), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  }
  dayOf(iso: string): string {
    return dayOf(Date.parse(iso), this.zone())
  }
  minuteOfDay(iso: string): number {
    return minuteOfDay(Date.parse(iso), this.zone())
  }
  /** Tuesday 24 November, with its year where that is another. */
  longDay(day: string): string {
    return this.dayFormat(day, { weekday: 'long', day: 'numeric', month: 'long', ...this.year(day) })
  }
  /** Tue 24 Nov, or Tue 24 Nov 2028 where the year is another. */
  shortDay(day: string): string {
    return this.dayFormat(day, { weekday: 'short', day: 'numeric', month: 'short', ...this.year(day) })
  }
  weekday(day: string, style: 'short' | 'long' = 'short'): string {
    return this.dayFormat(day, { weekday: style })
  }
  dayNumber(day: string): string {
    return this.dayFormat(day, { day: 'numeric' })
  }
  month(day: string, style: 'short' | 'long' = 'short'): string {
    return this.dayFormat(day, { month: style })
  }
  /** Its month, with the year where that is another: January 2028. */
  datedMonth(day: string): string {
    return this.dayFormat(day, { month: 'long', ...this.year(day) })
  }
  /** The last day that anything may be planned for. */
  readonly lastDay = computed(() => addYears(this.today(), yearsAheadMax))
  /** Today, Tomorrow, Thursday, or Thursday 3 December once a week is no help. */
  relativeDay(day: string): string {
    const ahead = daysBetween(this.today(), day)
    if (ahead === 0) return 'Today'
    if (ahead === 1) return 'Tomorrow'
    if (ahead === -1) return 'Yesterday'
    return ahead > 1 && ahead < 7 ? this.weekday(day, 'long') : this.longDay(day)
  }
  /** What stands beside the relative day: as much of the date as it leaves open. */
  besideRelativeDay(day: string): string {
    const said = this.relativeDay(day)
    if (said === this.longDay(day)) return ''
    return said === this.weekday(day, 'long') ? this.dayFormat(day, { day: 'numeric', month: 'long' }) : this.longDay(day)
  }
  /** 3 Dec 2026: the last day that counts for what ends then; an end at midnight belongs to the day before. */
  date(iso: string): string {
    return this.format(Date.parse(iso) - 1, { day: 'numeric', month: 'short', year: 'numeric' })
  }
  /** 3 Dec 2026: the day on which something begins. */
  firstDay(iso: string): string {
    return this.format(Date.parse(iso), { day: 'numeric', month: 'short', year: 'numeric' })
  }
  /** The last day that counts for what ends then, and the time where it ends within that day: 3 Dec 2026, 17:40. */
  end(iso: string): string {
    return this.minuteOfDay(iso) === 0 ? this.date(iso) : `${this.date(iso)}, ${this.hour(iso)}`
  }
  /** Tue 24 Nov, 07:00, with its year where that is another. */
  moment(iso: string): string {
    return `${this.shortDay(this.dayOf(iso))}, ${this.hour(iso)}`
  }
  /** Tuesday, 07:00 */
  soon(iso: string): string {
    return `${this.relativeDay(this.dayOf(iso))}, ${this.hour(iso)}`
  }
  minutesLong(startsAt: string, endsAt: string): number {
    return Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000)
  }
  addDays(day: string, days: number): string {
    return addDays(day, days)
  }
  /** From today to the last day that counts for what ends then. */
  daysUntil(iso: string): number {
    return daysBetween(this.today(), dayOf(Date.parse(iso) - 1, this.zone()))
  }

  private year(day: string): Intl.DateTimeFormatOptions {
    return day.slice(0, 4) === this.today().slice(0, 4) ? {} : { year: 'numeric' }
  }
  private format(ms: number, options: Intl.DateTimeFormatOptions): string {
    return formatter(this.zone(), options).format(ms)
  }
  private dayFormat(day: string, options: Intl.DateTimeFormatOptions): string {
    // en-GB puts a comma after the weekday in some engines and none in others: ours has none.
    return formatter('UTC', options).format(noonMs(day)).replace(',', '')
  }
}
