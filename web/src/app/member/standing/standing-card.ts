// One standing reservation: how it repeats, what is ahead and became of each class, and its end.
import { Component, computed, inject, input, output, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import type { Standing } from '@fitflow/contract/standing.ts'
import { ruleInWords } from '../../api/rule-words.ts'
import { payerWords, spanWords } from '../../api/standing-words.ts'
import { When } from '../../api/when.ts'
import { Asking } from '../../ui/asking.ts'
import { StandingClasses } from '../../ui/standing-classes.ts'
import { whatStays } from './what-stays.ts'

@Component({
  selector: 'app-standing-card',
  imports: [MatButton, StandingClasses],
  templateUrl: './standing-card.html',
  styleUrl: './standing-card.css',
})
export class StandingCard {
  private readonly asking = inject(Asking)
  protected readonly when = inject(When)

  readonly standing = input.required<Standing>()
  readonly changed = output()

  protected readonly few = 4
  protected readonly all = signal(false)
  protected readonly ended = computed(() => this.standing().endedAt !== null)
  protected readonly rule = computed(() => ruleInWords(this.standing().rrule))
  protected readonly shown = computed(() => this.standing().coming.slice(0, this.all() ? undefined : this.few))
  protected readonly span = computed(() => spanWords(this.standing(), { today: this.when.today(), day: (day) => this.when.shortDay(day), voice: 'you' }))

  protected readonly pays = computed(() => payerWords(this.standing()))

  protected async end(): Promise<void> {
    const { id, name, coming } = this.standing()
    const done = await this.asking.toDo({
      title: `End your place in ${name}?`,
      words: `No more classes are booked for you. ${whatStays(coming)}`,
      yes: 'End it',
      no: 'Keep it',
      danger: true,
      ask: { method: 'DELETE', path: `/standing/${id}` },
    })
    if (done) this.changed.emit()
  }
}
