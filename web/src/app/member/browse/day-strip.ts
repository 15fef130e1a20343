// Four weeks of days in a row; the chosen one stays in sight.
import { Component, ElementRef, afterRenderEffect, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import { When } from '../../api/when.ts'

@Component({
  selector: 'app-day-strip',
  imports: [RouterLink],
  template: `
    <nav aria-label="Days">
      <ol>
        @for (day of days(); track day; let first = $first) {
          <li [class.month-starts]="!first && when.dayNumber(day) === '1'">
            @if (!first && when.dayNumber(day) === '1') {
              <span class="month" aria-hidden="true">{{ when.month(day) }}</span>
            }
            <a
              routerLink="/"
              [queryParams]="{ day }"
              queryParamsHandling="merge"
              [attr.aria-current]="day === chosen() ? 'date' : null"
            >
              <span class="weekday">{{ when.weekday(day) }}</span>
              <span class="number num">{{ when.dayNumber(day) }}<span class="unseen"> {{ when.month(day, 'long') }}</span></span>
              <span class="dot" [class.busy]="busy().has(day)"></span>
            </a>
          </li>
        }
      </ol>
    </nav>
  `,
  styleUrl: './day-strip.css',
})
export class DayStrip {
  readonly days = input.required<string[]>()
  readonly chosen = input.required<string>()
  readonly busy = input.required<Set<string>>()
  protected readonly when = inject(When)

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement
    let shown = ''
    afterRenderEffect(() => {
      const day = this.chosen()
      if (day === shown) return
      const strip = host.querySelector('ol')
      const link = host.querySelector<HTMLElement>('[aria-current]')
      // Not scrollIntoView: that would move the page too.
      if (strip && link) strip.scrollTo({ left: link.offsetLeft - strip.clientWidth / 2 + link.offsetWidth / 2, behavior: shown ? 'smooth' : 'instant' })
      shown = day
    })
  }
}
