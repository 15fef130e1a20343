// A waitlist in a list: the class's day and hour, and one's place there.
import { Component, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { MyWait } from '@fitflow/contract/booking.ts'
import { When } from '../../api/when.ts'
import { Icon } from '../../ui/icon.ts'

@Component({
  selector: 'app-wait-row',
  imports: [Icon, RouterLink],
  template: `
    <a class="row" [routerLink]="['/class', wait().sessionId]">
      <span class="hour">{{ when.hour(wait().session.startsAt) }}</span>
      <span class="words">
        <span class="name">{{ wait().session.name }}</span>
        <span class="quiet">{{ when.relativeDay(when.dayOf(wait().session.startsAt)) }}, {{ wait().session.trainer.name }}</span>
      </span>
      @if (wait().passedOver; as reason) {
        <span class="tag few" [class.held]="reason === 'quiet-hours'">{{ reason === 'quiet-hours' ? 'In the morning' : 'Passed over' }}</span>
      } @else {
        <span class="tag num">{{ wait().position }} of {{ wait().length }}</span>
      }
      <app-icon name="chevronRight" />
    </a>
  `,
  styleUrl: './row.css',
})
export class WaitRow {
  readonly wait = input.required<MyWait>()
  protected readonly when = inject(When)
}
