// One session on the board: its hour, how full it is, and who has come.
import { Component, computed, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import { counted } from '../../api/amounts.ts'
import { minuteMs } from '../../api/clock.ts'
import { When } from '../../api/when.ts'

@Component({
  selector: 'app-board-tile',
  imports: [RouterLink],
  template: `
    <a class="card card-tight tile" [class.over]="over()" [routerLink]="['/staff/sessions', session().id]">
      <span class="head">
        <span class="hour num">{{ when.hour(session().startsAt) }}</span>
        <span class="small quiet">{{ soon() }}</span>
      </span>
      <span class="name">{{ session().name }}</span>
      <span class="small quiet">{{ session().trainer.name }}</span>
      <span class="track" aria-hidden="true">
        <span class="arrived" [style.width.%]="share(session().arrived)"></span>
        <span class="booked" [style.width.%]="share(session().booked - session().arrived)"></span>
        <span class="held" [style.width.%]="share(session().held)"></span>
      </span>
      <span class="small num">{{ words() }}</span>
    </a>
  `,
  styleUrl: './board-tile.css',
})
export class BoardTile {
  protected readonly when = inject(When)
  readonly session = input.required<StaffSession>()
  readonly over = input(false)

  protected readonly share = (count: number): number => (count / Math.max(1, this.session().capacity)) * 100
  protected readonly soon = computed(() => {
    const minutes = Math.round((Date.parse(this.session().startsAt) - minuteMs()) / 60_000)
    if (minutes > 0 && minutes <= 90) return `in ${counted(minutes, 'minute')}`
    return `until ${this.when.hour(this.session().endsAt)}`
  })
  /** Nothing is said of what is not there, but how many are booked. */
  protected readonly words = computed(() => {
    const { booked, capacity, arrived, held, waitlistLength } = this.session()
    const rest = { here: arrived, held, waiting: waitlistLength }
    return [`${booked} of ${capacity} booked`, ...Object.entries(rest).flatMap(([word, count]) => (count > 0 ? `${count} ${word}` : []))].join(' · ')
  })
}
