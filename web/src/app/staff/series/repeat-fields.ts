// How a series repeats and when it ends, as fields of its form.
import { Component, computed, inject, input, output } from '@angular/core'
import { When } from '../../api/when.ts'
import { monthWays, weekdayOf, type Draft, type End, type MonthWay, type Unit } from './series-draft.ts'

// Any Monday: weekdays are named after the days that follow it.
const aMonday = '2024-01-01'

@Component({
  selector: 'app-repeat-fields',
  templateUrl: './repeat-fields.html',
  styleUrl: './repeat-fields.css',
})
export class RepeatFields {
  readonly draft = input.required<Draft>()
  readonly changed = output<Partial<Draft>>()
  protected readonly when = inject(When)

  protected readonly week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, name: this.nameOf(weekday, 'short') }))
  protected readonly ways = computed(() => {
    const { startsOn } = this.draft()
    return startsOn ? monthWays(startsOn, this.nameOf(weekdayOf(startsOn), 'long')) : []
  })
  protected readonly units = computed(() => {
    const many = this.draft().every === 1 ? '' : 's'
    return (['day', 'week', 'month'] as const).map((unit) => ({ unit, words: `${unit}${many}` }))
  })

  private nameOf(weekday: number, style: 'short' | 'long'): string {
    return this.when.weekday(this.when.addDays(aMonday, weekday - 1), style)
  }

  protected toggle(weekday: number): void {
    const { weekdays } = this.draft()
    this.changed.emit({ weekdays: weekdays.includes(weekday) ? weekdays.filter((one) => one !== weekday) : [...weekdays, weekday] })
  }

  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement).value
  }
  protected wholeOf(event: Event): number {
    return (event.target as HTMLInputElement).valueAsNumber
  }
  protected unitOf(event: Event): Unit {
    return this.textOf(event) as Unit
  }
  protected wayOf(event: Event): MonthWay {
    return this.textOf(event) as MonthWay
  }
  protected endOf(event: Event): End {
    return this.textOf(event) as End
  }
}
