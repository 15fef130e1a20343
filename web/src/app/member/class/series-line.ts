// A class that comes round again: one's place in all of them, or the way to it.
import { Component, computed, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { SessionDetail } from '@fitflow/contract/sessions.ts'
import { ruleInWords } from '../../api/rule-words.ts'
import { When } from '../../api/when.ts'
import { Icon } from '../../ui/icon.ts'

@Component({
  selector: 'app-series-line',
  imports: [Icon, RouterLink],
  template: `
    @if (series().standingId) {
      <a class="line" routerLink="/bookings/standing">
        <app-icon name="eventRepeat" />
        <span class="words"><span class="name">You have a standing reservation</span><span class="small quiet">{{ rule() }}: each class is booked for you.</span></span>
        <app-icon name="chevronRight" />
      </a>
    } @else if (series().isOpen) {
      <a class="line" routerLink="/bookings/standing/new" [queryParams]="{ series: series().id, from: when.dayOf(session().startsAt), class: session().id }">
        <app-icon name="eventRepeat" />
        <span class="words"><span class="name">{{ isWeekly() ? 'Reserve every week' : 'Reserve every time' }}</span><span class="small quiet">{{ rule() }}, booked for you before everybody else.</span></span>
        <app-icon name="chevronRight" />
      </a>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    :host:empty {
      display: none;
    }
    .line {
      display: flex;
      align-items: center;
      gap: 14px;
      min-height: 64px;
      padding: 12px 12px 12px 18px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      color: var(--ink);
      text-decoration: none;
      transition: border-color var(--quick);
    }
    .line:hover {
      border-color: var(--line-strong);
    }
    .words {
      flex: 1;
      display: grid;
      min-width: 0;
    }
    .name {
      font-weight: 600;
    }
    app-icon:first-child {
      color: var(--accent);
    }
    app-icon:last-child {
      color: var(--ink-2);
    }
  `,
})
export class SeriesLine {
  readonly series = input.required<NonNullable<SessionDetail['series']>>()
  readonly session = input.required<Pick<SessionDetail, 'id' | 'startsAt'>>()
  protected readonly when = inject(When)
  protected readonly rule = computed(() => ruleInWords(this.series().rrule))
  protected readonly isWeekly = computed(() => /^FREQ=WEEKLY;BYDAY=[A-Z]{2}(;|$)/.test(this.series().rrule))
}
