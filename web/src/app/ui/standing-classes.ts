// The classes of a standing reservation in a list: the day first, then what became of each or when its turn comes.
import { Component, computed, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { StandingOccurrence } from '@fitflow/contract/standing.ts'
import { nowMs } from '../api/clock.ts'
import { standingSaid, type Voice } from '../api/standing-words.ts'
import { When } from '../api/when.ts'

@Component({
  selector: 'app-standing-classes',
  imports: [RouterLink],
  template: `
    <ul>
      @for (one of lines(); track one.sessionId) {
        <li>
          <p class="date" aria-hidden="true"><b class="num">{{ one.number }}</b><span>{{ one.month }}</span></p>
          <div class="words">
            <p class="top">
              <a class="num" [routerLink]="one.link">{{ one.day }}, {{ one.hour }}</a>
              <span class="tag {{ one.said.tone }}">{{ one.said.tag }}</span>
            </p>
            <p class="small quiet">
              {{ one.said.words }}
              @if (one.said.way; as way) {
                <a [routerLink]="way.link">{{ way.label }}</a>
              }
            </p>
          </div>
        </li>
      }
    </ul>
  `,
  styles: `
    li {
      display: grid;
      grid-template-columns: var(--dates, 76px) minmax(0, 1fr);
      gap: 16px;
      padding: 12px 20px;
    }
    li + li {
      border-top: 1px solid var(--line);
    }
    .date {
      display: grid;
      align-content: start;
      padding-top: 3px;
      line-height: 1.15;
      color: var(--ink-2);
      font-size: var(--t-13);
    }
    b {
      color: var(--ink);
      font-size: var(--t-22);
      font-weight: 560;
      letter-spacing: -0.02em;
    }
    .words {
      display: grid;
      gap: 2px;
      min-width: 0;
    }
    .top {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 4px 12px;
    }
    .top a {
      display: inline-flex;
      align-items: center;
      min-height: 32px;
      color: var(--ink);
      font-weight: 600;
      text-decoration: none;
    }
    .top a:hover {
      text-decoration: underline;
    }
    @media (max-width: 480px) {
      li {
        --dates: 62px;
      }
    }
  `,
})
export class StandingClasses {
  readonly classes = input.required<readonly StandingOccurrence[]>()
  readonly voice = input<Voice>('you')
  protected readonly when = inject(When)

  protected readonly lines = computed(() =>
    this.classes().map((one) => {
      const day = this.when.dayOf(one.startsAt)
      return {
        ...{ sessionId: one.sessionId, number: this.when.dayNumber(day), month: this.when.month(day), day: this.dayWords(day), hour: this.when.hour(one.startsAt) },
        link: this.linkOf(one),
        said: standingSaid(one, { atMs: nowMs(), voice: this.voice(), moment: (iso) => this.when.moment(iso) }),
      }
    }),
  )

  /** The date stands beside it: the weekday, or how near it is. */
  private dayWords(day: string): string {
    const near = this.when.relativeDay(day)
    return near === this.when.longDay(day) ? this.when.weekday(day, 'long') : near
  }

  private linkOf(one: StandingOccurrence): string[] {
    if (this.voice() === 'they') return ['/staff/sessions', one.sessionId]
    return one.bookingId ? ['/bookings', one.bookingId] : ['/class', one.sessionId]
  }
}
