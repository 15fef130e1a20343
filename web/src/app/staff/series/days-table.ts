// The days of a series as they lie ahead: the class of each, what it has of its own, and why a day has none.
import { Component, computed, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { Occurrence, OccurrenceSession } from '@fitflow/contract/series.ts'
import { When } from '../../api/when.ts'

const own = { time: 'Own hour', capacity: 'Own size', trainer: 'Own trainer' } as const
const states: Partial<Record<OccurrenceSession['status'], { words: string; tone: string }>> = {
  draft: { words: 'Draft', tone: 'few' },
  cancelled: { words: 'Cancelled', tone: 'bad' },
  in_progress: { words: 'On now', tone: 'held' },
}

@Component({
  selector: 'app-days-table',
  imports: [RouterLink],
  templateUrl: './days-table.html',
  styleUrl: './days-table.css',
})
export class DaysTable {
  readonly days = input.required<Occurrence[]>()
  /** Who teaches unless a class says otherwise. */
  readonly trainerId = input.required<string>()
  protected readonly when = inject(When)
  protected readonly own = own
  protected readonly states = states
  protected readonly months = computed(() => {
    const months = new Map<string, Occurrence[]>()
    for (const day of this.days()) {
      const month = day.on.slice(0, 7)
      months.set(month, [...(months.get(month) ?? []), day])
    }
    return [...months.values()].map((days) => ({ days, name: `${this.when.month(days[0]!.on, 'long')} ${days[0]!.on.slice(0, 4)}` }))
  })

  /** The day that a class was moved to, where that is another than the series has. */
  protected movedDay({ on, startsAt }: Occurrence): string {
    const day = this.when.dayOf(startsAt)
    return day === on ? '' : `on ${this.when.shortDay(day)} `
  }
}
