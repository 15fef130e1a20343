// What a series would make: its rule in words, how many classes come of it within reach, the first of them, and every day that falls out.
import { Component, computed, inject, input } from '@angular/core'
import type { Occurrence } from '@fitflow/contract/series.ts'
import { counted } from '../../api/amounts.ts'
import { When } from '../../api/when.ts'
import { Icon } from '../../ui/icon.ts'
import { endInWords, ruleInWords } from '../../api/rule-words.ts'
import { ruleOf, type Draft } from './series-draft.ts'

const shownMax = 6

@Component({
  selector: 'app-first-days',
  imports: [Icon],
  templateUrl: './first-days.html',
  styleUrl: './first-days.css',
})
export class FirstDays {
  readonly draft = input.required<Draft>()
  readonly days = input.required<Occurrence[]>()
  /** The first day that is not planned yet. */
  readonly until = input.required<string>()
  protected readonly when = inject(When)

  private readonly rrule = computed(() => ruleOf(this.draft()))
  protected readonly rule = computed(() => ruleInWords(this.rrule()))
  protected readonly end = computed(() => endInWords({ rrule: this.rrule(), endsBefore: null }, (day) => this.when.shortDay(day)))
  protected readonly coming = computed(() => this.days().filter((day) => day.outcome === 'new'))
  protected readonly clashes = computed(() => this.days().filter((day) => day.outcome === 'clash'))
  protected readonly closed = computed(() => this.days().filter((day) => day.outcome === 'closed'))
  protected readonly first = computed(() => this.coming().slice(0, shownMax))
  protected readonly sum = computed(() => {
    const count = this.coming().length
    const reach = this.when.shortDay(this.when.addDays(this.until(), -1))
    const more = this.end() === 'No end' ? ' More come by themselves.' : ''
    return count === 0 ? `No class until ${reach}.${more}` : `${counted(count, 'class', 'classes')} until ${reach}.${more}`
  })
  protected readonly rest = computed(() => this.coming().length - this.first().length)
}
